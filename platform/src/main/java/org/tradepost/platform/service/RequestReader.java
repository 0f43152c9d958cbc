package org.tradepost.platform.service;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectReader;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Collectors;
import org.tradepost.common.bus.Empty;
import org.tradepost.common.bus.Operation;
import org.tradepost.common.error.ServiceException;
import org.tradepost.common.json.WireJson;
import org.tradepost.platform.description.RequestSchema;

/** Reads the requests for one operation, and checks them against its schema if it has one. */
final class RequestReader<Q> {

  private final Operation<Q, ?> operation;
  private final RequestSchema schema;
  private final ObjectReader treeReader;

  /**
   * @param schema null for an operation that only other services may use
   */
  RequestReader(Operation<Q, ?> operation, RequestSchema schema) {
    this.operation = operation;
    this.schema = schema;
    this.treeReader = WireJson.mapper().readerFor(operation.request());
  }

  /**
   * Reads a request from a message.
   *
   * @throws ServiceException {@code INVALID_REQUEST} or {@code MALFORMED_JSON}
   */
  Q read(Message<?> message) {
    return read(message.headers(), body(message));
  }

  /** See {@link #read(Message)}. */
  Q read(MultiMap headers, Buffer body) {
    try {
      return schema == null
          ? notNull(WireJson.read(body, operation.request()))
          : treeReader.readValue(schema.read(headers, body));
    } catch (UncheckedIOException e) {
      throw ServiceException.invalid(pointer(e.getCause()), "cannot be understood");
    } catch (IOException | IllegalArgumentException e) {
      throw ServiceException.invalid(pointer(e), "cannot be understood");
    }
  }

  Operation<Q, ?> operation() {
    return operation;
  }

  /** Adds to a rejection the place of each fault: path, query, header or body. */
  ServiceException located(ServiceException rejection) {
    return schema == null ? rejection : schema.located(rejection);
  }

  private Q notNull(Q request) {
    if (request == null && operation.request() != Empty.class) {
      throw ServiceException.invalid("", "must be an object");
    }
    return request;
  }

  /** A bus client may send anything that Vert.x has a codec for. */
  private static Buffer body(Message<?> message) {
    Object body = message.body();
    if (body == null) {
      return Buffer.buffer();
    }
    if (body instanceof Buffer bytes) {
      return bytes;
    }
    throw ServiceException.invalid("", "must be bytes");
  }

  private static String pointer(Throwable failure) {
    return failure instanceof JsonMappingException mapping
        ? mapping.getPath().stream().map(RequestReader::pointer).collect(Collectors.joining())
        : "";
  }

  private static String pointer(JsonMappingException.Reference step) {
    return step.getFieldName() == null
        ? "/" + step.getIndex()
        : JsonPointer.empty().appendProperty(step.getFieldName()).toString();
  }
}
