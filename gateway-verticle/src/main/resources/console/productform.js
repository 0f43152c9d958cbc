// The fields of a product, and what was filled in.

import { html } from './lib/lit-html.js';
import './attributes.js';
import { digits } from './format.js';
import { field } from './parts.js';

/** The amount as people write it. */
export const majorUnits = ({ amount, currency }) =>
  (amount / 10 ** digits(currency)).toFixed(digits(currency));

/** The price of a form, in minor units. */
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

/** What a form has filled in, apart from the price. */
export function values({ name, category, description, attributes }) {
  return { name: name.trim(), category, description, attributes: Object.fromEntries(JSON.parse(attributes)) };
}

/** A text as a text area gives it back, whatever line breaks it has. */
const asInTextArea = (text) => text.replace(/\r\n?/g, '\n');

/** What differs between a product and what was filled in, as a JSON Merge Patch. */
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
