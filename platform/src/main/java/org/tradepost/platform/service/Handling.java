package org.tradepost.platform.service;

import io.vertx.core.Future;
import org.tradepost.common.bus.Answer;
import org.tradepost.common.bus.Call;

/** What a service does for an operation. */
@FunctionalInterface
public interface Handling<Q, R> {
  Future<Answer<R>> handle(Q request, Call call);
}
