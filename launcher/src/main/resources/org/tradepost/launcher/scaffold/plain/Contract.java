package {{package}};

import org.tradepost.common.bus.Operation;

/** What the service offers. */
public interface {{Name}}Contract {
  Operation<Greet, Greeting> GREET =
      Operation.open("{{name}}.v1.greet", Greet.class, Greeting.class);

  record Greet(String who) {}
  record Greeting(String text) {}
}
