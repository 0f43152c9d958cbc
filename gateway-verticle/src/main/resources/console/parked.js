// Parked events: those of orders that the product service rejected too often.

import { html } from './lib/lit-html.js';
import { get, send } from './api.js';
import { ask } from './dialog.js';
import { id, time } from './format.js';
import { listing } from './listing.js';
import { attempt, records } from './parts.js';

const PATH = '/v1/orders/parked-events';

/** Reads the events, and calls `onChange` whenever `section()` has something new to show. */
export function parked(onChange) {
  const list = listing((cursor) => get(PATH, { limit: 25, cursor }), onChange);
  const retry = async (event) => {
    await attempt(() => send('POST', `${PATH}/${event.id}/retry`), 'The event is delivered again.');
    list.read();
  };
  const discard = async (event) => {
    const question = {
      title: `Discard ${event.type}?`,
      text: 'The product service never learns of the event. The audit lists it from then on.',
      action: 'Discard',
      danger: true,
    };
    if (await ask(question)) {
      await attempt(() => send('POST', `${PATH}/${event.id}/discard`), 'The event is discarded.');
      list.read();
    }
  };
  list.read();
  const row = (event) => [
    event.type,
    html`<a href="#/orders/${event.orderId}">${id(event.orderId)}</a>`,
    time(event.time),
    time(event.parkedAt),
    event.attempts,
    event.later.map((one) => one.type).join(', ') || '–',
    html`<span class="actions"><button class="plain" @click=${() => retry(event)}>Retry</button>
      <button class="plain danger" @click=${() => discard(event)}>Discard</button></span>`,
  ];
  const rows = (items) =>
    records('Parked events', ['Type', 'Order', 'Happened', 'Parked', 'Attempts', 'Waiting for it', ''], items.map(row), 'No event is parked.');
  const section = () =>
    html`<section aria-labelledby="parked"><h2 id="parked">Parked events</h2>
      <p class="hint">The product service rejected these too often. Later events of the same orders wait for them.</p>
      ${list.content(rows)}
      <p><button class="plain" @click=${list.read}>Read again</button></p>
    </section>`;
  return { section };
}
