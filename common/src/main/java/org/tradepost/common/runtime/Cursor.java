package org.tradepost.common.runtime;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.tradepost.common.error.ErrorCode;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.json.WireJson;

/**
 * The place in a listing where its next part begins, as a text that clients need not understand.
 */
public final class Cursor {

  private Cursor() {}

  /**
   * Writes a cursor.
   *
   * @param listing what is listed and in which order, so that it cannot be taken for another
   *     listing's
   * @param keys the sort keys of the last item
   */
  public static String write(String listing, List<String> keys) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(WireJson.write(new Place(listing, keys)).getBytes());
  }

  /**
   * Reads a cursor.
   *
   * @param keys how many sort keys the listing has
   * @throws ServiceException {@code INVALID_CURSOR} when it is none of this listing
   */
  public static List<String> read(String cursor, String listing, int keys) {
    try {
      var json = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      var place = WireJson.read(json, Place.class);
      // List.copyOf refuses nulls; U+0000 is the one character that PostgreSQL does not take.
      if (listing.equals(place.listing())
          && place.keys().size() == keys
          && List.copyOf(place.keys()).stream().noneMatch(key -> key.indexOf('\0') >= 0)) {
        return place.keys();
      }
    } catch (RuntimeException malformed) {
      throw new ServiceException(ErrorCode.INVALID_CURSOR);
    }
    throw new ServiceException(ErrorCode.INVALID_CURSOR);
  }

  private record Place(String listing, List<String> keys) {}
}
