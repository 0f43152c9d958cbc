// Formats values for people.

import { html } from './lib/lit-html.js';

const LOCALE = 'en';
const numbers = new Intl.NumberFormat(LOCALE);
const small = new Intl.NumberFormat(LOCALE, { maximumSignificantDigits: 2 });
const HOURS = { timeStyle: 'medium', hourCycle: 'h23' };
const times = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', ...HOURS });
const clocks = new Intl.DateTimeFormat(LOCALE, HOURS);

export const count = (value) => (Number.isFinite(value) ? numbers.format(value) : '–');

/** Formats a measurement: with two significant digits if it is below 10. */
export function measured(value) {
  if (!Number.isFinite(value)) {
    return '–';
  }
  return Math.abs(value) < 10 ? small.format(value) : numbers.format(Math.round(value));
}

export const time = (iso) =>
  iso ? html`<time datetime=${iso}>${times.format(new Date(iso))}</time>` : '–';

/** Formats the time of day of a date. */
export const clock = (date) => html`<time datetime=${date.toISOString()}>${clocks.format(date)}</time>`;

/** Returns how many decimal places a currency has. */
export function digits(currency) {
  try {
    return formatter(currency).resolvedOptions().maximumFractionDigits;
  } catch {
    return 2;
  }
}

function formatter(currency) {
  return new Intl.NumberFormat(LOCALE, { style: 'currency', currency });
}

/** Formats an amount, which the API gives in minor units. */
export function money({ amount, currency }) {
  const digit = digits(currency);
  try {
    return formatter(currency).format(amount / 10 ** digit);
  } catch {
    return `${amount / 10 ** digit} ${currency}`;
  }
}

export function age(seconds) {
  const units = [[86400, 'd'], [3600, 'h'], [60, 'min'], [1, 's']];
  const [size, name] = units.find(([length]) => seconds >= length) ?? [1, 's'];
  return `${Math.floor(seconds / size)} ${name}`;
}

/** Shows the beginning of an id, and all of it on hover. */
export const id = (value) => html`<code title=${value}>${String(value).slice(0, 8)}</code>`;
