// One order: its lines, the timeline of it and its stock, and its actions.

import { html } from './lib/lit-html.js';
import { get, send } from './api.js';
import { ask } from './dialog.js';
import { id, money, time } from './format.js';
import { status } from './orders.js';
import { facts, field, records, say, sayFailure } from './parts.js';

const PERIOD_MILLIS = 1000;

export function order(show, orderId) {
  const path = `/v1/orders/${orderId}`;
  let timer;
  let shown = false;
  let moving = false;
  let closed = false;
  const read = async () => {
    clearTimeout(timer);
    try {
      const [found, history, hold, { traceUrl }] = await Promise.all([
        get(path),
        get(`${path}/history`),
        get(`/v1/products/holds/${orderId}`).catch((failure) => ({ failure })),
        get('/v1/cluster'),
      ]);
      const account = await get(`/v1/users/${found.customerId}`).catch(() => null);
      show(page({ found, account, history: history.items, hold, traceUrl }, act));
      shown = true;
      moving = isMoving(found, hold);
    } catch (failure) {
      sayFailure(failure);
      if (!shown) {
        show(html`<h1>Order</h1><p class="empty">${failure.message}</p>`);
      }
    }
    if (moving && !closed) {
      clearTimeout(timer);
      timer = setTimeout(read, PERIOD_MILLIS);
    }
  };
  const act = async (command, question, done) => {
    const submit = (answer) => {
      const given = Object.fromEntries(Object.entries(answer).filter(([, value]) => value !== ''));
      const body = Object.keys(given).length > 0 ? given : undefined;
      return send('POST', `${path}/${command}`, body);
    };
    if (await ask({ ...question, submit })) {
      say(done);
    }
    read();
  };
  read();
  return () => {
    closed = true;
    clearTimeout(timer);
  };
}

/** Whether the stock has still to follow the order, or its state could not be read. */
const isMoving = (found, { state, failure }) =>
  (failure && failure.status !== 404) || state === 'HELD' || (found.status === 'CANCELLED' && state === 'COMMITTED');

const page = ({ found, account, history, hold, traceUrl }, act) =>
  html`<p class="back"><a href="#/orders">Orders</a></p>
    <h1>${found.number} ${status(found)}</h1>
    ${facts([
      ['Total', money(found.total)],
      ['Customer', html`<a href="#/customers/${found.customerId}">${account?.email ?? id(found.customerId)}</a>`],
      ['Note', found.note],
      ['Id', html`<code>${found.id}</code>`],
    ])}
    ${actions(found, act)}
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
    PLACED: html`<p class="actions">${button('Ship', 'ship', ship, 'The order is shipped.')}
      ${button('Cancel', 'cancel', cancel, 'The order is cancelled.')}</p>`,
    SHIPPED: html`<p class="actions">${button('Mark as delivered', 'deliver', deliver, 'The order is delivered.')}</p>`,
  }[state];
}

const lines = (found) =>
  records(
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

/** The steps of the stock up to a state; the time is known only for the last one. */
const MOVES = {
  HELD: ['Stock held'],
  COMMITTED: ['Stock held', 'Stock sold'],
  RELEASED: ['Stock held', 'Stock released'],
  RETURNED: ['Stock held', 'Stock sold', 'Stock returned'],
};

/** Shows what happened to the order and to its stock, by time. */
function timeline(history, hold, traceUrl) {
  const steps = history.map((step) => ({
    at: step.time,
    title: step.type.replace('Order', 'Order ').toLowerCase().replace('o', 'O'),
    text: step.data.reason ?? [step.data.carrier, step.data.trackingNumber].filter(Boolean).join(' '),
    trace: step.traceparent?.split('-')[1],
  }));
  const [held, ...moved] = movements(hold);
  const last = moved.pop();
  const all = [held, ...steps.splice(0, 1), ...moved, ...steps];
  if (last) {
    const later = all.findIndex(({ at }) => Date.parse(at) > Date.parse(last.at));
    all.splice(later < 0 ? all.length : later, 0, last);
  }
  return html`<ol class="timeline">${all.map(
    ({ at, title, text, trace }) => html`<li>
      <b>${title}</b> ${at ? time(at) : ''}
      ${text ? html`<p>${text}</p>` : ''} ${trace ? html`<p>${traceLink(trace, traceUrl)}</p>` : ''}
    </li>`,
  )}</ol>`;
}

/** Returns the steps of the stock, which is held before the order is placed and sold or released after it. */
function movements(hold) {
  if (hold.failure) {
    return [{ title: 'Stock', text: hold.failure.message }];
  }
  const pieces = hold.lines.map(
    ({ productId, sku, quantity }) => html`${quantity} × <a href="#/products/${productId}">${sku}</a> `,
  );
  const text = pieces.length > 0 ? pieces : 'Which pieces is no longer known.';
  const titles = MOVES[hold.state];
  return titles.map((title, i) => ({ title, text, at: i === titles.length - 1 ? hold.settledAt : undefined }));
}

const traceLink = (trace, url) =>
  url
    ? html`<a href=${url.replace('{trace}', trace)} target="_blank" rel="noreferrer">Trace ${id(trace)}</a>`
    : html`Trace <code>${trace}</code>`;
