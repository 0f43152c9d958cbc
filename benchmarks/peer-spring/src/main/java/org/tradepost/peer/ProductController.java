package org.tradepost.peer;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;
import java.util.List;
import java.util.UUID;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The catalogue over HTTP. */
@RestController
@RequestMapping("/v1/products")
class ProductController {
  private final ProductRepository products;

  ProductController(ProductRepository products) {
    this.products = products;
  }

  @GetMapping("/{id}")
  ProductView read(@PathVariable UUID id) {
    return products
        .findById(id)
        .map(Product::view)
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "no product " + id));
  }

  @GetMapping
  Page<ProductView> list(
      @RequestParam(required = false) String q, @RequestParam(defaultValue = "20") int limit) {
    Pageable page = PageRequest.of(0, limit);
    List<Product> found =
        q == null
            ? products.findByOrderByNameAscIdAsc(page)
            : products.findByNameContainingIgnoreCaseOrderByNameAscIdAsc(q, page);
    return new Page<>(found.stream().map(Product::view).toList());
  }
}
