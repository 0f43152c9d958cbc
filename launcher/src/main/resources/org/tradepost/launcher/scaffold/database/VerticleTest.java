package {{package}};

import static org.assertj.core.api.Assertions.assertThat;

import {{package}}.{{Name}}Contract.Add;
import {{package}}.{{Name}}Contract.Added;
import org.junit.jupiter.api.Test;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.platform.testing.TestDatabase;
import org.tradepost.platform.testing.TestNode;

class {{Name}}VerticleTest {
  @Test
  void a_text_gets_a_number() {
    var node = TestNode.start();
    try {
      TestNode.await(node.deploy(new {{Name}}Verticle(node, TestDatabase.create())));
      var reply = TestNode.await(node.bus().call({{Name}}Contract.ADD, new Add("Hello"), RequestContext.background(5_000)));
      assertThat(reply).isEqualTo(new Added(1, "Hello"));
    } finally {
      TestNode.await(node.stop());
    }
  }
}
