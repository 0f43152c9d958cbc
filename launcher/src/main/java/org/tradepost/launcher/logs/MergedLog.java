package org.tradepost.launcher.logs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.tradepost.launcher.cli.RotatedLog;
import org.tradepost.launcher.data.DataDirectory;

/** The records of all members that log into a data directory, merged by time. */
final class MergedLog {
  private static final String SUFFIX = ".log";
  private static final Comparator<Next> BY_TIME =
      Comparator.comparing((Next next) -> next.log().time())
          .thenComparing(next -> next.member().name());

  private final Path data;
  private final TreeMap<Path, MemberRecords> members = new TreeMap<>();

  /** The next record of a member. */
  private record Next(MemberRecords member, LogRecord log) {}

  MergedLog(Path data) {
    this.data = data;
  }

  /** Whether anything has been logged. */
  boolean exists() {
    findMembers();
    return !members.isEmpty();
  }

  /**
   * Reads what was written since the last call.
   *
   * @param reader gets each record with the name of its member
   */
  void read(BiConsumer<String, LogRecord> reader) {
    findMembers();
    var queue = new PriorityQueue<>(BY_TIME);
    members.values().forEach(member -> addNext(member, queue));
    while (!queue.isEmpty()) {
      var first = queue.remove();
      reader.accept(first.member().name(), first.log());
      addNext(first.member(), queue);
    }
  }

  private static void addNext(MemberRecords member, PriorityQueue<Next> queue) {
    member.next().ifPresent(log -> queue.add(new Next(member, log)));
  }

  private void findMembers() {
    add(DataDirectory.log(data));
    var directory = DataDirectory.memberLogs(data);
    if (Files.isDirectory(directory)) {
      try (var files = Files.list(directory)) {
        files.filter(file -> file.toString().endsWith(SUFFIX)).forEach(this::add);
      } catch (IOException e) {
        throw new UncheckedIOException(directory + " cannot be read", e);
      }
    }
  }

  private void add(Path file) {
    if (Files.exists(file) && !members.containsKey(file)) {
      var name = file.getFileName().toString().replace(SUFFIX, "");
      members.put(file, new MemberRecords(name, new RotatedLog(file)));
    }
  }
}
