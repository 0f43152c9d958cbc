// Orders: search by number, customer and status.

import { html } from './lib/lit-html.js';
import { get } from './api.js';
import { id, money, time } from './format.js';
import { listing } from './listing.js';
import { chip, choice, field, onSubmit, records, remember } from './parts.js';

export const STATUS = { PLACED: 'warn', SHIPPED: 'info', DELIVERED: 'good', CANCELLED: '' };
const OPTIONS = [['', 'any'], ...Object.keys(STATUS).map((name) => [name, name.toLowerCase()])];

export const status = (order) => chip(order.status.toLowerCase(), STATUS[order.status]);

/** Completes an order number that may lack its prefix and leading zeros. */
function fullNumber(text) {
  return /^\d+$/.test(text) ? `TP-${text.padStart(6, '0')}` : text.toUpperCase();
}

/** Returns the id of a customer who is given by email or id. */
async function customerId(text) {
  if (!text.includes('@')) {
    return text;
  }
  const found = (await get('/v1/users', { email: text })).items;
  if (found.length === 0) {
    throw new Error(`No customer has the email ${text}.`);
  }
  return found[0].id;
}

export function orders(show, query) {
  let filter = query;
  const list = listing(
    async (cursor) => {
      const { number = '', customer = '', status: state } = filter;
      return get('/v1/orders', {
        number: fullNumber(number.trim()),
        customerId: await customerId(customer.trim()),
        status: state,
        limit: 25,
        cursor,
      });
    },
    () => draw(),
  );
  const find = (values) => {
    filter = values;
    remember('orders', filter);
    list.read();
  };
  const draw = () =>
    show(html`<h1>Orders</h1>
      <form class="filter" role="search" aria-label="Orders" @submit=${onSubmit(find)}>
        ${field('Number', 'number', { value: filter.number, placeholder: 'TP-000042' })}
        ${field('Customer (email or id)', 'customer', { value: filter.customer })}
        ${choice('Status', 'status', OPTIONS, filter.status)}
        <button>Find</button>
      </form>
      ${list.content(rows)}`);
  list.read();
}

const rows = (items) =>
  records(
    'Orders',
    ['Number', 'Status', 'Placed', 'Customer', 'Pieces', 'Total'],
    items.map((order) => [
      html`<a href="#/orders/${order.id}">${order.number}</a>`,
      status(order),
      time(order.placedAt),
      html`<a href="#/customers/${order.customerId}">${id(order.customerId)}</a>`,
      order.lines.reduce((sum, line) => sum + line.quantity, 0),
      money(order.total),
    ]),
    'No order matches.',
  );
