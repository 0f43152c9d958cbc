package org.tradepost.launcher.services;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tradepost.guestbook.GuestbookJar;
import org.tradepost.launcher.Main;
import org.tradepost.launcher.cli.Terminal;
import picocli.CommandLine;

class ServicesTest {
  @TempDir Path directory;

  @Test
  void are_found_on_the_class_path_in_the_order_in_which_they_start() {
    assertThat(Services.BUILT_IN.names()).containsExactly("auth", "product", "order", "gateway");
    assertThat(Services.BUILT_IN.withDatabase())
        .extracting(ServiceDescriptor::databaseName)
        .containsExactly("auth", "product", "orders");
    assertThat(Services.BUILT_IN.added()).isEmpty();
  }

  @Test
  void start_the_gateway_after_a_service_that_is_added() {
    var services = Services.BUILT_IN.with(jar(GuestbookJar.DESCRIPTOR), Optional.of(3));
    assertThat(services.names())
        .containsExactly("auth", "product", "order", "guestbook", "gateway");
    assertThat(services.added())
        .singleElement()
        .satisfies(
            added -> {
              assertThat(added.instances()).isEqualTo(3);
              assertThat(added.databaseSettings()).isEqualTo("TRADEPOST_GUESTBOOK_DATABASE_");
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          {"name": "Guest Book", "main": "M", "database": true}  | name must be like gift-cards.
          {"main": "M", "database": true}                        | name must be like gift-cards.
          {"name": "guestbook", "database": true}                | main must be the name of a class.
          {"name": "guestbook", "main": "M"}                     | database must be true or false.
          {"name": "guestbook", "main": "M", "database": "yes"}  | has a value of another type in database.
          {"name": "guestbook", "main": "M", "database": true, "instances": 0} | instances must be at least 1.
          {"name": "guestbook", "main": "M", "database": true, "schema": "s"} | has a field that is not known: schema.
          ["guestbook"]                                          | is not a JSON object.
          {"name":                                               | is not JSON: Unexpected end-of-input
          {"name": "order", "main": "M", "database": false}      | The name order of the service in
          {"name": "orders", "main": "M", "database": false}     | The name orders of the service in
          {"name": "audit", "main": "M", "database": true}       | The name audit of the service in
          {"name": "edge", "main": "M", "database": false, "gateway": true} | is a gateway, and there is one already.
          """)
  void say_in_a_sentence_what_is_wrong_with_a_descriptor(String descriptor, String words) {
    assertRejected(jar(descriptor), words);
  }

  @Test
  void say_in_a_sentence_what_is_no_jar_of_a_service() throws Exception {
    var missing = directory.resolve("missing.jar");
    assertRejected(missing, "--with: There is no file " + missing + ".");
    assertRejected(
        Files.writeString(directory.resolve("text.jar"), "text"), "text.jar cannot be read");
    var library =
        Path.of(CommandLine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    assertRejected(
        library, "is not the jar of a service: there is no META-INF/tradepost/service.json in it.");
  }

  @Test
  void have_a_name_once() {
    var jar = jar(GuestbookJar.DESCRIPTOR);
    assertThat(misuse("cluster", "--with", jar.toString(), "--with", jar + "=2"))
        .contains("The name guestbook of the service in " + jar + " is taken.");
  }

  private void assertRejected(Path jar, String words) {
    assertThat(misuse("up", "--with", jar.toString())).contains(words).contains("Usage: tradepost");
    assertThat(misuse("cluster", "--with", jar + "=2")).contains(words);
  }

  private static String misuse(String... arguments) {
    var usage = new StringWriter();
    var line =
        Main.commandLine(Terminal.to(new ByteArrayOutputStream())).setErr(new PrintWriter(usage));
    assertThat(line.execute(arguments)).isEqualTo(2);
    return usage.toString();
  }

  private Path jar(String descriptor) {
    return GuestbookJar.write(directory.resolve("guestbook.jar"), descriptor);
  }
}
