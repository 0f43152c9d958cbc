package org.tradepost.peer;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.JpaRepository;

/** Stores and finds orders. */
interface OrderRepository extends JpaRepository<CustomerOrder, UUID> {

  Optional<CustomerOrder> findByCustomerIdAndIdempotencyKey(UUID customer, String key);

  List<CustomerOrder> findByCustomerIdOrderByPlacedAtDescIdDesc(UUID customer, Pageable page);
}
