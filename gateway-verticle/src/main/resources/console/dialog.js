// A question that has to be answered before anything else.

import { html, render } from './lib/lit-html.js';

/** Asks, and resolves to what was filled in, or to null if the person changed their mind. */
export function ask({ title, text = '', fields = '', action = 'OK', danger = false }) {
  const dialog = document.createElement('dialog');
  dialog.setAttribute('aria-labelledby', 'question');
  document.body.append(dialog);
  return new Promise((resolve) => {
    const answer = (value) => {
      dialog.close();
      dialog.remove();
      resolve(value);
    };
    const submitted = (event) => {
      event.preventDefault();
      answer(Object.fromEntries(new FormData(event.currentTarget)));
    };
    dialog.addEventListener('cancel', () => answer(null));
    render(
      html`<form @submit=${submitted}>
        <h2 id="question">${title}</h2>
        ${text ? html`<p>${text}</p>` : ''}
        ${fields}
        <p class="actions">
          <button type="button" class="plain" @click=${() => answer(null)}>Back</button>
          <button class=${danger ? 'danger' : ''}>${action}</button>
        </p>
      </form>`,
      dialog,
    );
    dialog.showModal();
  });
}
