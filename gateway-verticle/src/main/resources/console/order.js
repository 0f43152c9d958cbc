// One order: what was ordered, what happened to it and to its stock, and what can be done.

import { html } from './lib/lit-html.js';
import { get, send } from './api.js';
import { ask } from './dialog.js';
import { id, money, time } from './format.js';
import { status } from './orders.js';
import { attempt, facts, field, sayFailure, table } from './parts.js';

export function order(show, orderId) {
  const path = `/v1/orders/${orderId}`;
  const read = async () => {
    try {
      const [found, history, hold, { traceUrl }] = await Promise.all([
        get(path),
        get(`${path}/history`),
        get(`/v1/products/holds/${orderId}`).catch((failure) => ({ failure })),
        get('/v1/cluster'),
      ]);
      const account = await get(`/v1/users/${found.customerId}`).catch(() => null);
      show(page({ found, account, history: history.items, hold, traceUrl }, act));
    } catch (failure) {
      sayFailure(failure);
      show(html`<h1>Order</h1><p class="empty">${failure.message}</p>`);
    }
  };
  const act = async (command, question, done) => {
    const answer = await ask(question);
    if (answer) {
      const given = Object.fromEntries(Object.entries(answer).filter(([, value]) => value !== ''));
      const body = Object.keys(given).length > 0 ? given : undefined;
      await attempt(() => send('POST', `${path}/${command}`, body), done);
      read();
    }
  };
  read();
}

const page = ({ found, account, history, hold, traceUrl }, act) =>
  html`<p class="back"><a href="#/orders">Orders</a></p>
    <h1>${found.number} ${status(found)}</h1>
    ${facts([
      ['Total', money(found.total)],
      ['Customer', html`<a href="#/customers/${found.customerId}">${account?.email ?? id(found.customerId)}</a>`],
      ['Note', found.note],
      ['Id', html`<code>${found.id}</code>`],
    ])}
    <p class="actions">${actions(found, act)}</p>
    <section><h2>Lines</h2>${lines(found)}</section>
    <section><h2>Timeline</h2>${timeline(history, hold, traceUrl)}</section>`;

function actions({ number, status: state }, act) {
  const ship = {
    title: `Ship ${number}`,
    action: 'Ship',
    fields: html`${field('Carrier', 'carrier', { required: true })}
      ${field('Tracking number', 'trackingNumber', { required: true })}`,
  };
  const cancel = {
    title: `Cancel ${number}?`,
    text: 'Its stock comes back soon after.',
    action: 'Cancel the order',
    danger: true,
    fields: field('Reason (the customer sees it)', 'reason'),
  };
  const deliver = { title: `Was ${number} delivered?`, action: 'Mark as delivered' };
  const button = (label, command, question, done) =>
    html`<button class=${question.danger ? 'plain danger' : ''} @click=${() => act(command, question, done)}>${label}</button>`;
  return {
    PLACED: html`${button('Ship', 'ship', ship, 'The order is shipped.')}
      ${button('Cancel', 'cancel', cancel, 'The order is cancelled.')}`,
    SHIPPED: button('Mark as delivered', 'deliver', deliver, 'The order is delivered.'),
  }[state];
}

const lines = (found) =>
  table(
    'Lines',
    ['SKU', 'Product', 'Quantity', 'Price', 'Total'],
    found.lines.map((line) => [
      line.sku,
      html`<a href="#/products/${line.productId}">${line.name}</a>`,
      line.quantity,
      money(line.unitPrice),
      money(line.lineTotal),
    ]),
  );

const MOVED = {
  COMMITTED: 'Stock sold',
  RELEASED: 'Stock released',
  RETURNED: 'Stock returned',
};

/** What happened to the order and to its stock, by time. */
function timeline(history, hold, traceUrl) {
  const steps = history.map((step) => ({
    at: step.time,
    title: step.type.replace('Order', 'Order ').toLowerCase().replace('o', 'O'),
    text: step.data.reason ?? [step.data.carrier, step.data.trackingNumber].filter(Boolean).join(' '),
    trace: step.traceparent?.split('-')[1],
  }));
  if (hold.failure) {
    steps.push({ at: '', title: 'Stock', text: hold.failure.message });
  } else {
    const pieces = hold.lines.map((line) => `${line.quantity} × ${line.sku}`).join(', ');
    steps.push({ at: '', title: 'Stock held', text: pieces });
    if (hold.settledAt) {
      steps.push({ at: hold.settledAt, title: MOVED[hold.state], text: pieces });
    }
  }
  steps.sort((a, b) => a.at.localeCompare(b.at));
  return html`<ol class="timeline">${steps.map(
    ({ at, title, text, trace }) => html`<li>
      <b>${title}</b> ${at ? time(at) : ''}
      ${text ? html`<p>${text}</p>` : ''} ${trace ? html`<p>${traceLink(trace, traceUrl)}</p>` : ''}
    </li>`,
  )}</ol>`;
}

const traceLink = (trace, url) =>
  url
    ? html`<a href=${url.replace('{trace}', trace)} target="_blank" rel="noreferrer">Trace ${id(trace)}</a>`
    : html`Trace <code>${trace}</code>`;
