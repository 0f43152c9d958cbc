package org.tradepost.gateway;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradepost.common.bus.Call;
import org.tradepost.common.bus.Nothing;
import org.tradepost.common.face.Face;
import org.tradepost.common.json.WireJson;
import org.tradepost.common.runtime.ClusterNode;
import org.tradepost.common.runtime.Directory;
import org.tradepost.common.runtime.Directory.Instance;
import org.tradepost.common.runtime.FaceQuery;

/**
 * Follows which services there are and what faces they have. A service that leaves keeps its face;
 * it is only away.
 *
 * <p>Belongs to one event loop; what it finds may be read from any.
 */
final class Faces {

  private static final long POLL_MILLIS = 1_000;

  private static final long FETCH_MILLIS = 2_500;
  private static final Logger log = LoggerFactory.getLogger(Faces.class);

  private final ClusterNode node;
  private final Claims claims;
  private final FaceStore store;
  private final Presence presence = new Presence();

  /** Services and the hashes of their faces that were refused as things are. */
  private final Map<String, String> refused = new HashMap<>();

  private final List<Consumer<Face>> listeners = new ArrayList<>();
  private final Set<String> warned = new HashSet<>();
  private final Set<String> reported = new HashSet<>();
  private Future<Void> looking = Future.succeededFuture();
  private boolean lookAgain;
  private long timer;
  private MessageConsumer<?> knocks;
  private volatile Mounted mounted = new Mounted(List.of());

  Faces(ClusterNode node, PinnedPrefixes prefixes) {
    this.node = node;
    this.claims = new Claims(prefixes);
    this.store = new FaceStore(node.vertx());
  }

  /** Tells of every face before it is mounted; to be called before the first is. */
  Faces tell(Consumer<Face> listener) {
    listeners.add(listener);
    return this;
  }

  /** Begins to follow; completes when everything that is there now is mounted. Never fails. */
  Future<Void> follow() {
    Vertx vertx = node.vertx();
    knocks = node.bus().onKnock(Directory.ANNOUNCEMENTS, this::look);
    timer = vertx.setPeriodic(POLL_MILLIS, fired -> look());
    return look();
  }

  void close() {
    node.vertx().cancelTimer(timer);
    knocks.unregister();
  }

  /** What is mounted now. */
  Mounted mounted() {
    return mounted;
  }

  /** Whether it is known that no instance of a service lives. */
  boolean isAway(String service) {
    return presence.isAway(service);
  }

  /** Looks around; once more when something changed meanwhile. */
  private Future<Void> look() {
    if (!looking.isComplete()) {
      lookAgain = true;
      return looking;
    }
    looking =
        lookOnce()
            .onFailure(failure -> log.debug("the faces cannot be looked up", failure))
            .otherwiseEmpty()
            .onComplete(
                done -> {
                  if (lookAgain) {
                    lookAgain = false;
                    node.vertx().runOnContext(next -> look());
                  }
                });
    return looking;
  }

  private Future<Void> lookOnce() {
    return node.directory()
        .instances()
        .compose(
            instances -> {
              notice(instances);
              return store.others(judged()).onSuccess(this::adopt).map(instances);
            })
        .compose(instances -> Future.join(news(instances).map(this::fetch).toList()))
        .transform(done -> store.keep(claims.all()));
  }

  private Set<String> judged() {
    var judged = new HashSet<>(claims.services());
    judged.addAll(refused.keySet());
    return judged;
  }

  private void notice(List<Instance> instances) {
    var services = instances.stream().map(Instance::service).collect(Collectors.toSet());
    presence.saw(services);
    for (var service : services) {
      if (reported.add(service)) {
        node.health().report(service, () -> node.directory().count(service));
      }
    }
  }

  /** The instances whose face is to take a present one's place, one for each service. */
  private Stream<Instance> news(List<Instance> instances) {
    Collection<Instance> newest =
        instances.stream()
            .collect(Collectors.toMap(Instance::service, Function.identity(), Faces::newer))
            .values();
    return newest.stream().filter(this::isNews);
  }

  private static Instance newer(Instance one, Instance other) {
    var order = PublishedFace.compareVersions(one.version(), other.version());
    return order > 0 || (order == 0 && one.publishedAt() > other.publishedAt()) ? one : other;
  }

  private boolean isNews(Instance instance) {
    var present = claims.of(instance.service());
    return !instance.faceHash().equals(refused.get(instance.service()))
        && (present == null
            || (!present.face().hash().equals(instance.faceHash())
                && present.givesWayTo(instance.version(), instance.publishedAt())));
  }

  private Future<Void> fetch(Instance instance) {
    var query = FaceQuery.of(instance.service());
    return node.bus()
        .call(query, Nothing.NOTHING, Call.own(FETCH_MILLIS))
        .onSuccess(
            document -> {
              try {
                var face = Face.read(WireJson.write(document));
                // While versions are mixed, another instance may have answered: ask again later.
                if (face.hash().equals(instance.faceHash())) {
                  accept(face, instance.publishedAt());
                }
              } catch (IllegalArgumentException malformed) {
                refuse(instance.service(), instance.faceHash(), malformed);
              }
            })
        .mapEmpty();
  }

  private void accept(Face face, long publishedAt) {
    var present = claims.of(face.service());
    var since = present == null ? System.currentTimeMillis() : present.since();
    grant(new PublishedFace(face, publishedAt, since));
  }

  /** Takes over what other gateways have seen, who came first first. */
  private void adopt(List<PublishedFace> stored) {
    stored.stream().sorted(Comparator.comparingLong(PublishedFace::since)).forEach(this::grant);
  }

  private void grant(PublishedFace published) {
    var face = published.face();
    try {
      claims.grant(published);
    } catch (IllegalArgumentException claimed) {
      refuse(face.service(), face.hash(), claimed);
      return;
    }
    listeners.forEach(listener -> listener.accept(face));
    mounted = new Mounted(claims.all().stream().map(PublishedFace::face).toList());
    // What it had before may be free for others now.
    refused.clear();
    log.info("mounted the face of {}, version {}", face.service(), face.version());
  }

  private void refuse(String service, String hash, IllegalArgumentException why) {
    refused.put(service, hash);
    if (warned.add(service + " " + hash)) {
      log.warn("the face of {} is refused: {}", service, why.getMessage());
    }
  }
}
