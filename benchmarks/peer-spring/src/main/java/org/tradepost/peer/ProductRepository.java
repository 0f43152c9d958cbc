package org.tradepost.peer;

import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

/** Finds products. */
interface ProductRepository extends JpaRepository<Product, UUID> {

  List<Product> findByOrderByNameAscIdAsc(Pageable page);

  List<Product> findByNameContainingIgnoreCaseOrderByNameAscIdAsc(String words, Pageable page);

  /** Locks the products in the order of their ids, so that two orders cannot deadlock. */
  @Lock(LockModeType.PESSIMISTIC_WRITE)
  @Query("select p from Product p where p.id in :ids order by p.id")
  List<Product> lock(Collection<UUID> ids);
}
