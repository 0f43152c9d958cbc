package org.tradepost.auth.accounts;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.tradepost.common.error.ServiceException;
import org.tradepost.platform.sql.Cursor;

/**
 * A position in the list of accounts, which is sorted by email key.
 *
 * @param key the key of the account before it, or its beginning if it is too long for a cursor
 * @param id the account with the whole key; empty if {@code key} is whole, so that the cursor stays
 *     valid when the account changes
 */
record UserCursor(String key, Optional<UUID> id) {

  private static final String LISTING = Cursor.listing("users");

  private static final UserCursor START = new UserCursor("", Optional.empty());

  /**
   * Reads a cursor; null means the start.
   *
   * @throws ServiceException {@code INVALID_CURSOR}
   */
  static UserCursor read(String cursor) {
    if (cursor == null) {
      return START;
    }
    var keys = Cursor.read(cursor, LISTING, 2);
    var key = keys.text(0);
    var id = Optional.of(keys.id(1));
    return new UserCursor(key, id.filter(found -> length(key) >= Cursor.MAX_KEY_LENGTH));
  }

  static String cursor(AccountRepository.Listed last) {
    var key = last.key();
    var beginning =
        length(key) < Cursor.MAX_KEY_LENGTH
            ? key
            : key.substring(0, key.offsetByCodePoints(0, Cursor.MAX_KEY_LENGTH));
    return Cursor.write(LISTING, List.of(beginning, last.account().id().toString()));
  }

  private static int length(String key) {
    return key.codePointCount(0, key.length());
  }
}
