// The catalogue: search, low stock, and new products.

import { html } from './lib/lit-html.js';
import { get, send } from './api.js';
import { count, money } from './format.js';
import { ask } from './dialog.js';
import { listing } from './listing.js';
import { chip, choice, field, onSubmit, records, remember, say } from './parts.js';
import { minorUnits, productFields, values } from './productform.js';

const STATES = [['active', 'active'], ['archived', 'archived'], ['all', 'all']];
const SORTS = [['', 'best match'], ['name', 'name'], ['price', 'lowest price'], ['-price', 'highest price'], ['-createdAt', 'newest']];

export function catalogue(show, query) {
  let filter = query;
  const list = listing(
    (cursor) => get('/v1/products', { ...filter, limit: 25, cursor }),
    () => draw(),
  );
  const find = (given) => {
    filter = given;
    remember('products', filter);
    list.read();
  };
  const draw = () =>
    show(html`<h1>Catalogue</h1>
      <form class="filter" role="search" aria-label="Products" @submit=${onSubmit(find)}>
        ${field('Words', 'q', { value: filter.q, type: 'search' })}
        ${field('Category', 'category', { value: filter.category })}
        ${choice('Status', 'status', STATES, filter.status)}
        ${field('At most available', 'maxAvailable', { value: filter.maxAvailable, type: 'number', min: 0 })}
        ${choice('Order', 'sort', SORTS, filter.sort)}
        <button>Find</button>
      </form>
      <p class="actions">
        <a class="button plain" href="#/products?maxAvailable=10">Low stock</a>
        <button class="plain" @click=${create}>New product</button>
      </p>
      ${list.content(rows)}`);
  list.read();
}

async function create() {
  const made = await ask({
    title: 'New product',
    action: 'Create',
    fields: html`${field('SKU', 'sku', { required: true, pattern: '[A-Z0-9][A-Z0-9._\\-]*', title: 'Capitals, digits, . _ -' })}
      ${productFields({})}
      ${field('Pieces in stock', 'initialStock', { type: 'number', value: 0, min: 0 })}`,
    submit: (given) => {
      const { sku, initialStock } = given;
      const body = { sku, initialStock: Number(initialStock), ...values(given), price: minorUnits(given) };
      return send('POST', '/v1/products', body);
    },
  });
  if (made) {
    say('The product is in the catalogue.');
    location.hash = `#/products/${made.body.id}`;
  }
}

const rows = (items) =>
  records(
    'Products',
    ['SKU', 'Name', 'Category', 'Price', 'Available', 'Status'],
    items.map((product) => [
      product.sku,
      html`<a href="#/products/${product.id}">${product.name}</a>`,
      product.category,
      money(product.price),
      product.available <= 10 ? chip(count(product.available), 'warn') : count(product.available),
      product.status,
    ]),
    'No product matches.',
  );
