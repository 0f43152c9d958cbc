package org.tradepost.benchmarks.jobs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** All jobs by name, in the order in which they run. */
public final class Jobs {
  /** The default jobs of a quick run: the path of a request through one JVM. */
  public static final Set<String> QUICK = Set.of("place", "latency", "cached", "uncached");

  private Jobs() {}

  public static Map<String, Job> all() {
    var jobs = new LinkedHashMap<String, Job>();
    jobs.put("place", OrderJobs::place);
    jobs.put("peer", OrderJobs::peer);
    jobs.put("hot", OrderJobs::hot);
    jobs.put("latency", OrderJobs::latency);
    jobs.put("cached", ReadJobs::cached);
    jobs.put("uncached", ReadJobs::uncached);
    jobs.put("search", ReadJobs::search);
    jobs.put("shoppers", SearchJob::run);
    jobs.put("list", ReadJobs::list);
    jobs.put("orders", ReadJobs::orders);
    jobs.put("login", LoginJob::run);
    jobs.put("start", StartJob::run);
    jobs.put("warm", WarmJob::run);
    jobs.put("growth", GrowthJob::run);
    jobs.put("cluster", ClusterJob::run);
    jobs.put("overload", OverloadJob::run);
    jobs.put("failover", FailoverJob::run);
    jobs.put("bus", BusJob::run);
    return jobs;
  }
}
