package org.tradepost.common.error;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The exception with which a service rejects a request. It has no stack trace, since a rejection is
 * a reply and not a fault.
 */
public final class ServiceException extends RuntimeException {

  private final transient Failure failure;
  private final boolean noReply;

  public ServiceException(ErrorCode code) {
    this(code, code.title());
  }

  public ServiceException(ErrorCode code, String detail) {
    this(code, detail, Map.of());
  }

  public ServiceException(ErrorCode code, String detail, Map<String, Object> details) {
    this(failure(code, detail, List.of(), details, null));
  }

  /** A rejection because of one fault of the request. */
  public ServiceException(ErrorCode code, String detail, FieldError fault) {
    this(code, detail, List.of(fault));
  }

  ServiceException(ErrorCode code, String detail, List<FieldError> faults) {
    this(failure(code, detail, faults, Map.of(), null));
  }

  public ServiceException(Failure failure) {
    this(failure, false);
  }

  private ServiceException(Failure failure, boolean noReply) {
    super(failure.detail(), null, false, false);
    this.failure = failure;
    this.noReply = noReply;
  }

  /** A rejection because of one field. */
  public static ServiceException invalid(String pointer, String detail) {
    return invalid(new FieldError(pointer, detail));
  }

  /** A rejection because of one fault. */
  public static ServiceException invalid(FieldError fault) {
    return new ServiceException(
        CommonError.INVALID_REQUEST, CommonError.INVALID_REQUEST.title(), fault);
  }

  /** A temporary rejection: another attempt makes sense after some seconds. */
  public static ServiceException retryAfter(ErrorCode code, String detail, int seconds) {
    return new ServiceException(failure(code, detail, List.of(), Map.of(), seconds));
  }

  /** The system is overloaded; nothing was changed. */
  public static ServiceException overloaded() {
    return retryAfter(CommonError.OVERLOADED, CommonError.OVERLOADED.title(), 1);
  }

  /** The caller no longer waits for the reply. */
  public static ServiceException timedOut() {
    return unavailable("The request timed out");
  }

  /** Returns the failure itself if it is a rejection; anything else becomes {@code INTERNAL}. */
  public static ServiceException of(Throwable failure) {
    return failure instanceof ServiceException rejection
        ? rejection
        : new ServiceException(CommonError.INTERNAL);
  }

  /** A part of the system is unavailable; the request may or may not have taken effect. */
  public static ServiceException unavailable(String detail) {
    return retryAfter(CommonError.UNAVAILABLE, detail, 1);
  }

  /** {@code UNAVAILABLE} because the service sent no reply. */
  public static ServiceException noReply(String service) {
    return new ServiceException(
        unavailable("The service " + service + " did not reply").failure, true);
  }

  private static Failure failure(
      ErrorCode code,
      String detail,
      List<FieldError> errors,
      Map<String, Object> details,
      Integer retryAfter) {
    return new Failure(
        code.name(), code.status(), code.title(), detail, errors, details, retryAfter);
  }

  /** Returns the same rejection with its faults changed. */
  public ServiceException withFaults(UnaryOperator<FieldError> change) {
    if (failure.errors() == null || failure.errors().isEmpty()) {
      return this;
    }
    var faults = failure.errors().stream().map(change).toList();
    return new ServiceException(failure.withErrors(faults), noReply);
  }

  public Failure failure() {
    return failure;
  }

  /** Whether this is a rejection with the given code. */
  public boolean is(ErrorCode code) {
    return code.name().equals(failure.code());
  }

  /** Whether a failure is a rejection that the client caused and would get again. */
  public static boolean isRejection(Throwable failure) {
    return failure instanceof ServiceException rejection && rejection.failure.status() < 500;
  }

  /** Whether a failure is {@code UNAVAILABLE} or {@code OVERLOADED}. */
  public static boolean isTemporary(Throwable failure) {
    return failure instanceof ServiceException rejection && rejection.failure.status() == 503;
  }

  /** Whether the service sent no reply, as opposed to replying that something is unavailable. */
  public static boolean isNoReply(Throwable failure) {
    return failure instanceof ServiceException rejection && rejection.noReply;
  }
}
