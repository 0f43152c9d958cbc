// A question that has to be answered before anything else.

import { html, render } from './lib/lit-html.js';
import { onSubmit, sayFailure } from './parts.js';

/**
 * Asks, and resolves to what `submit` makes of what was filled in, or to null if the person changed their mind.
 * The question stays, with what was filled in and the reason, until `submit` succeeds.
 */
export function ask({ title, text = '', fields = '', action = 'OK', danger = false, submit = (given) => given }) {
  const dialog = document.createElement('dialog');
  dialog.setAttribute('aria-labelledby', 'question');
  document.body.append(dialog);
  return new Promise((resolve) => {
    let busy = false;
    let refusal = '';
    const close = () => {
      dialog.close();
      dialog.remove();
    };
    /** What was sent already goes on, and its result is still given or said. */
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
      refusal = '';
      draw();
      try {
        resolve(await submit(given));
        close();
      } catch (failure) {
        busy = false;
        refusal = failure.message;
        draw();
        if (dialog.isConnected) {
          dialog.querySelector('.refusal').scrollIntoView({ block: 'nearest' });
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
          <p class="refusal" role="alert">${refusal}</p>
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
