// Customers: all accounts sorted by email, or the one with a given email.

import { html } from './lib/lit-html.js';
import { get } from './api.js';
import { time } from './format.js';
import { listing } from './listing.js';
import { chip, field, onSubmit, records, remember } from './parts.js';

export function customers(show, query) {
  let email = query.email ?? '';
  const list = listing(
    (cursor) => get('/v1/users', { email, limit: 25, cursor }),
    () => draw(),
  );
  const find = (values) => {
    email = values.email.trim();
    remember('customers', { email });
    list.read();
  };
  const draw = () =>
    show(html`<h1>Customers</h1>
      <form class="filter" role="search" aria-label="Customers" @submit=${onSubmit(find)}>
        ${field('Email', 'email', { value: email, type: 'search', title: 'The whole email; none for all' })}
        <button>Find</button>
      </form>
      ${list.content(rows)}`);
  list.read();
}

const rows = (items) =>
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
