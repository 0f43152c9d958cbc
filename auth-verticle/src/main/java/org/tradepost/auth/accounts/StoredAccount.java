package org.tradepost.auth.accounts;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.tradepost.common.contract.auth.AccountContract.Account;

/** An account as stored in the database. */
public record StoredAccount(
    UUID id,
    String email,
    String name,
    String passwordHash,
    List<String> roles,
    boolean disabled,
    Instant createdAt) {

  /** Returns the account as its holder sees it. */
  public Account forHolder() {
    return new Account(id, email, name, roles, null, createdAt);
  }

  /** Returns the account as an administrator sees it. */
  Account forAdministrator() {
    return new Account(id, email, name, roles, disabled, createdAt);
  }

  /** Without the hash, so that no log shows it. */
  @Override
  public String toString() {
    return "account " + id;
  }
}
