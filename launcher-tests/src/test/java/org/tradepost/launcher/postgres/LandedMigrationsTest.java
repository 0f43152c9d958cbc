package org.tradepost.launcher.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A landed migration never changes, because databases that have run it could not be opened. */
class LandedMigrationsTest {

  @Test
  void is_as_it_was_when_it_landed() throws IOException {
    assertThat(migrations())
        .as("add the line of a new migration to landed/migrations.sha256, and change no other")
        .containsExactlyElementsOf(landed());
  }

  private static List<String> landed() throws IOException {
    try (var content =
        LandedMigrationsTest.class.getResourceAsStream("/landed/migrations.sha256")) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8).lines().sorted().toList();
    }
  }

  /** The migrations of every service, with their checksums. */
  private static List<String> migrations() throws IOException {
    try (var modules = Files.list(Path.of(".."))) {
      return modules
          .map(module -> module.resolve("src/main/resources"))
          .filter(resources -> Files.isDirectory(resources.resolve("db")))
          .flatMap(LandedMigrationsTest::checksums)
          .sorted()
          .toList();
    }
  }

  private static Stream<String> checksums(Path resources) {
    try (var files = Files.walk(resources.resolve("db"))) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> checksum(file) + "  " + resources.relativize(file))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String checksum(Path file) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
