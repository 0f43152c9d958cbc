package org.tradepost.gateway;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.tradepost.common.bus.Empty;
import org.tradepost.common.bus.Operation;
import org.tradepost.common.bus.RequestContext;
import org.tradepost.common.bus.Response;
import org.tradepost.common.contract.auth.AuthError;
import org.tradepost.common.contract.order.OrderError;
import org.tradepost.common.contract.product.ProductError;
import org.tradepost.common.error.CommonError;
import org.tradepost.common.error.ErrorCode;
import org.tradepost.common.error.ServiceException;
import org.tradepost.platform.node.ClusterNode;
import org.tradepost.platform.service.Service;

/** A service whose calls a test can inspect and hold up. */
public final class NoteService extends VerticleBase {

  public record ListNotes(Integer limit, String q) {}

  record AddNote(String idempotencyKey, String text) {}

  record OneNote(String noteId) {}

  record ChangeNote(String noteId, String ifMatch, String text) {}

  record Reject(String rejection) {}

  record Notes(int count) {}

  record Note(String id, String text) {}

  static final Operation<ListNotes, Notes> LIST =
      Operation.open("notes.v1.list", ListNotes.class, Notes.class);
  static final Operation<AddNote, Note> ADD =
      Operation.open("notes.v1.add", AddNote.class, Note.class);
  static final Operation<Empty, Note> MINE =
      Operation.open("notes.v1.mine", Empty.class, Note.class);
  static final Operation<OneNote, Note> GET =
      Operation.open("notes.v1.get", OneNote.class, Note.class);
  static final Operation<ChangeNote, Note> CHANGE =
      Operation.open("notes.v1.change", ChangeNote.class, Note.class);
  static final Operation<OneNote, Empty> REMOVE =
      Operation.open("notes.v1.remove", OneNote.class, Empty.class);
  static final Operation<Reject, Empty> REJECT =
      Operation.open("notes.v1.reject", Reject.class, Empty.class);
  static final Operation<Empty, Notes> COUNT =
      Operation.open("notes.v1.count", Empty.class, Notes.class);
  static final Operation<Empty, Notes> INVENTORY =
      Operation.open("notes.v1.inventory", Empty.class, Notes.class);

  static final String LONG_TEXT = "x".repeat(256 * 1024);

  /** Every call that reached the service, in order. */
  public final List<RequestContext> calls = new CopyOnWriteArrayList<>();

  public final List<AddNote> added = new CopyOnWriteArrayList<>();
  public final List<ListNotes> listed = new CopyOnWriteArrayList<>();

  /** How many of the next calls are never answered. */
  public final AtomicInteger unresponsiveCalls = new AtomicInteger();

  /** While this is set, the service blocks until it is counted down. */
  public volatile CountDownLatch frozen;

  /** While this is set, listing waits for it. */
  public volatile Promise<Void> gate;

  /** While this is set, requests for own notes wait for it, up to the request timeout. */
  public volatile Promise<Void> ownGate;

  /** Counts across instances, so that no instance repeats a reply that may be cached. */
  private static final AtomicInteger INVENTORIES = new AtomicInteger();

  private final Promise<Void> over = Promise.promise();
  private final Service service;

  public NoteService(ClusterNode node) {
    service = new Service(node, "notes");
  }

  @Override
  public Future<?> start() {
    return service
        .answer(LIST, this::list)
        .answer(ADD, this::add)
        .serve(MINE, this::mine)
        .answer(GET, this::get)
        .serve(CHANGE, (request, call) -> reply(call, new Note(request.noteId(), request.text())))
        .serve(REMOVE, (request, call) -> reply(call, null))
        .serve(REJECT, this::reject)
        .serve(COUNT, (request, call) -> reply(call, new Notes(calls.size() + 1)))
        .serve(INVENTORY, (request, call) -> reply(call, new Notes(INVENTORIES.incrementAndGet())))
        .start();
  }

  @Override
  public Future<?> stop() {
    over.complete();
    return service.stop();
  }

  private Future<Response<Notes>> list(ListNotes request, RequestContext call) {
    listed.add(request);
    var waited = gate == null ? Future.<Void>succeededFuture() : gate.future();
    return waited
        .compose(open -> reply(call, new Notes(listed.size())))
        .map(notes -> new Response<>(notes, Map.of("etag", "\"" + notes.count() + "\"")));
  }

  private Future<Note> mine(Empty request, RequestContext call) {
    var reply = reply(call, new Note(call.caller().subject(), "mine"));
    return ownGate == null ? reply : ownGate.future().compose(open -> reply);
  }

  private Future<Response<Note>> add(AddNote request, RequestContext call) {
    added.add(request);
    return reply(call, new Note(request.idempotencyKey(), request.text()))
        .map(note -> new Response<>(note, Map.of("location", "/v1/notes/a", "secret", "no")));
  }

  private Future<Response<Note>> get(OneNote request, RequestContext call) {
    var text = request.noteId().equals("long") ? LONG_TEXT : "text";
    return reply(call, new Note(request.noteId(), text))
        .map(note -> new Response<>(note, Map.of("etag", "\"v1\"")));
  }

  private Future<Empty> reject(Reject request, RequestContext call) {
    calls.add(call);
    if (request.rejection().equals("fault")) {
      throw new IllegalStateException("select secret from table");
    }
    var code = code(request.rejection());
    return Future.failedFuture(
        code == AuthError.TOO_MANY_ATTEMPTS
            ? ServiceException.retryAfter(code, code.title(), 7)
            : new ServiceException(code, code.title(), Map.of("left", 3)));
  }

  private static ErrorCode code(String name) {
    return Stream.<ErrorCode[]>of(
            CommonError.values(), AuthError.values(), OrderError.values(), ProductError.values())
        .flatMap(Stream::of)
        .filter(code -> code.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private void stand() {
    var until = frozen;
    if (until != null) {
      try {
        until.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private <T> Future<T> reply(RequestContext call, T value) {
    calls.add(call);
    stand();
    return unresponsiveCalls.getAndUpdate(n -> Math.max(0, n - 1)) > 0
        ? over.future().map(value)
        : Future.succeededFuture(value);
  }
}
