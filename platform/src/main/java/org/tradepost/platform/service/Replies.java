package org.tradepost.platform.service;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradepost.common.bus.BusHeaders;
import org.tradepost.common.bus.Response;
import org.tradepost.common.bus.TraceHeaders;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.json.WireJson;

/** Writes the replies to requests. */
final class Replies {

  private static final Logger log = LoggerFactory.getLogger(Replies.class);

  private Replies() {}

  static void send(Message<?> request, Response<?> response) {
    var options = new DeliveryOptions();
    response.headers().forEach(options::addHeader);
    var body = response.body();
    request.reply(body == null ? Buffer.buffer() : WireJson.write(body), options);
  }

  /** Refuses a request; a failure that is no refusal is logged, and the caller learns no cause. */
  static void fail(Message<?> request, RequestReader<?> reader, Throwable failure) {
    ServiceException refusal;
    if (failure instanceof ServiceException known) {
      refusal = reader.located(known);
    } else {
      log.error(
          "{} failed for request {}",
          request.address(),
          TraceHeaders.requestId(request.headers(), BusHeaders.REQUEST_ID),
          failure);
      refusal = new ServiceException(CommonError.INTERNAL);
    }
    request.fail(refusal.failure().status(), WireJson.writeText(refusal.failure()));
  }
}
