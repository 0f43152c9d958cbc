package org.tradepost.platform.sql;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.FieldError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.json.WireId;
import org.tradepost.common.json.WireJson;
import org.tradepost.common.json.WireText;
import org.tradepost.common.json.WireTime;

/**
 * Writes and reads the opaque texts that mark the place in a list at which the next page begins.
 */
public final class Cursor {

  /** The maximum length of a key in characters; see {@code Cursor} in the shared parameters. */
  public static final int MAX_KEY_LENGTH = 50;

  private Cursor() {}

  /**
   * Names a listing, so that its cursors are valid for no other.
   *
   * @param what everything that decides what is listed and in which order: filters, sort order, and
   *     the owner where that matters. Of any length, null where a value is absent
   */
  public static String listing(String kind, Object... what) {
    var all = WireJson.write(Arrays.asList(what)).getBytes();
    return kind + " " + UUID.nameUUIDFromBytes(all);
  }

  /**
   * Writes a cursor.
   *
   * @param listing see {@link #listing}
   * @param keys the sort keys of the last item, each of at most {@link #MAX_KEY_LENGTH} characters,
   *     so that the cursor fits the parameter that takes it
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
   * @throws ServiceException {@code INVALID_CURSOR} when the text is no cursor of this listing
   */
  public static Keys read(String cursor, String listing, int keys) {
    return valid(
        cursor,
        text -> {
          var json = Buffer.buffer(Base64.getUrlDecoder().decode(text));
          var place = WireJson.read(json, Place.class);
          // Rejects nulls.
          var found = List.copyOf(place.keys());
          require(listing.equals(place.listing()) && found.size() == keys);
          require(found.stream().allMatch(WireText::isStorable));
          return new Keys(found);
        });
  }

  /**
   * The sort keys of a cursor. Clients can forge cursors, so each key is read as its own type and
   * within the range of the database. Anything else is rejected as {@code INVALID_CURSOR}.
   */
  public record Keys(List<String> texts) {

    public String text(int at) {
      return texts.get(at);
    }

    /** Reads a whole number within inclusive bounds. */
    public long number(int at, long min, long max) {
      return valid(
          text(at),
          text -> {
            var number = Long.parseLong(text);
            require(text.equals(Long.toString(number)));
            require(min <= number && number <= max);
            return number;
          });
    }

    public Instant time(int at) {
      return valid(text(at), WireTime::read);
    }

    public UUID id(int at) {
      return valid(text(at), WireId::read);
    }
  }

  private static <T> T valid(String text, Function<String, T> reading) {
    try {
      return reading.apply(text);
    } catch (RuntimeException forged) {
      throw rejected();
    }
  }

  private static void require(boolean condition) {
    if (!condition) {
      throw rejected();
    }
  }

  private static ServiceException rejected() {
    var title = CommonError.INVALID_CURSOR.title();
    return new ServiceException(
        CommonError.INVALID_CURSOR, title, new FieldError("/cursor", title));
  }

  private record Place(String listing, List<String> keys) {}
}
