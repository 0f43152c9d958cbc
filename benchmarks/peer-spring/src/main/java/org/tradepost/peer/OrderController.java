package org.tradepost.peer;

import jakarta.validation.Valid;
import java.util.UUID;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The REST API of orders. The customer is the subject of the token. */
@RestController
@RequestMapping("/v1/orders")
class OrderController {
  private final OrderService orders;

  OrderController(OrderService orders) {
    this.orders = orders;
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  OrderView place(
      @AuthenticationPrincipal Jwt token,
      @RequestHeader("Idempotency-Key") String key,
      @RequestBody @Valid PlaceOrder request) {
    UUID customer = UUID.fromString(token.getSubject());
    try {
      return orders.place(customer, key, request);
    } catch (DataIntegrityViolationException sameKeyMeanwhile) {
      return orders.place(customer, key, request);
    }
  }

  @GetMapping
  Page<OrderView> list(
      @AuthenticationPrincipal Jwt token, @RequestParam(defaultValue = "20") int limit) {
    return new Page<>(orders.list(UUID.fromString(token.getSubject()), limit));
  }
}
