package {{package}};

import static org.assertj.core.api.Assertions.assertThat;

import {{package}}.{{Name}}Contract.Greet;
import {{package}}.{{Name}}Contract.Greeting;
import org.junit.jupiter.api.Test;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.platform.testing.TestNode;

class {{Name}}VerticleTest {
  @Test
  void whoever_asks_is_greeted() {
    var node = TestNode.start();
    try {
      TestNode.await(node.deploy(new {{Name}}Verticle(node)));
      var reply = TestNode.await(node.bus().call({{Name}}Contract.GREET, new Greet("Ada"), RequestContext.background(5_000)));
      assertThat(reply).isEqualTo(new Greeting("Hello, Ada"));
    } finally {
      TestNode.await(node.stop());
    }
  }
}
