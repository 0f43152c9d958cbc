package org.tradepost.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The documents keep up with the code. */
class DocumentationTest {

  private static final Path ROOT = Path.of(System.getProperty("tradepost.root", ".."));
  private static final List<String> MODULES =
      List.of(
          "platform", "auth-verticle", "product-verticle", "order-verticle", "gateway-verticle");

  /** The target of a link within the repository, without the heading. */
  private static final Pattern LINK = Pattern.compile("\\]\\((?![a-z]+:|#)([^)#\\s]+)[^)]*\\)");

  private static final Pattern SETTING = Pattern.compile("\"(TRADEPOST_[A-Z_]*[A-Z])\"");

  @Test
  void every_setting_is_described() throws IOException {
    var described = Files.readString(ROOT.resolve("docs/operations.md"));
    var settings = new TreeSet<String>();
    for (var module : MODULES) {
      try (var files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
        files.filter(Files::isRegularFile).forEach(file -> collect(file, settings));
      }
    }
    assertThat(settings).hasSizeGreaterThan(25);
    assertThat(settings).allSatisfy(setting -> assertThat(described).contains("`" + setting + "`"));
  }

  @Test
  void every_file_that_a_page_links_to_is_there() throws IOException {
    var pages =
        new ArrayList<>(List.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")));
    try (var files = Files.walk(ROOT.resolve("docs"))) {
      files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
    }
    for (var page : pages) {
      assertThat(LINK.matcher(Files.readString(page)).results().map(link -> link.group(1)))
          .as(page.toString())
          .allSatisfy(link -> assertThat(page.resolveSibling(link)).exists());
    }
  }

  private static void collect(Path file, Set<String> settings) {
    try {
      SETTING
          .matcher(Files.readString(file))
          .results()
          .forEach(found -> settings.add(found.group(1)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
