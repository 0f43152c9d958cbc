// What nodes report about themselves, and how it changes. Only this module knows the format of their metrics.

const WINDOW_MILLIS = 5000;
const REMEMBERED_SECONDS = 180;
const DEPARTED_MILLIS = 60_000;

const sum = (list, value) => list.reduce((total, each) => total + value(each), 0);

export class Metrics {
  #readings = [];
  #departed = new Map();

  /** The calls to each service at each reading: `{at, services: {name: call}}`. */
  series = [];

  /** Adds the gateway's view of the cluster at a time; returns what has changed, in words. */
  add(cluster, at) {
    const before = this.#readings.at(-1)?.cluster.nodes ?? [];
    this.#readings.push({ cluster, at });
    this.#readings = this.#readings.filter((reading) => at - reading.at <= WINDOW_MILLIS);
    const changes = this.#compare(before, cluster.nodes, at);
    const services = Object.fromEntries(this.services.map(({ service }) => [service, this.to(service)]));
    const now = Date.now() / 1000;
    this.series = [...this.series, { at: now, services }].filter((each) => now - each.at <= REMEMBERED_SECONDS);
    return changes;
  }

  #compare(before, now, at) {
    const changes = [];
    const present = new Map(now.map((node) => [node.id, node]));
    const known = new Map(before.map((node) => [node.id, node]));
    for (const node of before) {
      if (!present.has(node.id)) {
        this.#departed.set(node.id, { ...node, state: 'gone', metrics: [], at });
        changes.push(`${node.name} has left the cluster.`);
      } else if (present.get(node.id).unresponsive && !node.unresponsive) {
        changes.push(`${node.name} does not reply.`);
      }
    }
    if (before.length > 0) {
      now.filter((node) => !known.has(node.id)).forEach((node) => changes.push(`${node.name} has joined.`));
    }
    const names = new Set(now.map((node) => node.name));
    for (const [id, node] of this.#departed) {
      if (at - node.at > DEPARTED_MILLIS || names.has(node.name)) {
        this.#departed.delete(id);
      }
    }
    return changes;
  }

  get #cluster() {
    return this.#readings.at(-1).cluster;
  }

  get name() {
    return this.#cluster.cluster;
  }

  /** Whether a supervisor accepts commands for this cluster. */
  get supervised() {
    return this.#cluster.supervised === true;
  }

  get services() {
    return this.#cluster.services;
  }

  /** The nodes, including those that have just left; `state` is up, unready, unresponsive or gone. */
  get nodes() {
    const state = (node) =>
      node.unresponsive ? 'unresponsive' : this.troubles(node).length > 0 ? 'unready' : 'up';
    const present = this.#cluster.nodes.map((node) => ({ ...node, state: state(node) }));
    return [...present, ...this.#departed.values()].sort((a, b) => a.name.localeCompare(b.name));
  }

  /** Returns why a node is not ready: pairs of what is missing and the reason. */
  troubles(node) {
    return node.metrics
      .filter((metric) => metric.kind === 'trouble')
      .flatMap((metric) => Object.entries(metric.values));
  }

  /** Returns the metrics of a kind: `{node, name, ...values}`. */
  all(kind) {
    return this.#cluster.nodes.flatMap((node) =>
      node.metrics
        .filter((metric) => metric.kind === kind)
        .map((metric) => ({ node: node.name, name: metric.name, ...metric.values })),
    );
  }

  /** The work that each database still has to do, listed once even if several instances report it. */
  get backlogs() {
    const found = new Map();
    for (const { node, name, ...values } of this.all('backlog')) {
      if (!found.has(name) || 'unknown' in found.get(name)) {
        found.set(name, values);
      }
    }
    return [...found];
  }

  /** The calls from nodes to services in the last seconds: `{node, service, rate, millis, failures}`. */
  get calls() {
    const { cluster: now, at } = this.#readings.at(-1);
    const { cluster: first, at: since } = this.#readings[0];
    const earlier = new Map(first.nodes.map((node) => [node.id, counted(node)]));
    const seconds = (at - since) / 1000;
    if (seconds === 0) {
      return [];
    }
    return now.nodes
      .filter((node) => earlier.has(node.id))
      .flatMap((node) =>
        Object.entries(counted(node)).map(([service, total]) =>
          difference(node, service, earlier.get(node.id)[service], total, seconds),
        ),
      );
  }

  /** Returns the calls to one service from all nodes together. */
  to(service) {
    return combine(this.calls.filter((call) => call.service === service));
  }
}

const counted = (node) => node.metrics.find((metric) => metric.kind === 'calls')?.values ?? {};

function difference(node, service, before = { calls: 0, failed: 0, micros: 0 }, now, seconds) {
  const calls = now.calls - before.calls;
  return {
    node,
    service,
    rate: calls / seconds,
    millis: calls > 0 ? (now.micros - before.micros) / calls / 1000 : NaN,
    failures: (now.failed - before.failed) / seconds,
  };
}

/** Combines several calls into one; its duration is their weighted mean. */
export function combine(calls) {
  const rate = sum(calls, (call) => call.rate);
  const busy = calls.filter((call) => call.rate > 0);
  return {
    rate,
    failures: sum(calls, (call) => call.failures),
    millis: rate > 0 ? sum(busy, (call) => call.rate * call.millis) / rate : NaN,
  };
}
