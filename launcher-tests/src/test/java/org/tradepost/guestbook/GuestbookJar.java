package org.tradepost.guestbook;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;

/**
 * Packs the guestbook as a build outside the repository would: it is not on the launcher's class
 * path.
 */
public final class GuestbookJar {
  public static final String DESCRIPTOR =
      """
      {"name": "guestbook", "main": "org.tradepost.guestbook.Main", "database": true}
      """;

  private GuestbookJar() {}

  /** Writes a jar with that descriptor and a manifest that names its libraries. */
  public static Path write(Path jar, String descriptor) {
    try {
      var classes =
          Path.of(GuestbookJar.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      try (var file = Files.newOutputStream(jar);
          var out = new JarOutputStream(file, manifest(classes))) {
        add(out, "META-INF/tradepost/service.json", descriptor.getBytes(StandardCharsets.UTF_8));
        add(out, classes, classes.resolve("org/tradepost/guestbook"));
        add(out, classes.resolve("guestbook"), classes.resolve("guestbook"));
      }
      return jar;
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Manifest manifest(Path classes) {
    var manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "org.tradepost.guestbook.Main");
    manifest
        .getMainAttributes()
        .put(
            Attributes.Name.CLASS_PATH,
            Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(library -> !library.toAbsolutePath().equals(classes))
                .map(library -> library.toUri().toString())
                .collect(Collectors.joining(" ")));
    return manifest;
  }

  /** Adds an entry for each directory too: without them Flyway finds no migrations. */
  private static void add(JarOutputStream out, Path root, Path directory) throws IOException {
    List<Path> paths;
    try (var found = Files.walk(directory)) {
      paths = found.filter(path -> !path.equals(root)).toList();
    }
    for (var path : paths) {
      var name = root.relativize(path).toString();
      if (Files.isDirectory(path)) {
        add(out, name + "/", new byte[0]);
      } else {
        add(out, name, Files.readAllBytes(path));
      }
    }
  }

  private static void add(JarOutputStream out, String name, byte[] content) throws IOException {
    out.putNextEntry(new ZipEntry(name));
    out.write(content);
    out.closeEntry();
  }
}
