package org.tradepost.product.catalogue;

import java.util.Currency;
import java.util.Set;
import java.util.stream.Collectors;
import org.tradepost.common.contract.product.Money;
import org.tradepost.common.error.ServiceException;

/** Checks what the schema of the API description cannot express: that the currency exists. */
final class PriceHistory {

  private static final Set<String> CURRENCIES =
      Currency.getAvailableCurrencies().stream()
          .map(Currency::getCurrencyCode)
          .collect(Collectors.toUnmodifiableSet());

  private PriceHistory() {}

  /**
   * The price itself.
   *
   * @throws ServiceException {@code INVALID_REQUEST}
   */
  static Money checked(Money price) {
    if (!CURRENCIES.contains(price.currency())) {
      throw ServiceException.invalid("/price/currency", "is not a code of ISO 4217");
    }
    return price;
  }
}
