package org.tradepost.common.contract.product;

import org.tradepost.common.error.ServiceException;

/**
 * An amount of money.
 *
 * @param amount in minor units of the currency, cents for EUR
 * @param currency ISO 4217 code
 */
public record Money(long amount, String currency) {

  /**
   * Returns this amount multiplied by a quantity.
   *
   * @throws ServiceException {@code AMOUNT_TOO_LARGE}
   */
  public Money times(long quantity) {
    try {
      return new Money(Math.multiplyExact(amount, quantity), currency);
    } catch (ArithmeticException overflow) {
      throw new ServiceException(ProductError.AMOUNT_TOO_LARGE);
    }
  }

  /**
   * Returns the sum of two amounts.
   *
   * @throws ServiceException {@code AMOUNT_TOO_LARGE}, or {@code MIXED_CURRENCIES}
   */
  public Money plus(Money other) {
    if (!currency.equals(other.currency)) {
      throw new ServiceException(ProductError.MIXED_CURRENCIES);
    }
    try {
      return new Money(Math.addExact(amount, other.amount), currency);
    } catch (ArithmeticException overflow) {
      throw new ServiceException(ProductError.AMOUNT_TOO_LARGE);
    }
  }
}
