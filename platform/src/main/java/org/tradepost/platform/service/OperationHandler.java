package org.tradepost.platform.service;

import io.vertx.core.Future;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.bus.Response;

/** Handles the requests for an operation. */
@FunctionalInterface
public interface OperationHandler<Q, R> {
  Future<Response<R>> handle(Q request, RequestContext call);
}
