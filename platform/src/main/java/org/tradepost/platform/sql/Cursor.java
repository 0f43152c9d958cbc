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
 * The place in a listing where its next part begins, as a text that clients need not understand.
 */
public final class Cursor {

  /** Characters of the longest key: see {@code Cursor} in the shared parameters. */
  public static final int LONGEST_KEY = 50;

  private Cursor() {}

  /**
   * Names a listing, so that its cursors serve no other.
   *
   * @param what all that decides what is listed, and in which order: filters, sort, and whose it is
   *     where that matters. Of any length, null where there is none
   */
  public static String listing(String kind, Object... what) {
    var all = WireJson.write(Arrays.asList(what)).getBytes();
    return kind + " " + UUID.nameUUIDFromBytes(all);
  }

  /**
   * Writes a cursor.
   *
   * @param listing see {@link #listing}
   * @param keys the sort keys of the last item; text of at most {@link #LONGEST_KEY} characters, so
   *     that the cursor fits into the parameter that takes it
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
  public static Keys read(String cursor, String listing, int keys) {
    return valid(
        cursor,
        text -> {
          var json = Buffer.buffer(Base64.getUrlDecoder().decode(text));
          var place = WireJson.read(json, Place.class);
          // Refuses nulls.
          var found = List.copyOf(place.keys());
          require(listing.equals(place.listing()) && found.size() == keys);
          require(found.stream().allMatch(WireText::isStorable));
          return new Keys(found);
        });
  }

  /**
   * The sort keys of a cursor. Anybody can write one, so each is read as what it stands for, within
   * what the database has; whatever else it is, it is refused as {@code INVALID_CURSOR}.
   */
  public record Keys(List<String> texts) {

    public String text(int at) {
      return texts.get(at);
    }

    /** A whole number within bounds. */
    public long number(int at, long least, long most) {
      return valid(
          text(at),
          text -> {
            var number = Long.parseLong(text);
            require(text.equals(Long.toString(number)));
            require(least <= number && number <= most);
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
      throw refused();
    }
  }

  private static void require(boolean condition) {
    if (!condition) {
      throw refused();
    }
  }

  private static ServiceException refused() {
    var title = CommonError.INVALID_CURSOR.title();
    return new ServiceException(
        CommonError.INVALID_CURSOR, title, new FieldError("/cursor", title));
  }

  private record Place(String listing, List<String> keys) {}
}
