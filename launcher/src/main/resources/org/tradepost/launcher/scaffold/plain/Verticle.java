package {{package}};

import io.vertx.core.Future;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.service.Service;
import org.tradepost.platform.service.ServiceMain;
import org.tradepost.platform.service.ServiceVerticle;

/** The service: its operations and what serves them. */
public final class {{Name}}Verticle extends ServiceVerticle {
  public {{Name}}Verticle(ClusterNode node) {
    super(node, "{{name}}");
  }

  public static void main(String[] arguments) {
    ServiceMain.run("{{name}}", settings -> settings, (node, settings) -> new {{Name}}Verticle(node));
  }

  @Override
  protected Future<?> build(Service service) {
    service.serve({{Name}}Contract.GREET, new {{Name}}Operations()::greet);
    return Future.succeededFuture();
  }
}
