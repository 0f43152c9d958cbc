package org.tradepost.peer;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Why a request is rejected. */
abstract class Rejection extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private Rejection(String message) {
    super(message);
  }

  /** The requested resource does not exist. */
  @ResponseStatus(HttpStatus.NOT_FOUND)
  static final class NotFound extends Rejection {
    private static final long serialVersionUID = 1L;

    NotFound(String what) {
      super(what + " does not exist");
    }
  }

  /** Too few pieces are left. */
  @ResponseStatus(HttpStatus.CONFLICT)
  static final class OutOfStock extends Rejection {
    private static final long serialVersionUID = 1L;

    OutOfStock(String sku) {
      super(sku + " is out of stock");
    }
  }
}
