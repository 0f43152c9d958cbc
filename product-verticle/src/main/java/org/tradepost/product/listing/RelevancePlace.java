package org.tradepost.product.listing;

import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.platform.sql.Cursor;

/**
 * A place in a list that is sorted by relevance.
 *
 * @param corrected whether the words of the search were corrected
 * @param keys the keys of the last product before this place; empty at the start of the part
 */
record RelevancePlace(RelevancePart part, boolean corrected, Optional<Cursor.Keys> keys) {

  /** The beginning of a part. */
  static RelevancePlace of(RelevancePart part, boolean corrected) {
    return new RelevancePlace(part, corrected, Optional.empty());
  }

  /**
   * The place that a cursor of this listing stands for.
   *
   * @throws ServiceException {@code INVALID_CURSOR}
   */
  static RelevancePlace read(String cursor, String listing) {
    var keys = Cursor.read(cursor, listing, 3).texts();
    for (var part : RelevancePart.values()) {
      for (var corrected : List.of(false, true)) {
        if (keys.get(0).equals(mark(part, corrected))) {
          var product = new Cursor.Keys(keys.subList(1, 3));
          var start = keys.get(2).isEmpty();
          return new RelevancePlace(
              part, corrected, start ? Optional.empty() : Optional.of(product));
        }
      }
    }
    throw new ServiceException(CommonError.INVALID_CURSOR);
  }

  /** The cursor of this part after a product. */
  String cursorAfter(Row product, String listing) {
    return write(listing, List.of(part.sort().key(product), product.getUUID("id").toString()));
  }

  /** The cursor of the beginning of this part. */
  String cursorAtStart(String listing) {
    return write(listing, List.of("", ""));
  }

  private String write(String listing, List<String> product) {
    var keys = new ArrayList<>(List.of(mark(part, corrected)));
    keys.addAll(product);
    return Cursor.write(listing, keys);
  }

  private static String mark(RelevancePart part, boolean corrected) {
    return corrected ? part.mark().toUpperCase(Locale.ROOT) : part.mark();
  }
}
