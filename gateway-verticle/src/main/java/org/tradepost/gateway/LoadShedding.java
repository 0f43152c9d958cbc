package org.tradepost.gateway;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Turns requests away for which their service has no room, in front of the router: all that is
 * looked at is the head, and all that is made is the answer. While there is far more to do than can
 * be done, nearly all of the gateway's time goes here.
 *
 * <p>What is not as simple as that takes the usual way, on which it is refused as well, at a higher
 * price. One for a gateway, shared by its event loops.
 */
final class LoadShedding {

  private final Faces faces;
  private final Calls calls;
  private final Map<String, PreparedProblem> answers = new ConcurrentHashMap<>();

  LoadShedding(Faces faces, Calls calls) {
    this.faces = faces;
    this.calls = calls;
  }

  /** Whether a request is turned away; it has been answered then. */
  boolean turnsAway(HttpServerRequest request) {
    var mount = faces.mounted().routes().mount(request);
    if (mount == null || mount.mayBeRemembered(request.headers())) {
      return false;
    }
    var limit = calls.limit(mount.service());
    var priority = mount.operation().priority();
    if (limit.hasRoom(priority) || !isSimple(request)) {
      return false;
    }
    limit.refused();
    answers
        .computeIfAbsent(mount.service(), first -> PreparedProblem.of(limit.overloaded().failure()))
        .answer(request);
    return true;
  }

  /**
   * Not so when care must be taken of the rest of its body, or when a page of another origin must
   * be told that it may read the answer.
   */
  private static boolean isSimple(HttpServerRequest request) {
    return Leftovers.passByThemselves(request) && !request.headers().contains(HttpHeaders.ORIGIN);
  }
}
