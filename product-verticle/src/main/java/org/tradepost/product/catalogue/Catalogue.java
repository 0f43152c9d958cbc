package org.tradepost.product.catalogue;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.tradepost.common.bus.Empty;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.bus.Response;
import org.tradepost.common.contract.product.ProductContract.ArchiveProduct;
import org.tradepost.common.contract.product.ProductContract.ChangeProduct;
import org.tradepost.common.contract.product.ProductContract.CreateProduct;
import org.tradepost.common.contract.product.ProductContract.OfProduct;
import org.tradepost.common.contract.product.ProductContract.Product;
import org.tradepost.common.contract.product.ProductError;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.json.ReadableText;
import org.tradepost.platform.sql.Batcher;
import org.tradepost.platform.sql.Database;
import org.tradepost.platform.telemetry.metrics.Metrics;

/** The operations on single products and their prices. */
public final class Catalogue {

  private static final int MAX_BATCH_SIZE = 64;
  private static final int MAX_QUEUE_LENGTH = 2_000;

  private final ProductRepository repository;
  private final Batcher<UUID, Product> reads;

  public Catalogue(Database database) {
    this.repository = new ProductRepository(database);
    this.reads = new Batcher<>(MAX_BATCH_SIZE, MAX_QUEUE_LENGTH, this::readAll);
  }

  public Future<Response<Product>> create(CreateProduct request, RequestContext call) {
    var product =
        new NewProduct(
            UUID.randomUUID(),
            request.sku(),
            ReadableText.strip(request.name()),
            Objects.requireNonNullElse(request.description(), ""),
            request.category(),
            ProductPatch.checked(request.price()),
            Objects.requireNonNullElse(request.attributes(), Map.of()),
            Objects.requireNonNullElse(request.initialStock(), 0L));
    return repository
        .create(product, call.traceparent())
        .map(
            created ->
                new Response<>(
                    created,
                    Map.of(
                        "location",
                        "/v1/products/" + created.id(),
                        "etag",
                        EntityTag.of(created))));
  }

  public Future<Response<Product>> read(OfProduct request, RequestContext call) {
    return reads.submit(request.id(), call).map(Catalogue::tagged);
  }

  private Future<List<Future<Product>>> readAll(List<UUID> ids) {
    return repository
        .read(ids)
        .map(found -> ids.stream().map(id -> existing(found.get(id))).toList());
  }

  private static Future<Product> existing(Product product) {
    return product == null
        ? Future.failedFuture(new ServiceException(CommonError.NOT_FOUND))
        : Future.succeededFuture(product);
  }

  /** Starts to measure the queue of products to read. */
  public void measure(Metrics metrics) {
    reads.measure(metrics, "products to read");
  }

  public Future<Response<Product>> change(ChangeProduct request, RequestContext call) {
    return repository
        .change(
            request.id(),
            product -> {
              EntityTag.check(request.ifMatch(), product.version());
              return ProductPatch.apply(request, product);
            },
            call.traceparent())
        .map(Catalogue::tagged);
  }

  /** Succeeds for an already archived product, whatever version is given (RFC 9110, 13.1.1). */
  public Future<Empty> archive(ArchiveProduct request, RequestContext call) {
    return repository
        .archive(
            request.id(),
            state -> {
              if (state.archived()) {
                return false;
              }
              EntityTag.check(request.ifMatch(), state.version());
              if (state.reserved() > 0) {
                throw new ServiceException(
                    ProductError.PRODUCT_HELD,
                    ProductError.PRODUCT_HELD.title(),
                    Map.of("reserved", state.reserved()));
              }
              return true;
            },
            call.traceparent())
        .mapEmpty();
  }

  private static Response<Product> tagged(Product product) {
    return new Response<>(product, Map.of("etag", EntityTag.of(product)));
  }
}
