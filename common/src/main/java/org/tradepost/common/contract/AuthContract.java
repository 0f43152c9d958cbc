package org.tradepost.common.contract;

import static org.tradepost.common.bus.Operation.internal;

import org.tradepost.common.bus.Nothing;
import org.tradepost.common.bus.Operation;

/** What the authentication service offers. */
public final class AuthContract {

  public static final Operation<Nothing, Trust> TRUST =
      internal("auth.v1.trust", Nothing.class, Trust.class);

  /** The knock that says that {@link #TRUST} has something new. */
  public static final String TRUST_CHANGED = "auth.v1.trust-changed";

  private AuthContract() {}
}
