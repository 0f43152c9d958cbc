package org.tradepost.product;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import org.tradepost.common.contract.ProductContract.Product;
import org.tradepost.common.contract.ProductContract.ProductPage;
import org.tradepost.common.runtime.Database;

/** Reads the catalogue page by page. */
final class ListingRepository {

  private final Database database;

  ListingRepository(Database database) {
    this.database = database;
  }

  Future<ProductPage> page(ProductListing listing) {
    return database
        .query(listing.sql(), listing.parameters())
        .map(
            rows -> {
              var items = new ArrayList<Product>();
              Row last = null;
              for (var row : rows) {
                if (items.size() == listing.limit()) {
                  return new ProductPage(items, listing.cursor(last));
                }
                items.add(ProductRows.product(row));
                last = row;
              }
              return new ProductPage(items, null);
            });
  }
}
