// The stock of a product, and how it came about.

import { html } from './lib/lit-html.js';
import { count, id, time } from './format.js';
import { facts, records } from './parts.js';
import './plot.js';

export const stock = (level, ledger) =>
  html`${facts([
      ['On hand', count(level.onHand)],
      ['Reserved', count(level.reserved)],
      ['Available', count(level.available)],
    ])}
    ${plot(ledger.items)}
    <h3>Ledger</h3>
    ${records(
      'Ledger',
      ['When', 'Pieces', 'On hand', 'Reason'],
      ledger.items.map((entry) => [
        time(entry.createdAt),
        entry.delta > 0 ? `+${count(entry.delta)}` : count(entry.delta),
        count(entry.onHand),
        entry.orderId
          ? html`${entry.reason}, order <a href="#/orders/${entry.orderId}">${id(entry.orderId)}</a>`
          : entry.reason,
      ]),
    )}
    ${ledger.nextCursor ? html`<p class="hint">The last ${ledger.items.length} entries.</p>` : ''}`;

/** Plots the stock on hand in steps, up to now. */
function plot(items) {
  const entries = [...items].reverse();
  const times = entries.map((entry) => Date.parse(entry.createdAt) / 1000);
  const levels = entries.map((entry) => entry.onHand);
  const values = [
    [...times, Math.max(Date.now() / 1000, times.at(-1) + 1)],
    [...levels, levels.at(-1)],
  ];
  return html`<figure class="plot">
    <figcaption>On hand <small>pieces</small></figcaption>
    <time-plot steps role="img" aria-label="Pieces on hand over time; now: ${levels.at(-1)}"
      .names=${['on hand']} .values=${values}></time-plot>
  </figure>`;
}
