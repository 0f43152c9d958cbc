// Customers: all accounts by their email, or the one with an email.

import { html } from './lib/lit-html.js';
import { get } from './api.js';
import { time } from './format.js';
import { attempt, chip, field, more, onSubmit, records, remember } from './parts.js';

export function customers(show, query) {
  let email = query.email ?? '';
  let found = null;
  const read = (cursor) =>
    attempt(async () => {
      const page = await get('/v1/users', { email, limit: 25, cursor });
      found = { ...page, items: [...(cursor ? found.items : []), ...page.items] };
      draw();
    });
  const find = (values) => {
    email = values.email.trim();
    remember('customers', { email });
    read();
  };
  const draw = () =>
    show(html`<h1>Customers</h1>
      <form class="filter" role="search" aria-label="Customers" @submit=${onSubmit(find)}>
        ${field('Email', 'email', { value: email, type: 'search', title: 'The whole email; none for all' })}
        <button>Find</button>
      </form>
      ${found
        ? html`${list(found.items)} ${more(found, () => read(found.nextCursor))}`
        : html`<p class="empty">Reading …</p>`}`);
  draw();
  read();
}

const list = (items) =>
  records(
    'Customers',
    ['Email', 'Name', 'Roles', 'State', 'Since'],
    items.map((account) => [
      html`<a href="#/customers/${account.id}">${account.email}</a>`,
      account.name,
      account.roles.join(', '),
      account.disabled ? chip('disabled', 'bad') : chip('active', 'good'),
      time(account.createdAt),
    ]),
    'No customer has this email.',
  );
