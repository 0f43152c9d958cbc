package {{package}};

import {{package}}.{{Name}}Contract.Greet;
import {{package}}.{{Name}}Contract.Greeting;
import io.vertx.core.Future;
import org.tradepost.common.bus.RequestContext;

/** The rules of the service. */
final class {{Name}}Operations {
  Future<Greeting> greet(Greet request, RequestContext call) {
    return Future.succeededFuture(new Greeting("Hello, " + request.who()));
  }
}
