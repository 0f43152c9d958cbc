package org.tradepost.product.listing;

import static org.tradepost.platform.testing.TestNode.await;

import java.util.ArrayList;
import java.util.List;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.contract.product.ProductContract.ListProducts;
import org.tradepost.common.contract.product.ProductContract.Product;
import org.tradepost.common.contract.product.ProductContract.ProductPage;

/** Reads pages without a service. */
record PageReader(ProductPages pages) {

  ProductPage page(ListProducts request) {
    return await(pages.page(request, RequestContext.background(60_000)));
  }

  /** Returns the products of a page and of all pages after it. */
  List<Product> all(ListProducts request) {
    var page = page(request);
    var all = new ArrayList<>(page.items());
    while (page.nextCursor() != null) {
      page = page(next(request, page.nextCursor()));
      all.addAll(page.items());
    }
    return all;
  }

  static ListProducts next(ListProducts request, String cursor) {
    return new ListProducts(
        request.q(),
        request.category(),
        request.status(),
        request.minPrice(),
        request.maxPrice(),
        request.maxAvailable(),
        request.sort(),
        request.facets(),
        request.limit(),
        cursor);
  }
}
