// Sends requests while a cluster is broken on purpose, and counts their outcomes.

import { open } from './api.js';

const PERIOD_MILLIS = 100;
const PATHS = ['/v1/products?limit=1', '/v1/orders?limit=1', '/v1/auth/me'];

/** A browser opens six connections to one gateway, and the view needs some of them. */
const MAX_WAITING = 4;

/** Sends ten reads a second until stopped, fewer while several wait; `onResponse` runs after each response. */
export function traffic(onResponse) {
  const counts = { sent: 0, failed: 0, last: '' };
  const waiting = new Set();
  let longest = 0;
  let timer = null;
  const sendOne = async () => {
    if (waiting.size === MAX_WAITING) {
      return;
    }
    const path = PATHS[counts.sent++ % PATHS.length];
    const startedAt = performance.now();
    const request = { startedAt };
    waiting.add(request);
    try {
      await open(path);
    } catch (failure) {
      counts.failed += 1;
      counts.last = failure.message;
    }
    waiting.delete(request);
    longest = Math.max(longest, performance.now() - startedAt);
    onResponse();
  };
  return {
    counts,
    /** Returns the longest time that a request has taken or has been waiting, in milliseconds. */
    slowest: () => Math.max(longest, ...[...waiting].map(({ startedAt }) => performance.now() - startedAt)),
    isRunning: () => timer !== null,
    start() {
      timer ??= setInterval(sendOne, PERIOD_MILLIS);
    },
    stop() {
      clearInterval(timer);
      timer = null;
    },
  };
}
