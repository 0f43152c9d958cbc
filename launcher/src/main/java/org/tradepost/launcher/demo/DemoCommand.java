package org.tradepost.launcher.demo;

import java.net.URI;
import java.util.concurrent.Callable;
import org.tradepost.launcher.cli.Console;
import org.tradepost.launcher.cli.StartFailure;
import org.tradepost.launcher.rest.RestClient;
import org.tradepost.platform.config.Loopback;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Takes the demo's steps against a running system. */
@Command(
    name = "demo",
    description = "Acts as a new customer of a running Tradepost and shows each step.",
    footer = {"", "The exit status is 0 if everything went as expected, else 1."})
public final class DemoCommand implements Callable<Integer> {
  private final Console console;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "The address of Tradepost (default: http://127.0.0.1:8080).")
  private URI url = Loopback.url(8080);

  public DemoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    RestClient client = new RestClient(base());
    DemoSteps steps = new DemoSteps(client, new Transcript(console));
    console.say("A new customer visits " + client.base() + ".");
    boolean finished = finish(new Demo(steps));
    console.say("");
    if (finished && steps.failed() == 0) {
      console.say("Everything went as expected.");
      return 0;
    }
    console.say(
        finished
            ? steps.failed() + " steps did not go as expected."
            : "The demo could not be finished.");
    return 1;
  }

  private boolean finish(Demo demo) {
    try {
      demo.run();
      return true;
    } catch (DemoSteps.Ended e) {
      return false;
    } catch (RestClient.NoAnswer e) {
      console.say("");
      console.say(e.getMessage());
      return false;
    }
  }

  private URI base() {
    if (url.getHost() == null
        || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
      throw new StartFailure("--url must be like http://127.0.0.1:8080, not " + url);
    }
    return URI.create(url.toString().replaceAll("/+$", ""));
  }
}
