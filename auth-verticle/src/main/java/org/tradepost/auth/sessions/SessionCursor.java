package org.tradepost.auth.sessions;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.tradepost.common.contract.auth.AuthContract.Session;
import org.tradepost.common.error.ServiceException;
import org.tradepost.platform.sql.Cursor;

/** A position in the list of sessions, which is sorted from the newest to the oldest. */
record SessionCursor(OffsetDateTime createdAt, UUID id) {

  private static final int LATEST_YEAR = 9999;

  /** The position before the newest session. */
  static final SessionCursor START =
      new SessionCursor(
          OffsetDateTime.of(LATEST_YEAR, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC), new UUID(-1, -1));

  /**
   * Reads a cursor of the account's list; null means the start.
   *
   * @throws ServiceException {@code INVALID_CURSOR}
   */
  static SessionCursor read(String cursor, UUID account) {
    if (cursor == null) {
      return START;
    }
    var keys = Cursor.read(cursor, listing(account), 2);
    return new SessionCursor(keys.time(0).atOffset(ZoneOffset.UTC), keys.id(1));
  }

  static String cursor(Session last, UUID account) {
    var createdAt = last.createdAt().truncatedTo(ChronoUnit.MICROS);
    return Cursor.write(listing(account), List.of(createdAt.toString(), last.id().toString()));
  }

  static String listing(UUID account) {
    return Cursor.listing("sessions", account);
  }
}
