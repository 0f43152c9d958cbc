// The login, for administrators only.

import { html } from './lib/lit-html.js';
import { get, logIn, logOut } from './api.js';
import { field, onSubmit } from './parts.js';

/** Logs in; fails, without leaving a session behind, if the account is not an administrator's. */
async function enter(email, password) {
  await logIn(email, password);
  const account = await get('/v1/auth/me');
  if (!account.roles.includes('admin')) {
    logOut();
    throw new Error('This account is not an administrator. The console is for administrators only.');
  }
  return account;
}

/** Shows the form; `onLogin` receives the account. */
export function login(show, onLogin, reason = '') {
  let rejection = reason;
  let busy = false;
  const submit = async ({ email, password }) => {
    busy = true;
    draw();
    try {
      onLogin(await enter(email, password));
    } catch (failure) {
      rejection = failure.message;
      busy = false;
      draw();
    }
  };
  const draw = () =>
    show(html`<main class="login">
      <h1>Tradepost console</h1>
      <form @submit=${onSubmit(submit)}>
        ${field('Email', 'email', { type: 'email', required: true, autocomplete: 'username' })}
        ${field('Password', 'password', {
          type: 'password',
          required: true,
          autocomplete: 'current-password',
        })}
        <p class="rejection" role="alert">${rejection}</p>
        <button ?disabled=${busy}>${busy ? 'Logging in …' : 'Log in'}</button>
      </form>
      <p class="hint">For administrators. The session ends when this page is closed or reloaded.</p>
    </main>`);
  draw();
}
