package org.tradepost.common.runtime;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.tradepost.common.error.ErrorCode;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.json.WireJson;
import org.tradepost.common.json.WireText;
import org.tradepost.common.json.WireTime;

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
  public static Keys read(String cursor, String listing, int keys) {
    return valid(
        cursor,
        text -> {
          var json = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
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
            require(least <= number && number <= most);
            return number;
          });
    }

    public Instant time(int at) {
      return valid(text(at), WireTime::read);
    }

    public UUID id(int at) {
      return valid(text(at), UUID::fromString);
    }
  }

  private static <T> T valid(String text, Function<String, T> reading) {
    try {
      return reading.apply(text);
    } catch (RuntimeException forged) {
      throw new ServiceException(ErrorCode.INVALID_CURSOR);
    }
  }

  private static void require(boolean condition) {
    if (!condition) {
      throw new ServiceException(ErrorCode.INVALID_CURSOR);
    }
  }

  private record Place(String listing, List<String> keys) {}
}
