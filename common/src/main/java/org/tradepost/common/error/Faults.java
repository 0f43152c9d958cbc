package org.tradepost.common.error;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The faults of one request: all are counted, the first ones are listed. */
public final class Faults {

  /** How many faults are listed at most. */
  public static final int MAX_LISTED = 20;

  private final List<FieldError> listed = new ArrayList<>();
  private int count;

  /** Adds a fault, which is created only if it is listed. */
  public void add(Supplier<FieldError> fault) {
    if (count < MAX_LISTED) {
      listed.add(fault.get());
    }
    count++;
  }

  /**
   * Rejects the request if it has a fault.
   *
   * @throws ServiceException {@code INVALID_REQUEST}
   */
  public void check() {
    if (count > 0) {
      throw new ServiceException(CommonError.INVALID_REQUEST, detail(), listed);
    }
  }

  private String detail() {
    var title = CommonError.INVALID_REQUEST.title();
    return count > MAX_LISTED
        ? "%s in %s places; the first %s are listed".formatted(title, count, MAX_LISTED)
        : title;
  }
}
