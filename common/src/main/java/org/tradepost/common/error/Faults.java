package org.tradepost.common.error;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The faults of one request: all are counted, the first ones are listed. */
public final class Faults {

  /** The most faults that are listed. */
  public static final int MOST = 20;

  private final List<FieldError> listed = new ArrayList<>();
  private int count;

  /** Adds a fault, which is created only if it is listed. */
  public void add(Supplier<FieldError> fault) {
    if (count < MOST) {
      listed.add(fault.get());
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
      throw new ServiceException(CommonError.INVALID_REQUEST, detail(), listed);
    }
  }

  private String detail() {
    var title = CommonError.INVALID_REQUEST.title();
    return count > MOST
        ? "%s in %s places; the first %s are listed".formatted(title, count, MOST)
        : title;
  }
}
