package org.tradepost.peer;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.UUID;

/** The request body of a new order. */
record PlaceOrder(@NotEmpty @Valid List<Line> lines) {

  record Line(@NotNull UUID productId, @Min(1) int quantity) {}
}
