package org.tradepost.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.ElementNotInteractableException;
import org.openqa.selenium.Keys;
import org.openqa.selenium.NotFoundException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The console in Debian's Chromium, as a person uses it: by the words on the page. */
final class ConsoleBrowser implements AutoCloseable {

  private static final File CHROMIUM = new File("/usr/bin/chromium");
  private static final File DRIVER = new File("/usr/bin/chromedriver");
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Path PICTURES = Path.of("target", "console");

  private final ChromeDriver driver;
  private final WebDriverWait wait;
  private final String url;

  /**
   * @param gateway the address of the API
   */
  ConsoleBrowser(String gateway) {
    this.url = gateway + "/console/";
    var logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    var options =
        new ChromeOptions()
            .setBinary(CHROMIUM)
            // Tests may run as root, and in containers with little shared memory.
            .addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage")
            .addArguments("--lang=en", "--hide-scrollbars", "--no-first-run");
    options.setCapability("goog:loggingPrefs", logs);
    var service =
        new ChromeDriverService.Builder().usingDriverExecutable(DRIVER).usingAnyFreePort().build();
    driver = new ChromeDriver(service, options);
    wait = new WebDriverWait(driver, PATIENCE, Duration.ofMillis(50));
    wait.ignoreAll(Set.of(StaleElementReferenceException.class, NotFoundException.class));
    size(1280, 900);
  }

  static boolean isInstalled() {
    return CHROMIUM.canExecute() && DRIVER.canExecute();
  }

  /** Loads the console in this window. */
  ConsoleBrowser open() {
    driver.get(url);
    return this;
  }

  /** Runs a visit in a window of its own. */
  void inAnotherWindow(Runnable visit) {
    var first = driver.getWindowHandle();
    driver.switchTo().newWindow(WindowType.WINDOW);
    try {
      size(1280, 900);
      open();
      visit.run();
    } finally {
      driver.close();
      driver.switchTo().window(first);
    }
  }

  void logIn(String email, String password) {
    fill("Email", email);
    fill("Password", password);
    click("Log in");
  }

  /** Goes to a view by its address. */
  void go(String view) {
    driver.executeScript("location.hash = arguments[0]", "#/" + view);
  }

  void see(String text) {
    wait.withMessage(() -> "no \"" + text + "\" in: " + text())
        .until(found -> text().contains(text));
  }

  void seeNot(String text) {
    wait.until(found -> !text().contains(text));
  }

  /** Waits until a node is not up, in the picture or in the table. */
  void seeTrouble(String node) {
    var state = By.xpath("//tr[td[1][normalize-space()='" + node + "']]/td[2]");
    wait.until(found -> !driver.findElement(state).getText().equals("up"));
  }

  String text() {
    return driver.findElement(By.tagName("body")).getText();
  }

  /** Clicks the button or link whose text begins so, of which the last is in front. */
  void click(String name) {
    var path = "//*[self::button or self::a][starts-with(normalize-space(), \"%s\")]";
    until(
        () -> {
          var found = driver.findElements(By.xpath(path.formatted(name)));
          found.get(found.size() - 1).click();
          return true;
        });
  }

  void fill(String label, String value) {
    until(
        () -> {
          var field = field(label);
          if (field.getTagName().equals("select")) {
            field.sendKeys(value);
          } else {
            field.clear();
            field.sendKeys(value);
          }
          return true;
        });
  }

  String valueOf(String label) {
    return until(() -> field(label).getDomProperty("value"));
  }

  private WebElement field(String label) {
    var fields =
        driver.findElements(
            By.xpath(
                "//label[span[normalize-space()=\""
                    + label
                    + "\"]]/*[self::input or self::select or self::textarea]"));
    return fields.get(fields.size() - 1);
  }

  private <T> T until(Supplier<T> action) {
    Function<WebDriver, T> attempt =
        browser -> {
          try {
            return action.get();
          } catch (IndexOutOfBoundsException | ElementNotInteractableException notYet) {
            return null;
          }
        };
    return wait.until(attempt);
  }

  /** What has the focus, in words. */
  String focused() {
    return driver.switchTo().activeElement().getText();
  }

  /** Sends keys to whatever has the focus. */
  void press(CharSequence... keys) {
    driver.switchTo().activeElement().sendKeys(keys);
  }

  /** Presses Tab until something with this text has the focus. */
  void tabTo(String text) {
    for (var i = 0; i < 60; i++) {
      if (focused().equals(text)) {
        return;
      }
      press(Keys.TAB);
    }
    throw new AssertionError("Tab does not lead to " + text);
  }

  Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  void size(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  void prefer(String colorScheme) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colorScheme))));
  }

  /** What people with disabilities would stumble over. */
  void assertAccessible() {
    var serious =
        new AxeBuilder()
            .analyze(driver).getViolations().stream()
                .filter(rule -> Set.of("serious", "critical").contains(rule.getImpact()))
                .map(rule -> rule.getId() + " " + rule.getNodes())
                .toList();
    assertThat(serious).isEmpty();
  }

  /** Faults of scripts, and what the policy of the page forbids; refusals of the API are none. */
  List<String> faults() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(entry -> entry.getMessage())
        .filter(message -> !message.contains("the server responded with a status of"))
        .toList();
  }

  /** The whole page as a picture in {@code target/console}. */
  void picture(String name) {
    try {
      Files.createDirectories(PICTURES);
      var height = ((Number) run("return document.documentElement.scrollHeight")).intValue();
      var width = ((Number) run("return innerWidth")).intValue();
      size(width, height);
      Files.write(PICTURES.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
      size(width, 900);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    driver.quit();
  }
}
