// Starts the console: login, navigation, and the view that the URL names.

import { html, render } from './lib/lit-html.js';
import { logOut, session } from './api.js';
import { login } from './login.js';
import { cluster } from './cluster.js';
import { orders } from './orders.js';
import { order } from './order.js';
import { catalogue } from './catalogue.js';
import { product } from './product.js';
import { customers } from './customers.js';
import { customer } from './customer.js';
import { events } from './events.js';

const root = document.getElementById('console');
const SECTIONS = [
  ['cluster', 'Cluster', cluster],
  ['orders', 'Orders', orders, order],
  ['products', 'Catalogue', catalogue, product],
  ['customers', 'Customers', customers, customer],
  ['events', 'Events', events],
];

let account = null;
let close = () => {};

/** Returns the segments of a path, or none if one of them is not percent-encoded UTF-8. */
function segments(path) {
  try {
    return path.split('/').map(decodeURIComponent);
  } catch {
    return [];
  }
}

function route() {
  const [path, query = ''] = location.hash.replace(/^#\/?/, '').split('?');
  const [name, id] = segments(path);
  const section = SECTIONS.find(([known]) => known === name) ?? SECTIONS[0];
  return { section, id, query: Object.fromEntries(new URLSearchParams(query)) };
}

function frame(current, content) {
  return html`<a class="skip" href="#content" @click=${skip}>Skip to the content</a>
    <header>
      <span class="brand"><img src="/console/favicon.svg" alt="" width="24" height="24">Tradepost</span>
      <nav aria-label="Views">
        ${SECTIONS.map(
          ([name, title]) =>
            html`<a href="#/${name}" aria-current=${name === current ? 'page' : 'false'}>${title}</a>`,
        )}
      </nav>
      <span class="account"><span>${account.email}</span>
        <button class="plain" @click=${leave}>Log out</button></span>
    </header>
    <main id="content" tabindex="-1">${content}</main>`;
}

function skip(event) {
  event.preventDefault();
  document.getElementById('content').focus();
}

function leave() {
  logOut();
  end();
}

function end(reason) {
  close();
  close = () => {};
  account = null;
  document.querySelector('dialog')?.remove();
  document.title = 'Tradepost console';
  login((content) => render(content, root), onLogin, reason);
  root.querySelector('input').focus();
}

function onLogin(found) {
  account = found;
  navigate();
}

function navigate() {
  if (!account) {
    return;
  }
  close();
  const { section, id, query } = route();
  const [name, title, list, one] = section;
  document.title = `${title} - Tradepost console`;
  let open = true;
  const show = (content) => open && render(frame(name, content), root);
  show(html`<h1>${title}</h1>`);
  const stop = id && one ? one(show, id) : list(show, query);
  close = () => {
    open = false;
    stop?.();
  };
  document.getElementById('content').focus();
  scrollTo(0, 0);
}

addEventListener('hashchange', navigate);
session.addEventListener('ended', () => end('The session has ended. Log in again.'));
end();
