package org.tradepost.launcher.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.openqa.selenium.chrome.ChromeDriver;

/**
 * Checks the page that a browser shows, in light and dark mode and on a phone, and saves pictures
 * of it in {@code target/console}.
 */
final class PageInspection {
  private static final Path PICTURES = Path.of("target", "console");
  private static final int DESKTOP = 1280;
  private static final int TELEPHONE = 360;

  private final ChromeDriver driver;

  PageInspection(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Gives a new window its size. */
  void start() {
    width(DESKTOP);
  }

  /** Inspects the page, and saves pictures whose names begin with {@code name}. */
  void of(String name) {
    try {
      assertAccessible("{}");
      picture(name);
      prefer("dark");
      // Dark mode changes nothing but colours.
      assertAccessible("{runOnly: ['color-contrast', 'link-in-text-block']}");
      width(TELEPHONE);
      assertThat(driver.executeScript("return document.documentElement.scrollWidth"))
          .isEqualTo((long) TELEPHONE);
      picture(name + "-360-dark");
    } finally {
      prefer("light");
      width(DESKTOP);
    }
  }

  private void width(int width) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
  }

  private void prefer(String colorScheme) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colorScheme))));
  }

  /** Asserts that the page has no serious obstacles for people with disabilities. */
  private void assertAccessible(String options) {
    if (!Boolean.TRUE.equals(driver.executeScript("return 'axe' in window"))) {
      driver.executeScript(axe());
    }
    var serious =
        (List<?>)
            driver.executeAsyncScript(
                """
                const [done] = arguments;
                const describe = (rule) => `${rule.id}: ${rule.nodes.map((node) => node.html).join(' ')}`;
                axe.run(document, {resultTypes: ['violations'], ...%s}).then(
                  ({ violations }) =>
                    done(violations.filter(({ impact }) => /serious|critical/.test(impact)).map(describe)),
                  (failure) => done([String(failure)]),
                );
                """
                    .formatted(options));
    assertThat(serious).isEmpty();
  }

  private static String axe() {
    try (var script = AxeBuilder.class.getResourceAsStream("/axe.min.js")) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Saves a picture of the whole page, even where it is longer than the window. */
  private void picture(String name) {
    var taken =
        driver.executeCdpCommand(
            "Page.captureScreenshot",
            Map.of("captureBeyondViewport", true, "optimizeForSpeed", true));
    try {
      Files.createDirectories(PICTURES);
      Files.write(
          PICTURES.resolve(name + ".png"), Base64.getDecoder().decode((String) taken.get("data")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
