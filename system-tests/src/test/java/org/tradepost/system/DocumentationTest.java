package org.tradepost.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The documents match the code. */
class DocumentationTest {

  private static final Path ROOT = Path.of(System.getProperty("tradepost.root", ".."));
  private static final Path ARCHITECTURE = ROOT.resolve("docs/architecture.md");
  private static final Path SETTINGS = ROOT.resolve("docs/configure.md");
  private static final List<String> MODULES =
      List.of(
          "platform", "auth-verticle", "product-verticle", "order-verticle", "gateway-verticle");

  private static final Pattern LINK =
      Pattern.compile("\\[([^\\]]*)\\]\\((?![a-z]+:)([^)#\\s]*)(?:#([^)]*))?\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

  /** The name of a class, of two words or more. */
  private static final Pattern CLASS = Pattern.compile("`((?:[A-Z][a-z0-9]+){2,})`");

  private static final Pattern SETTING = Pattern.compile("\"(TRADEPOST_[A-Z_]*[A-Z])\"");

  /** A setting that is a number: its name, default, minimum and maximum. */
  private static final Pattern NUMBER =
      Pattern.compile(
          "\\.(?:integer|seconds)\\(\\s*"
              + SETTING.pattern()
              + ",\\s*([\\d_]+),\\s*([\\d_]+),\\s*([\\d_]+)\\)");

  /** A row about a package: its directory, and what it is for. */
  private static final Pattern PACKAGE =
      Pattern.compile("(?m)^\\| \\[`[^`]+`\\]\\(([^)]*)\\) \\| (.*) \\|$");

  private static final Pattern FIRST_SENTENCE = Pattern.compile("(?s)/\\*\\*(.*?\\.)\\s");

  @Test
  void every_setting_is_described() throws IOException {
    var described = Files.readString(SETTINGS);
    var settings = inSources(SETTING).stream().map(found -> found.group(1)).distinct().toList();
    assertThat(settings).hasSizeGreaterThan(25);
    assertThat(settings).allSatisfy(setting -> assertThat(described).contains("`" + setting + "`"));
  }

  @Test
  void the_default_and_the_range_of_a_number_are_right() throws IOException {
    var rows = Files.readAllLines(SETTINGS);
    var numbers = inSources(NUMBER);
    assertThat(numbers).hasSizeGreaterThan(15);
    for (var number : numbers) {
      var range = String.format(Locale.ROOT, "%,d to %,d", integer(number, 3), integer(number, 4));
      assertThat(rows)
          .as("%s, %s", number.group(1), range)
          .anyMatch(
              row ->
                  row.startsWith("| `%s` | `%s` |".formatted(number.group(1), integer(number, 2)))
                      && row.contains(range));
    }
  }

  private static Integer integer(MatchResult found, int group) {
    return Integer.valueOf(found.group(group).replace("_", ""));
  }

  @Test
  void every_link_leads_to_a_file_and_heading_that_are_there() throws IOException {
    var pages = pages();
    assertThat(pages).hasSizeGreaterThan(20);
    for (var page : pages) {
      for (var link : links(page)) {
        var target = link.group(2).isEmpty() ? page : page.resolveSibling(link.group(2));
        assertThat(target).as("%s in %s", link.group(), page).exists();
        if (link.group(3) != null) {
          assertThat(anchors(target)).as("%s in %s", link.group(), page).contains(link.group(3));
        }
      }
    }
  }

  /** On the architecture page, the text of a link is the name of its target. */
  @Test
  void the_architecture_names_files_and_packages_as_they_are() throws IOException {
    var links = links(ARCHITECTURE).stream().filter(link -> link.group(1).startsWith("`")).toList();
    assertThat(links).hasSizeGreaterThan(80);
    assertThat(links)
        .allSatisfy(
            link ->
                assertThat("/" + link.group(2).replaceFirst("\\.java$", ""))
                    .endsWith(
                        "/"
                            + (link.group(2).matches(".*\\.[a-z]+")
                                ? name(link)
                                : name(link).replace('.', '/'))));
  }

  @Test
  void the_architecture_has_every_package() throws IOException {
    var linked =
        links(ARCHITECTURE).stream()
            .map(link -> ARCHITECTURE.resolveSibling(link.group(2)).normalize())
            .collect(Collectors.toSet());
    var packages = packages();
    assertThat(packages).hasSizeGreaterThan(50);
    assertThat(packages).allSatisfy(directory -> assertThat(linked).contains(directory));
  }

  @Test
  void the_architecture_says_of_a_package_what_the_package_says() throws IOException {
    var rows = PACKAGE.matcher(Files.readString(ARCHITECTURE)).results().toList();
    assertThat(rows).hasSizeGreaterThan(50);
    for (var row : rows) {
      var itself = ARCHITECTURE.resolveSibling(row.group(1)).resolve("package-info.java");
      assertThat(row.group(2)).as("%s", itself).isEqualTo(firstSentence(itself));
    }
  }

  private static String firstSentence(Path documented) throws IOException {
    var found = FIRST_SENTENCE.matcher(Files.readString(documented)).results().findFirst();
    return found
        .orElseThrow()
        .group(1)
        .replaceAll("\\s+(\\* )?", " ")
        .strip()
        .replaceAll("\\{@code ([^}]*)\\}", "`$1`");
  }

  @Test
  void every_decision_has_the_same_parts() throws IOException {
    try (var pages = Files.list(ROOT.resolve("docs/adr"))) {
      var decisions =
          pages.filter(page -> page.getFileName().toString().matches("\\d{4}-.*\\.md")).toList();
      assertThat(decisions).hasSizeGreaterThan(20);
      for (var page : decisions) {
        var number = Integer.parseInt(page.getFileName().toString().substring(0, 4));
        var headings = HEADING.matcher(Files.readString(page)).results().map(MatchResult::group);
        assertThat(headings)
            .as("%s", page)
            .satisfiesExactly(
                title -> assertThat(title).startsWith("# " + number + ". "),
                context -> assertThat(context).isEqualTo("## Context"),
                decision -> assertThat(decision).isEqualTo("## Decision"),
                rejected -> assertThat(rejected).isEqualTo("## Rejected alternatives"),
                costs -> assertThat(costs).isEqualTo("## Consequences"));
      }
    }
  }

  @Test
  void decisions_name_existing_classes() throws IOException {
    var classes = classes();
    try (var pages = Files.list(ROOT.resolve("docs/adr"))) {
      for (var page : pages.toList()) {
        assertThat(CLASS.matcher(Files.readString(page)).results().map(found -> found.group(1)))
            .as("%s", page)
            .allSatisfy(name -> assertThat(classes).contains(name));
      }
    }
  }

  private static Set<String> classes() throws IOException {
    // A class of browsers, the only one that is not ours.
    var classes = new TreeSet<>(Set.of("EventSource"));
    try (var modules = Files.list(ROOT)) {
      for (var source :
          modules.map(module -> module.resolve("src")).filter(Files::isDirectory).toList()) {
        try (var files = Files.walk(source)) {
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".java"))
              .forEach(name -> classes.add(name.replace(".java", "")));
        }
      }
    }
    return classes;
  }

  private static String name(MatchResult link) {
    return link.group(1).replace("`", "");
  }

  /** The packages of all modules that have files, except the first one of each module. */
  private static Set<Path> packages() throws IOException {
    var packages = new TreeSet<Path>();
    try (var modules = Files.list(ROOT)) {
      for (var module : modules.toList()) {
        var source = module.resolve("src/main/java/org/tradepost");
        if (Files.isDirectory(source)) {
          try (var files = Files.walk(source)) {
            files
                .filter(file -> file.toString().endsWith(".java"))
                .map(Path::getParent)
                .filter(directory -> source.relativize(directory).getNameCount() > 1)
                .map(Path::normalize)
                .forEach(packages::add);
          }
        }
      }
    }
    return packages;
  }

  private static List<Path> pages() throws IOException {
    var pages =
        new ArrayList<>(List.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")));
    try (var files = Files.walk(ROOT.resolve("docs"))) {
      files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
    }
    return pages;
  }

  private static List<MatchResult> links(Path page) throws IOException {
    return LINK.matcher(Files.readString(page)).results().toList();
  }

  /** The anchors of a page's headings, as GitHub makes them. */
  private static Set<String> anchors(Path page) throws IOException {
    return HEADING
        .matcher(Files.readString(page))
        .results()
        .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^a-z0-9 _-]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  /** All matches in the code of the services. */
  private static List<MatchResult> inSources(Pattern pattern) throws IOException {
    var found = new ArrayList<MatchResult>();
    for (var module : MODULES) {
      try (var files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
        for (var file : files.filter(Files::isRegularFile).toList()) {
          found.addAll(pattern.matcher(Files.readString(file)).results().toList());
        }
      }
    }
    return found;
  }
}
