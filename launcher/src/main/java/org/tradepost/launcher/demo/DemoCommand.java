package org.tradepost.launcher.demo;

import java.util.concurrent.Callable;
import org.tradepost.launcher.cli.ApiOption;
import org.tradepost.launcher.cli.Terminal;
import org.tradepost.proof.rest.RestClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs the demo's steps on a running Tradepost. */
@Command(
    name = "demo",
    description = "Acts as a new customer of a running Tradepost and shows each step.",
    footer = {"", "The exit status is 0 if everything went as expected, else 1."})
public final class DemoCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private ApiOption api;

  public DemoCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var client = api.client();
    var steps = new DemoSteps(client, new Transcript(terminal));
    terminal.print("A new customer visits " + client.base() + ".");
    var finished = finish(new Demo(steps));
    terminal.print("");
    if (finished && steps.failed() == 0) {
      terminal.print("Everything went as expected.");
      return 0;
    }
    terminal.print(finished ? unmet(steps.failed()) : "The demo could not be finished.");
    return 1;
  }

  static String unmet(int expectations) {
    return expectations == 1
        ? "1 expectation was not met."
        : expectations + " expectations were not met.";
  }

  private boolean finish(Demo demo) {
    try {
      demo.run();
      return true;
    } catch (DemoSteps.Aborted e) {
      return false;
    } catch (RestClient.NoResponse e) {
      terminal.print("");
      terminal.print(e.getMessage());
      return false;
    }
  }
}
