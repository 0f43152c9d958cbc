// One product: editing, archiving, stock and ledger.

import { html } from './lib/lit-html.js';
import { get, open, send } from './api.js';
import { ask } from './dialog.js';
import { conflict } from './conflict.js';
import { money, time } from './format.js';
import { chip, attempt, facts, field, say, sayFailure } from './parts.js';
import { difference, productFields } from './productform.js';
import { stock } from './stock.js';

export function product(show, id) {
  const path = `/v1/products/${id}`;
  let closed = false;
  let state = {};

  const read = async () => {
    try {
      const [{ body, etag }, level, ledger] = await Promise.all([
        send('GET', path),
        get(`${path}/stock`),
        get(`${path}/stock/ledger`, { limit: 100 }),
      ]);
      state = { ...state, product: body, etag, level, ledger };
      draw();
    } catch (failure) {
      sayFailure(failure);
      if (!state.product) {
        show(html`<h1>Product</h1><p class="empty">${failure.message}</p>`);
      }
    }
  };

  /** Saves changes to the version with the tag; shows a conflict each time there is a later version. */
  const patch = (changes, tag) =>
    attempt(async () => {
      const headers = { 'Content-Type': 'application/merge-patch+json', 'If-Match': tag };
      try {
        await send('PATCH', path, changes, headers);
      } catch (failure) {
        if (failure.code !== 'PRECONDITION_FAILED') {
          throw failure;
        }
        const { body, etag } = await send('GET', path);
        state.conflict = { patch: changes, theirs: body, etag };
        draw();
        document.getElementById('conflict')?.focus();
        return;
      }
      say('The product is saved.');
      state.conflict = null;
      await read();
    });
  const save = (form) => patch(difference(state.product, form), state.etag);

  /** Continues with the current product, with the user's changes to it or without. */
  const settle = (keepMine) => {
    if (keepMine) {
      patch(state.conflict.patch, state.conflict.etag);
      return;
    }
    state = {};
    show(html`<h1>Product</h1>`);
    read();
  };

  const archive = async () => {
    const archiving = state.product.status === 'active';
    const question = archiving
      ? { title: `Archive ${state.product.name}?`, text: 'It is not sold any more.', action: 'Archive', danger: true }
      : { title: `Sell ${state.product.name} again?`, action: 'Sell again' };
    if (await ask(question)) {
      const change = archiving
        ? () => open(path, { method: 'DELETE', headers: { 'If-Match': state.etag } })
        : () => send('PATCH', path, { status: 'active' }, { 'If-Match': state.etag });
      await attempt(change, archiving ? 'The product is archived.' : 'The product is sold again.');
      read();
    }
  };

  const adjust = async () => {
    // The same key for each attempt: one whose response was late or lost takes effect only once.
    const headers = { 'Idempotency-Key': crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}` };
    const adjusted = await ask({
      title: 'Adjust the stock',
      text: 'Pieces that came in, or with a minus went, other than by orders.',
      action: 'Adjust',
      fields: html`${field('Pieces', 'delta', { type: 'number', required: true, step: 1 })}
        ${field('Reason', 'reason', { required: true })}`,
      submit: ({ delta, reason }) =>
        send('POST', `${path}/stock/adjustments`, { delta: Number(delta), reason }, headers),
    });
    if (adjusted) {
      say('The stock is adjusted.');
    }
    read();
  };

  const draw = () => closed || show(page(state, { save, settle, archive, adjust }));
  read();
  return () => (closed = true);
}

function page({ product, conflict: met, level, ledger }, { save, settle, archive, adjust }) {
  const active = product.status === 'active';
  const submit = (event) => {
    event.preventDefault();
    save(Object.fromEntries(new FormData(event.currentTarget)));
  };
  return html`<p class="back"><a href="#/products">Catalogue</a></p>
    <h1>${product.name} ${chip(product.status, active ? 'good' : '')}</h1>
    ${facts([
      ['SKU', html`<code>${product.sku}</code>`],
      ['Price', money(product.price)],
      ['Version', product.version],
      ['Changed', time(product.updatedAt)],
    ])}
    <p class="actions">
      <button @click=${adjust}>Adjust stock</button>
      <button class="plain" @click=${archive}>${active ? 'Archive' : 'Sell again'}</button>
    </p>
    ${met ? conflict(product, met, settle) : ''}
    <div class="columns">
      <section><h2>Edit</h2>
        <form @submit=${submit}>${productFields(product)}<p class="actions"><button>Save</button></p></form>
      </section>
      <section class="ledger"><h2>Stock</h2>${stock(level, ledger)}</section>
    </div>`;
}
