// A conflict: somebody else has changed the product that is being edited.

import { html } from './lib/lit-html.js';
import { money } from './format.js';
import { records } from './parts.js';

const shown = (name, value) =>
  value === undefined
    ? '–'
    : name === 'price'
      ? money(value)
      : typeof value === 'object'
        ? Object.entries(value ?? {}).map((pair) => pair.join(': ')).join(', ')
        : value;

/** Shows the old, the current and the user's values; `settle(true)` keeps the user's. */
export function conflict(before, { patch, theirs }, settle) {
  const names = ['name', 'category', 'description', 'price', 'attributes'].filter(
    (name) => name in patch || JSON.stringify(before[name]) !== JSON.stringify(theirs[name]),
  );
  return html`<section id="conflict" class="conflict" tabindex="-1" aria-labelledby="conflict-title">
    <h2 id="conflict-title">Somebody else has changed this product</h2>
    <p>Nothing of yours is saved yet. The product had version ${before.version} when you began, and has
      version ${theirs.version} now.</p>
    ${records(
      'Changes',
      ['Field', 'When you began', 'Now', 'Yours'],
      names.map((name) => [
        name,
        shown(name, before[name]),
        shown(name, theirs[name]),
        name in patch ? shown(name, patch[name]) : 'unchanged',
      ]),
    )}
    <p class="actions">
      <button @click=${() => settle(true)}>Save mine over it</button>
      <button class="plain" @click=${() => settle(false)}>Drop mine</button>
    </p>
  </section>`;
}
