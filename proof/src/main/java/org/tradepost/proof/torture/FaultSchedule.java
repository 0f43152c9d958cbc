package org.tradepost.proof.torture;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Which faults happen when: determined by the seed, the length and the members alone.
 *
 * <p>The time is cut into equal slots. Each slot has a fault in its first half, and every fourth
 * has two. The faults are dealt from a shuffled deck, so that every kind has its turn.
 */
final class FaultSchedule {
  private static final double SLOTS_PER_MINUTE = 3.2;
  private static final int MIN_SLOTS = 4;
  private static final int SLOTS_PER_DOUBLE = 4;

  /** A member takes a while to start; an earlier fault would hit one that does not serve yet. */
  private static final Duration RECOVERY = Duration.ofSeconds(5);

  private static final List<Card> DECK =
      List.of(
          new Card(FaultKind.KILL, "order"),
          new Card(FaultKind.KILL, "order"),
          new Card(FaultKind.KILL, "product"),
          new Card(FaultKind.KILL, "product"),
          new Card(FaultKind.KILL, "gateway"),
          new Card(FaultKind.KILL, "auth"),
          new Card(FaultKind.FREEZE, "order"),
          new Card(FaultKind.FREEZE, "order"),
          new Card(FaultKind.FREEZE, "product"),
          new Card(FaultKind.FREEZE, "product"),
          new Card(FaultKind.FREEZE, "gateway"),
          new Card(FaultKind.STOP, "order"),
          new Card(FaultKind.STOP, "product"),
          new Card(FaultKind.STOP, "gateway"),
          new Card(FaultKind.CRASH, PlannedFault.POSTGRES),
          new Card(FaultKind.CRASH, PlannedFault.POSTGRES));

  /** A fault without its time; its victim is one of the members of the service. */
  private record Card(FaultKind kind, String service) {}

  private final Random random;
  private final Duration length;
  private final List<String> members;
  private final Deque<Card> deck = new ArrayDeque<>();
  private final Map<String, Duration> busyUntil = new HashMap<>();
  private final List<PlannedFault> faults = new ArrayList<>();

  private FaultSchedule(long seed, Duration length, List<String> members) {
    this.random = new Random(seed);
    this.length = length;
    this.members = members;
  }

  /**
   * The faults of a run, in the order of their times.
   *
   * @param members named after their services, as {@code order-1}
   */
  static List<PlannedFault> of(long seed, Duration length, List<String> members) {
    var schedule = new FaultSchedule(seed, length, members);
    var slots = Math.max(MIN_SLOTS, (int) (length.toSeconds() * SLOTS_PER_MINUTE / 60));
    for (var slot = 0; slot < slots; slot++) {
      var start = length.multipliedBy(slot).dividedBy(slots);
      var at = start.plus(schedule.randomUpTo(length.dividedBy(2L * slots)));
      schedule.add(at);
      if (slot % SLOTS_PER_DOUBLE == SLOTS_PER_DOUBLE - 1) {
        schedule.add(at);
      }
    }
    return List.copyOf(schedule.faults);
  }

  /** Plans the next card whose victim has no active fault; skipped cards keep their turn. */
  private void add(Duration at) {
    var passedOver = new ArrayList<Card>();
    List<String> victims = List.of();
    Card card = null;
    while (victims.isEmpty()) {
      card = draw();
      victims = free(card.service(), at);
      if (victims.isEmpty()) {
        passedOver.add(card);
      }
    }
    Collections.reverse(passedOver);
    passedOver.forEach(deck::push);
    add(at, card.kind(), victims.get(random.nextInt(victims.size())));
  }

  private void add(Duration at, FaultKind kind, String victim) {
    var duration = duration(kind, victim);
    var left = length.minus(at);
    var fault = new PlannedFault(at, kind, victim, duration.compareTo(left) < 0 ? duration : left);
    busyUntil.put(victim, at.plus(fault.duration()).plus(RECOVERY));
    faults.add(fault);
  }

  private Card draw() {
    if (deck.isEmpty()) {
      var cards = new ArrayList<>(DECK);
      Collections.shuffle(cards, random);
      deck.addAll(cards);
    }
    return deck.pop();
  }

  private List<String> free(String service, Duration at) {
    var all =
        service.equals(PlannedFault.POSTGRES)
            ? List.of(service)
            : members.stream().filter(member -> member.startsWith(service + "-")).toList();
    return all.stream()
        .filter(victim -> busyUntil.getOrDefault(victim, Duration.ZERO).compareTo(at) <= 0)
        .toList();
  }

  /**
   * Members that work with holds are frozen for longer than a hold lives, every fourth time for
   * longer than the cluster waits for an unresponsive member, so that they resume after the cluster
   * has removed them.
   */
  private Duration duration(FaultKind kind, String victim) {
    if (kind == FaultKind.CRASH) {
      return between(500, 4_000);
    }
    if (kind != FaultKind.FREEZE) {
      return between(1_000, 6_000);
    }
    if (victim.startsWith("gateway")) {
      return between(2_000, 8_000);
    }
    return random.nextInt(4) == 0 ? between(17_000, 24_000) : between(6_000, 12_000);
  }

  private Duration between(int minMillis, int maxMillis) {
    return Duration.ofMillis(minMillis + random.nextInt(maxMillis - minMillis));
  }

  private Duration randomUpTo(Duration max) {
    return Duration.ofMillis(random.nextInt(1 + (int) max.toMillis()));
  }
}
