package org.tradepost.common.error;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The faults of one request: all are counted, the first ones are told. */
public final class Faults {

  /** So many are told. */
  public static final int MOST = 20;

  private final List<FieldError> told = new ArrayList<>();
  private int count;

  /** Adds a fault, which is only made if it is to be told. */
  public void add(Supplier<FieldError> fault) {
    if (count < MOST) {
      told.add(fault.get());
    }
    count++;
  }

  /**
   * Refuses the request if it has a fault.
   *
   * @throws ServiceException {@code INVALID_REQUEST}
   */
  public void check() {
    if (count > 0) {
      throw new ServiceException(CommonError.INVALID_REQUEST, detail(), told);
    }
  }

  private String detail() {
    var title = CommonError.INVALID_REQUEST.title();
    return count > MOST
        ? "%s in %s places; the first %s are listed".formatted(title, count, MOST)
        : title;
  }
}
