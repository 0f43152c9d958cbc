package {{package}};

import org.tradepost.common.bus.Operation;

/** What the service offers. */
public interface {{Name}}Contract {
  Operation<Add, Added> ADD = Operation.open("{{name}}.v1.add", Add.class, Added.class);

  record Add(String text) {}
  record Added(long number, String text) {}
}
