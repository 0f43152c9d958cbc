package org.tradepost.platform.testing;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.tradepost.platform.service.Service;

/** A verticle that is only a service. */
public class TestService extends VerticleBase {

  protected final Service service;

  public TestService(Service service) {
    this.service = service;
  }

  @Override
  public final Future<?> start() {
    return service.start();
  }

  @Override
  public final Future<?> stop() {
    return service.stop();
  }
}
