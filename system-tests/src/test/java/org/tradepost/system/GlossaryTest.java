package org.tradepost.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Things are called by the words of the field, not by those that this project once had. */
class GlossaryTest {
  private static final Path ROOT = Path.of(System.getProperty("tradepost.root", ".."));

  /** Words that can only be meant in their old sense. */
  private static final Pattern OLD_WORD =
      Pattern.compile(
          "(?i)\\b(own face|knock\\w*|doorbells?|rehears\\w+|pinned prefix|silent\\w*|silence"
              + "|\\w*unanswered|stands? in|patience|chores?|strangers?|slowheads|severing"
              + "|ordermoves|swallow\\w*)\\b");

  private static final Set<String> GENERATED = Set.of("target", ".tradepost", ".git");
  private static final Pattern TEXT =
      Pattern.compile(".*\\.(java|md|yaml|js|css|html|sh|properties|xml)|tradepost");

  @Test
  void no_text_has_an_old_word() throws IOException {
    var texts = texts();
    assertThat(texts).hasSizeGreaterThan(700);
    var found = new ArrayList<String>();
    for (var text : texts) {
      OLD_WORD
          .matcher(Files.readString(text))
          .results()
          .forEach(word -> found.add(ROOT.relativize(text) + ": " + word.group()));
    }
    assertThat(found).isEmpty();
  }

  private static List<Path> texts() throws IOException {
    var texts = new ArrayList<Path>();
    Files.walkFileTree(
        ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return !directory.equals(ROOT) && GENERATED.contains(directory.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (TEXT.matcher(file.getFileName().toString()).matches()
                && !file.endsWith("GlossaryTest.java")) {
              texts.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return texts;
  }
}
