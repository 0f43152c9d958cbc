package org.tradepost.launcher.console;

import java.io.File;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.ElementNotInteractableException;
import org.openqa.selenium.NotFoundException;
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

/** The console in Debian's Chromium, used as a person uses it: by the text on the page. */
final class ConsoleBrowser implements AutoCloseable {
  private static final File CHROMIUM = new File("/usr/bin/chromium");
  private static final File DRIVER = new File("/usr/bin/chromedriver");
  private static final Duration TIMEOUT = Duration.ofMinutes(1);
  private static final Duration POLL = Duration.ofMillis(150);

  private final ChromeDriver driver;
  private final PageInspection inspection;
  private final String url;

  /**
   * @param gateway the address of the API
   */
  ConsoleBrowser(URI gateway) {
    this.url = gateway + "/console/";
    var logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    var options =
        new ChromeOptions()
            .setBinary(CHROMIUM)
            // Tests may run as root, and in containers with little shared memory.
            .addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage")
            .addArguments("--lang=en", "--hide-scrollbars", "--no-first-run")
            // Without tabs and toolbar, which take a sixth of its processor time.
            .addArguments("--app=data:,");
    options.setCapability("goog:loggingPrefs", logs);
    var service =
        new ChromeDriverService.Builder().usingDriverExecutable(DRIVER).usingAnyFreePort().build();
    driver = new ChromeDriver(service, options);
    inspection = new PageInspection(driver);
    inspection.start();
  }

  static boolean isInstalled() {
    return CHROMIUM.canExecute() && DRIVER.canExecute();
  }

  /**
   * Loads the console in this window. The browser aborts requests when an address of the machine
   * changes, as it does when other tests make networks.
   */
  void open() {
    until(
        () -> {
          driver.get(url);
          return run(
              "return performance.getEntriesByType('resource').every(file => file.responseStatus)");
        });
  }

  /** Runs a visit in a new window. */
  void inAnotherWindow(Runnable visit) {
    var first = driver.getWindowHandle();
    driver.switchTo().newWindow(WindowType.WINDOW);
    try {
      inspection.start();
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
    run("location.hash = arguments[0]", "#/" + view);
  }

  void seeAddress(String hash) {
    until(() -> run("return location.hash").equals(hash));
  }

  /** The address of the link whose text begins with {@code name}. */
  String addressOf(String name) {
    return until(() -> named(name).getDomProperty("href"));
  }

  void see(String text) {
    see(text, TIMEOUT);
  }

  void see(String text, Duration timeout) {
    waiting(timeout)
        .withMessage(() -> "no \"" + text + "\" in: " + text())
        .until(found -> text().contains(text));
  }

  /** Waits for a text in the view itself, not in a notice that disappears after some seconds. */
  void seeInView(String text) {
    until(() -> ((String) run("return document.querySelector('main').innerText")).contains(text));
  }

  void seeNot(String text) {
    until(() -> !text().contains(text));
  }

  /** Waits until the table of nodes shows that a node is not up. */
  void seeTrouble(String node) {
    var state = By.xpath("//table[@aria-label='Nodes']//tr[td[1]='" + node + "']/td[2]");
    until(() -> !driver.findElement(state).getText().equals("up"));
  }

  void seeMember(String name, String state) {
    seeMember(name, state, TIMEOUT);
  }

  /** Waits until the controls for breaking the local cluster show a member in a state. */
  void seeMember(String name, String state, Duration timeout) {
    var path = By.xpath("//li[b='" + name + "']/span[1]");
    waiting(timeout)
        .withMessage(() -> name + " is not \"" + state + "\" in: " + text())
        .until(found -> driver.findElement(path).getText().equals(state));
  }

  void seeNoMember(String name, Duration timeout) {
    var path = By.xpath("//li[b='" + name + "']");
    waiting(timeout).until(found -> driver.findElements(path).isEmpty());
  }

  /** The number in a tile. */
  int figure(String tile) {
    var path = By.xpath("//div[dt='" + tile + "']/dd");
    return Integer.parseInt(until(() -> driver.findElement(path).getText()).replace(",", ""));
  }

  String text() {
    return (String) run("return document.body.innerText");
  }

  /** Clicks the button or link whose text begins with {@code name}; the last one is in front. */
  void click(String name) {
    until(
        () -> {
          named(name).click();
          return true;
        });
  }

  private WebElement named(String name) {
    var path = "//*[self::button or self::a][starts-with(normalize-space(), \"%s\")]";
    var found = driver.findElements(By.xpath(path.formatted(name)));
    return found.get(found.size() - 1);
  }

  /** Clicks the button with a label, once it can be used. */
  void pressButton(String label) {
    var path = "//button[@aria-label='%s' and not(@aria-disabled='true')]".formatted(label);
    until(
        () -> {
          driver.findElement(By.xpath(path)).click();
          return true;
        });
  }

  void fill(String label, String value) {
    until(
        () -> {
          var field = field(label);
          if (!field.getTagName().equals("select")) {
            field.clear();
          }
          field.sendKeys(value);
          return true;
        });
  }

  private WebElement field(String label) {
    var path = "//label[span[normalize-space()=\"%s\"]]/*[not(self::span)]".formatted(label);
    var fields = driver.findElements(By.xpath(path));
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
    return waiting(TIMEOUT).until(attempt);
  }

  private WebDriverWait waiting(Duration timeout) {
    var wait = new WebDriverWait(driver, timeout, POLL);
    wait.ignoreAll(Set.of(StaleElementReferenceException.class, NotFoundException.class));
    return wait;
  }

  /** The text of the focused element. */
  String focused() {
    return (String) run("return document.activeElement.innerText");
  }

  /** The label of the focused element. */
  String focusedLabel() {
    return (String) run("return document.activeElement.ariaLabel");
  }

  /** Sends keys to whatever has the focus. */
  void press(CharSequence... keys) {
    driver.switchTo().activeElement().sendKeys(keys);
  }

  /** Presses a key that moves the focus, until an element with this text has the focus. */
  void focus(String text, CharSequence key) {
    for (var i = 0; i < 20; i++) {
      if (focused().equals(text)) {
        return;
      }
      press(key);
    }
    throw new AssertionError("no key leads to " + text);
  }

  Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** Makes every request fail whose path contains {@code part}, until {@link #reconnect}. */
  void cutOff(String part) {
    run(
        """
        const [part] = arguments;
        const real = window.connected = fetch;
        window.fetch = (path, init) =>
          path.includes(part) ? Promise.reject(new Error('No network.')) : real(path, init);
        """,
        part);
  }

  void reconnect() {
    run("window.fetch = connected");
  }

  /** Checks that the page is accessible as it is now, on any screen, and saves pictures of it. */
  void inspect(String name) {
    inspection.of(name);
  }

  /**
   * Script errors and violations of the page's security policy, but not rejections by the API, nor
   * requests that the browser aborted, see {@link #open}.
   */
  List<String> faults() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(entry -> entry.getMessage())
        .filter(message -> !message.contains("the server responded with a status of"))
        .filter(message -> !message.contains("net::ERR_NETWORK_CHANGED"))
        .toList();
  }

  @Override
  public void close() {
    driver.quit();
  }
}
