package org.tradepost.launcher.scaffold;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The templates of a project, and the path of each file in it. */
final class ProjectTemplate {
  private static final Pattern VARIABLE = Pattern.compile("\\{\\{(\\w+)\\}\\}");

  /** Each line of the POM that is about the PostgreSQL of the tests. */
  private static final Pattern POSTGRES_LINE = Pattern.compile("(?im)^.*postgres.*\\n");

  private static final String JAVA = "src/main/java/{{directory}}/{{Name}}";
  private static final String TEST = "src/test/java/{{directory}}/{{Name}}";
  private static final String RESOURCES = "src/main/resources/";

  private ProjectTemplate() {}

  /** The text of each file of a service's project, by its path within the project. */
  static Map<String, String> files(NewService service) {
    var values = service.values();
    var files = new LinkedHashMap<String, String>();
    templates(service)
        .forEach((path, template) -> files.put(fill(path, values), fill(read(template), values)));
    files.put("pom.xml", fill(project(service), values));
    return files;
  }

  private static String project(NewService service) {
    var template = read("pom.xml");
    return service.database() ? template : POSTGRES_LINE.matcher(template).replaceAll("");
  }

  private static Map<String, String> templates(NewService service) {
    var kind = service.database() ? "database/" : "plain/";
    var templates = new LinkedHashMap<String, String>();
    templates.put(".gitignore", "gitignore");
    templates.put(RESOURCES + "META-INF/tradepost/service.json", kind + "service.json");
    templates.put(RESOURCES + "openapi/{{name}}.yaml", kind + "openapi.yaml");
    if (service.database()) {
      templates.put(RESOURCES + "db/{{name}}/V1__entries.sql", kind + "migration.sql");
    }
    templates.put(JAVA + "Contract.java", kind + "Contract.java");
    templates.put(JAVA + "Operations.java", kind + "Operations.java");
    templates.put(JAVA + "Verticle.java", kind + "Verticle.java");
    templates.put(TEST + "VerticleTest.java", kind + "VerticleTest.java");
    return templates;
  }

  private static String fill(String template, Map<String, String> values) {
    return VARIABLE
        .matcher(template)
        .replaceAll(variable -> Matcher.quoteReplacement(values.get(variable.group(1))));
  }

  private static String read(String template) {
    try (var in = ProjectTemplate.class.getResourceAsStream(template)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
