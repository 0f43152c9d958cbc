package org.tradepost.peer;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.BatchSize;
import org.springframework.data.domain.Persistable;

/** What a customer bought. */
@Entity
@Table(name = "customer_order")
class CustomerOrder implements Persistable<UUID> {
  @Id private UUID id;
  private UUID customerId;
  private String idempotencyKey;
  private String status;
  private String currency;
  private long total;
  private Instant placedAt;

  @ElementCollection
  @CollectionTable(name = "order_line", joinColumns = @JoinColumn(name = "order_id"))
  @OrderColumn(name = "line")
  @BatchSize(size = 100)
  private List<OrderLine> lines = new ArrayList<>();

  protected CustomerOrder() {}

  CustomerOrder(UUID customerId, String idempotencyKey, List<OrderLine> lines, String currency) {
    this.id = UUID.randomUUID();
    this.customerId = customerId;
    this.idempotencyKey = idempotencyKey;
    this.status = "PLACED";
    this.currency = currency;
    this.lines.addAll(lines);
    this.total = lines.stream().mapToLong(OrderLine::total).sum();
    this.placedAt = Instant.now();
  }

  @Override
  public UUID getId() {
    return id;
  }

  /** True, because orders are only inserted; otherwise Spring Data would first select by id. */
  @Override
  public boolean isNew() {
    return true;
  }

  OrderView view() {
    return new OrderView(
        id,
        customerId,
        status,
        lines.stream().map(line -> line.view(currency)).toList(),
        new Money(total, currency),
        placedAt);
  }
}
