// Elements that several views share.

import { html, nothing } from './lib/lit-html.js';

/** Shows a message, also to screen readers: what was done, or why it was not. */
export function say(text) {
  announce('status', text);
}

export function sayFailure(failure) {
  announce('alert', failure.message);
}

let fading;
function announce(where, text) {
  const element = document.getElementById(where);
  document.getElementById(where === 'alert' ? 'status' : 'alert').textContent = '';
  element.textContent = text;
  clearTimeout(fading);
  fading = setTimeout(() => (element.textContent = ''), 5000);
}

/** Runs an action of the user, and shows its outcome. */
export async function attempt(work, done) {
  try {
    const result = await work();
    if (done) {
      say(done);
    }
    return result;
  } catch (failure) {
    sayFailure(failure);
    return undefined;
  }
}

/** A table that says when it is empty, and scrolls sideways when it is too wide. */
export function table(label, columns, rows, empty = 'None.', kind = '') {
  if (rows.length === 0) {
    return html`<p class="empty">${empty}</p>`;
  }
  const row = (cells) =>
    html`<tr>${cells.map((cell, i) => html`<td data-name=${columns[i]}>${cell}</td>`)}</tr>`;
  return html`<div class="scroll ${kind}" tabindex="0" role="region" aria-label=${label}>
    <table aria-label=${label}>
      <thead><tr>${columns.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
      <tbody>${rows.map(row)}</tbody>
    </table>
  </div>`;
}

/** A table whose rows, when it is too wide, are stacked lists of names and values. */
export const records = (label, columns, rows, empty) => table(label, columns, rows, empty, 'records');

/** A list of names and values. */
export function facts(pairs) {
  return html`<dl class="facts">
    ${pairs
      .filter(([, value]) => value !== undefined && value !== null && value !== '')
      .map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}
  </dl>`;
}

export function field(label, name, { value = '', type = 'text', ...more } = {}) {
  return html`<label class="field"><span>${label}</span>
    <input name=${name} type=${type} .value=${String(value)} ?required=${more.required}
      autocomplete=${more.autocomplete ?? 'off'} min=${more.min ?? nothing} max=${more.max ?? nothing} step=${more.step ?? nothing}
      placeholder=${more.placeholder ?? nothing} size=${more.size ?? nothing}
      pattern=${more.pattern ?? nothing} title=${more.title ?? nothing}>
  </label>`;
}

export function choice(label, name, options, value = '') {
  return html`<label class="field"><span>${label}</span>
    <select name=${name}>${options.map(
      ([key, text]) => html`<option value=${key} ?selected=${key === value}>${text}</option>`,
    )}</select>
  </label>`;
}

export const chip = (text, kind = '') => html`<span class="chip ${kind}">${text}</span>`;

export const partial = (page) =>
  page.incomplete ? html`<p class="hint">There was too much to look at; more may match.</p>` : nothing;

export const more = (page, next) =>
  page?.nextCursor
    ? html`<p><button class="plain" @click=${next}>More</button></p>`
    : nothing;

/** Puts the search into the URL, so that the user returns to it after visiting another view. */
export function remember(view, filter) {
  const given = Object.entries(filter).filter(([, value]) => value);
  history.replaceState(null, '', given.length > 0 ? `#/${view}?${new URLSearchParams(given)}` : `#/${view}`);
}

/** Handles the submission of a form: passes on its values by name. */
export function onSubmit(handle) {
  return (event) => {
    event.preventDefault();
    const form = event.currentTarget;
    handle(Object.fromEntries(new FormData(form)), form);
  };
}
