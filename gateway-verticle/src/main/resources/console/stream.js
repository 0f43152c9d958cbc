// Server-Sent Events with an Authorization header, which EventSource cannot send.

import { idleTimeout, open, Problem } from './api.js';

const PAUSE_MILLIS = 2000;

/** The gateway sends a heartbeat at least every 15 seconds. */
const IDLE_MILLIS = 40_000;

/**
 * Follows a stream until the returned function is called, and reconnects where it was.
 * `onEvent` receives each event; `onStateChange` receives 'open', or the reason why there is no stream.
 */
export function follow(path, onEvent, onStateChange) {
  const abort = new AbortController();
  read(path, onEvent, onStateChange, abort.signal);
  return () => abort.abort();
}

async function read(path, onEvent, onStateChange, signal) {
  let last = '';
  while (!signal.aborted) {
    const idle = idleTimeout(IDLE_MILLIS);
    try {
      const headers = last ? { 'Last-Event-ID': last } : {};
      const response = await open(path, { headers, signal: AbortSignal.any([signal, idle.signal]) });
      onStateChange('open');
      for await (const message of messages(response.body)) {
        idle.restart();
        last = message.id || last;
        if (message.data) {
          onEvent(JSON.parse(message.data));
        }
      }
      onStateChange('The stream has ended.');
    } catch (failure) {
      if (signal.aborted) {
        return;
      }
      if (failure instanceof Problem && failure.code === 'CURSOR_GONE') {
        last = '';
      }
      onStateChange(failure.message);
    }
    await new Promise((resume) => setTimeout(resume, PAUSE_MILLIS));
  }
}

async function* messages(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      return;
    }
    text += value;
    const parts = text.split('\n\n');
    text = parts.pop();
    yield* parts.map(parse);
  }
}

function parse(part) {
  const message = { id: '', data: '' };
  for (const line of part.split('\n')) {
    const at = line.indexOf(': ');
    const name = line.slice(0, at);
    if (name in message) {
      message[name] += line.slice(at + 2);
    }
  }
  return message;
}
