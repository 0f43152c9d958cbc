// A modal question.

import { html, render } from './lib/lit-html.js';
import { onSubmit, sayFailure } from './parts.js';

/**
 * Asks, and resolves to the result of `submit` for the form's values, or to null if the user goes back.
 * The question stays open, with the form's values and the error, until `submit` succeeds.
 */
export function ask({ title, text = '', fields = '', action = 'OK', danger = false, submit = (given) => given }) {
  const dialog = document.createElement('dialog');
  dialog.setAttribute('aria-labelledby', 'question');
  document.body.append(dialog);
  return new Promise((resolve) => {
    let busy = false;
    let rejection = '';
    const close = () => {
      dialog.close();
      dialog.remove();
    };
    /** A request that was already sent continues, and its result is still returned or shown. */
    const back = () => {
      close();
      if (!busy) {
        resolve(null);
      }
    };
    const submitted = async (given) => {
      if (busy) {
        return;
      }
      busy = true;
      rejection = '';
      draw();
      try {
        resolve(await submit(given));
        close();
      } catch (failure) {
        busy = false;
        rejection = failure.message;
        draw();
        if (dialog.isConnected) {
          dialog.querySelector('.rejection').scrollIntoView({ block: 'nearest' });
        } else {
          sayFailure(failure);
          resolve(null);
        }
      }
    };
    const draw = () =>
      render(
        html`<form @submit=${onSubmit(submitted)}>
          <h2 id="question">${title}</h2>
          ${text ? html`<p>${text}</p>` : ''}
          ${fields}
          <p class="rejection" role="alert">${rejection}</p>
          <p class="actions">
            <button type="button" class="plain" @click=${back}>Back</button>
            <button class=${danger ? 'danger' : ''} aria-disabled=${busy}>${action}</button>
          </p>
        </form>`,
        dialog,
      );
    draw();
    dialog.addEventListener('cancel', back);
    dialog.showModal();
  });
}
