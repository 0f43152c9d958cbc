package {{package}};

import io.vertx.core.Future;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.service.Service;
import org.tradepost.platform.service.ServiceMain;
import org.tradepost.platform.service.ServiceVerticle;
import org.tradepost.platform.sql.DatabaseConfig;

/** The service: its operations and what serves them. */
public final class {{Name}}Verticle extends ServiceVerticle {
  private final DatabaseConfig config;

  public {{Name}}Verticle(ClusterNode node, DatabaseConfig config) {
    super(node, "{{name}}");
    this.config = config;
  }

  public static void main(String[] arguments) {
    ServiceMain.run("{{name}}", DatabaseConfig::from, {{Name}}Verticle::new);
  }

  @Override
  protected Future<?> build(Service service) {
    return openDatabase(config).map(database -> service.events(database)
        .serve({{Name}}Contract.ADD, new {{Name}}Operations(database, this::notifyOfEvents)::add));
  }
}
