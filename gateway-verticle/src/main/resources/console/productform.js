// The form fields of a product, and their values.

import { html } from './lib/lit-html.js';
import './attributes.js';
import { digits } from './format.js';
import { field } from './parts.js';

/** Formats an amount in major units. */
export const majorUnits = ({ amount, currency }) =>
  (amount / 10 ** digits(currency)).toFixed(digits(currency));

/** Returns the price in a form, in minor units. */
export function minorUnits({ amount, currency }) {
  return { amount: Math.round(Number(amount) * 10 ** digits(currency)), currency };
}

export const productFields = (product) =>
  html`${field('Name', 'name', { value: product.name, required: true })}
    ${field('Category', 'category', {
      value: product.category,
      required: true,
      pattern: '[a-z0-9]+(-[a-z0-9]+)*',
      title: 'Small letters, digits and hyphens',
    })}
    <div class="pair">
      ${field('Price', 'amount', {
        value: product.price ? majorUnits(product.price) : '',
        type: 'number',
        min: 0,
        step: 'any',
        required: true,
      })}
      ${field('Currency', 'currency', {
        value: product.price?.currency ?? 'EUR',
        required: true,
        pattern: '[A-Z]{3}',
        title: 'Three capitals',
      })}
    </div>
    <label class="field"><span>Description</span>
      <textarea name="description" rows="3" .value=${product.description ?? ''}></textarea></label>
    <attribute-list .value=${product.attributes ?? {}}></attribute-list>`;

/** Returns the values of a form, except the price. */
export function values({ name, category, description, attributes }) {
  return { name: name.trim(), category, description, attributes: Object.fromEntries(JSON.parse(attributes)) };
}

/** Converts the line breaks of a text to those that a text area returns. */
const asInTextArea = (text) => text.replace(/\r\n?/g, '\n');

/** Returns the differences between a product and the form, as a JSON Merge Patch. */
export function difference(product, form) {
  const filled = { ...values(form), price: minorUnits(form) };
  const before = { ...product, description: asInTextArea(product.description) };
  const patch = {};
  for (const name of ['name', 'category', 'description', 'price']) {
    if (JSON.stringify(filled[name]) !== JSON.stringify(before[name])) {
      patch[name] = filled[name];
    }
  }
  const gone = Object.keys(product.attributes).filter((name) => !Object.hasOwn(filled.attributes, name));
  const changed = Object.entries(filled.attributes).filter(([name, value]) => product.attributes[name] !== value);
  if (gone.length + changed.length > 0) {
    patch.attributes = Object.fromEntries([...gone.map((name) => [name, null]), ...changed]);
  }
  return patch;
}
