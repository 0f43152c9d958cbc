package org.tradepost.product.listing;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tradepost.platform.sql.Database;

/**
 * Corrects words of a search that no product has: one letter may be wrong, missing, superfluous or
 * misplaced.
 */
final class Spelling {

  private static final int MIN_WORD_LENGTH = 5;

  /** The maximum number of texts to search for, including the text as typed. */
  private static final int MAX_TEXTS = 8;

  // A word that some product has gets no alternatives.
  private static final String ALTERNATIVES =
      String.format(
          Locale.ROOT,
          """
          select place::int - 1 as place, array(
                   select word from search_word
                    where search_variants(word) && search_variants(typed.word)
                    order by word limit %d) as known
            from (select place, search_text(word) as word
                    from unnest($1::text[]) with ordinality as t (word, place)) as typed
           where char_length(typed.word) between %d and 40
             and not exists (select from search_word where word = typed.word)
          """,
          MAX_TEXTS - 1,
          MIN_WORD_LENGTH);

  private final Database database;

  Spelling(Database database) {
    this.database = database;
  }

  /** Returns a search for what may have been meant; empty if there is nothing to correct. */
  Future<Optional<SearchText>> correct(SearchText text) {
    return text.isPlain()
        ? database
            .query(ALTERNATIVES, Tuple.tuple().addValue(text.plain().toArray(String[]::new)))
            .map(rows -> corrected(text.plain(), rows))
        : Future.succeededFuture(Optional.empty());
  }

  private static Optional<SearchText> corrected(List<String> words, RowSet<Row> rows) {
    var texts = List.of(words);
    for (var row : rows) {
      texts = with(texts, row.getInteger("place"), row.getArrayOfStrings("known"));
    }
    return texts.size() > 1 ? Optional.of(SearchText.anyOf(texts)) : Optional.empty();
  }

  /** Returns the texts, and copies of them with other words at one place. */
  private static List<List<String>> with(List<List<String>> texts, int place, String[] known) {
    var all = new ArrayList<>(texts);
    for (var word : known) {
      for (var text : texts) {
        if (all.size() < MAX_TEXTS) {
          var other = new ArrayList<>(text);
          other.set(place, word);
          all.add(other);
        }
      }
    }
    return all;
  }
}
