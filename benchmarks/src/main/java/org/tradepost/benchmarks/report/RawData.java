package org.tradepost.benchmarks.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.tradepost.benchmarks.measure.Comparison;
import org.tradepost.benchmarks.measure.Sample;
import org.tradepost.benchmarks.measure.Series;

/** Every round of every side as JSON, with its whole histogram (HdrHistogram's V2, Base64). */
public final class RawData {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private RawData() {}

  public static void write(Path file, List<String> about, List<JobResult> done) {
    var all = MAPPER.createObjectNode();
    all.putPOJO("about", about);
    var jobs = all.putArray("jobs");
    for (var job : done) {
      var node = jobs.addObject();
      node.put("job", job.job()).put("audit", job.audit()).put("failure", job.failure());
      var rows = node.putArray("rows");
      job.rows().forEach(row -> add(rows.addObject(), row));
    }
    try {
      Files.createDirectories(file.getParent());
      MAPPER.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), all);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void add(ObjectNode node, Comparison row) {
    node.put("title", row.title()).put("ratio", row.ratio()).put("goal", row.goal().text());
    node.putPOJO("remarks", row.remarks());
    add(node.putObject("own"), row.own());
    add(node.putObject("reference"), row.reference());
  }

  private static void add(ObjectNode node, Series series) {
    node.put("name", series.name()).put("metric", series.metric().name());
    var samples = node.putArray("samples");
    series.samples().forEach(sample -> add(samples.addObject(), sample));
  }

  private static void add(ObjectNode node, Sample sample) {
    node.put("value", sample.value()).put("settledSeconds", sample.settledSeconds());
    node.putPOJO("cpuMicrosPerRequest", sample.cpuMicros());
    node.putPOJO("allocatedKibPerRequest", sample.allocatedKib());
    sample
        .load()
        .ifPresent(
            load -> {
              node.put("seconds", load.seconds()).put("right", load.correct());
              node.put("wrong", load.failed()).put("histogram", encoded(load.latencies()));
            });
  }

  private static String encoded(Histogram histogram) {
    var buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    var length = histogram.encodeIntoCompressedByteBuffer(buffer);
    return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
  }
}
