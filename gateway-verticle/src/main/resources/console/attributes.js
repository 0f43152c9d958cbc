// The attributes of a product, as part of a form.

import { html, render } from './lib/lit-html.js';

const MAX_LINES = 6;

/**
 * `<attribute-list>`: set `value` to the attributes, which replaces the list if they differ from the last ones.
 * The form has the entered ones as `attributes`, a JSON array of names and values.
 */
class AttributeList extends HTMLElement {
  #given = '';
  #rows = [];

  set value(attributes) {
    const given = JSON.stringify(attributes);
    if (given !== this.#given) {
      this.#given = given;
      this.#rows = Object.entries(attributes);
      this.#draw();
    }
  }

  #change(row, part, text) {
    row[part] = text;
    this.#draw();
  }

  #add() {
    this.#rows.push(['', '']);
    this.#draw();
    this.#names().at(-1).focus();
  }

  #remove(row) {
    this.#rows = this.#rows.filter((other) => other !== row);
    this.#draw();
    this.querySelector('.add').focus();
  }

  #names() {
    return [...this.querySelectorAll('input[required]')];
  }

  #draw() {
    render(
      html`<fieldset>
        <legend>Attributes</legend>
        <input type="hidden" name="attributes" .value=${JSON.stringify(this.#rows)}>
        ${this.#rows.map((row, i) => this.#row(row, i + 1))}
        <button type="button" class="plain add" @click=${() => this.#add()}>Add an attribute</button>
      </fieldset>`,
      this,
    );
    const known = this.#rows.map(([name]) => name);
    this.#names().forEach((input, i) =>
      input.setCustomValidity(known.indexOf(known[i]) < i ? 'Another attribute has this name.' : ''),
    );
  }

  /** An unedited value keeps its line breaks, whatever a text area makes of them. */
  #row(row, number) {
    const [name, value] = row;
    const edit = (part) => (event) => this.#change(row, part, event.target.value);
    return html`<div class="attribute">
      <label class="field"><span>Attribute ${number}</span>
        <input required autocomplete="off" .value=${name} @input=${edit(0)}></label>
      <label class="field"><span>Value ${number}</span>
        <textarea rows=${Math.min(MAX_LINES, value.split('\n').length)} .value=${value} @input=${edit(1)}></textarea></label>
      <button type="button" class="plain" aria-label="Remove attribute ${number}"
        @click=${() => this.#remove(row)}>Remove</button>
    </div>`;
  }
}

customElements.define('attribute-list', AttributeList);
