// One account: its roles, whether it may log in, and its sessions.

import { html } from './lib/lit-html.js';
import { get, send } from './api.js';
import { ask } from './dialog.js';
import { id, time } from './format.js';
import { listing } from './listing.js';
import { attempt, chip, facts, records, sayFailure } from './parts.js';

export function customer(show, accountId) {
  const path = `/v1/users/${accountId}`;
  let account = null;
  const sessions = listing(
    (cursor) => get(`${path}/sessions`, { limit: 25, cursor }),
    () => draw(),
  );

  const read = async () => {
    sessions.read();
    try {
      account = await get(path);
      draw();
    } catch (failure) {
      sayFailure(failure);
      if (!account) {
        show(html`<h1>Customer</h1><p class="empty">${failure.message}</p>`);
      }
    }
  };
  const change = async (question, body, done) => {
    if (await ask(question)) {
      await attempt(() => send('PATCH', path, body), done);
      read();
    }
  };
  const end = async (session) => {
    await attempt(() => send('DELETE', `${path}/sessions/${session.id}`), 'The session has ended.');
    sessions.read();
  };
  const rows = (items) =>
    records(
      'Sessions',
      ['Session', 'Began', 'Last used', 'Expires', ''],
      items.map((session) => [
        id(session.id),
        time(session.createdAt),
        time(session.lastUsedAt),
        time(session.expiresAt),
        session.current
          ? 'this one'
          : html`<button class="plain" @click=${() => end(session)}>End</button>`,
      ]),
      'Nobody is logged in.',
    );
  const draw = () => account && show(page(account, sessions.content(rows), change));
  read();
}

const ENDS = 'This ends all sessions of the account.';

function page(account, sessions, change) {
  const admin = account.roles.includes('admin');
  const roles = admin
    ? [{ title: `Take the role admin from ${account.email}?`, text: ENDS, action: 'Take the role', danger: true }, { roles: ['customer'] }, 'The account is no administrator any more.']
    : [{ title: `Make ${account.email} an administrator?`, text: ENDS, action: 'Give the role' }, { roles: ['admin', 'customer'] }, 'The account is an administrator.'];
  const disabling = account.disabled
    ? [{ title: `Let ${account.email} log in again?`, action: 'Enable' }, { disabled: false }, 'The account is enabled.']
    : [{ title: `Disable ${account.email}?`, text: ENDS, action: 'Disable', danger: true }, { disabled: true }, 'The account is disabled.'];
  return html`<p class="back"><a href="#/customers">Customers</a></p>
    <h1>${account.name} ${account.disabled ? chip('disabled', 'bad') : ''}</h1>
    ${facts([
      ['Email', account.email],
      ['Roles', account.roles.join(', ')],
      ['Since', time(account.createdAt)],
      ['Id', html`<code>${account.id}</code>`],
    ])}
    <p class="actions">
      <button class="plain" @click=${() => change(...roles)}>
        ${admin ? 'Take the role admin' : 'Make an administrator'}</button>
      <button class="plain" @click=${() => change(...disabling)}>
        ${account.disabled ? 'Enable' : 'Disable'}</button>
      <a class="button plain" href="#/orders?customer=${account.id}">Orders</a>
    </p>
    <section><h2>Sessions</h2>${sessions}</section>`;
}
