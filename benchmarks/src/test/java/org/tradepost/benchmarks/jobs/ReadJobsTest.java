package org.tradepost.benchmarks.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReadJobsTest {
  private static final Path PRODUCT =
      Path.of("..", "product-verticle/src/main/java/org/tradepost/product");

  @Test
  void the_reference_of_a_search_is_the_statement_that_the_service_sends_first()
      throws IOException {
    var queries = format("listing/SearchSql.java", "QUERIES", 2, 3, "exact");
    var order = "name_key asc, id asc";
    var page = "listing/FilteredPage.java";
    var candidates = format(page, "CANDIDATES", "status = $1", order, 300);
    var match = "search @@ (select words from queries)";
    var scan = format(page, "SCAN", queries, candidates, match, order, 21, 300);
    var columns = format("catalogue/ProductRows.java", "COLUMNS");
    assertThat(ReadJobs.SEARCH)
        .isEqualToIgnoringWhitespace(scan + format(page, "SELECT_PAGE", columns, order));
  }

  /** Formats a text block of the product service, which the benchmarks do not depend on. */
  private static String format(String file, String constant, Object... values) throws IOException {
    var block = Pattern.compile("String " + constant + " =\\s+\"{3}(.*?)\"{3}", Pattern.DOTALL);
    var source = block.matcher(Files.readString(PRODUCT.resolve(file)));
    assertThat(source.find()).as(constant).isTrue();
    return String.format(Locale.ROOT, source.group(1).translateEscapes(), values);
  }
}
