// Requests that go on while a cluster is broken on purpose, and what became of them.

import { open } from './api.js';

const PERIOD_MILLIS = 100;
const PATHS = ['/v1/products?limit=1', '/v1/orders?limit=1', '/v1/auth/me'];

/** Sends ten reads a second until it is stopped; `told` runs after each response. */
export function probes(told) {
  const counts = { sent: 0, failed: 0, slowest: 0, last: '' };
  let timer = null;
  const probe = async () => {
    const path = PATHS[counts.sent++ % PATHS.length];
    const startedAt = performance.now();
    try {
      await open(path);
    } catch (failure) {
      counts.failed += 1;
      counts.last = failure.message;
    }
    counts.slowest = Math.max(counts.slowest, performance.now() - startedAt);
    told();
  };
  return {
    counts,
    isRunning: () => timer !== null,
    start() {
      timer ??= setInterval(probe, PERIOD_MILLIS);
    },
    stop() {
      clearInterval(timer);
      timer = null;
    },
  };
}
