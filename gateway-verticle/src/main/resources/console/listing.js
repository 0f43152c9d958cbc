// A list that is read page by page.

import { html } from './lib/lit-html.js';
import { more, partial, sayFailure } from './parts.js';

/**
 * Returns `read()`, which starts the list anew, and `content(rows)`, which shows it: `rows` makes the table of all
 * items. `get(cursor)` reads a page; `onChange` runs whenever there is something new to show. A response to an earlier
 * read is ignored, however late it arrives.
 */
export function listing(get, onChange) {
  let reads = 0;
  let found = null;
  let failed = '';

  const readPage = async (cursor) => {
    reads += 1;
    const mine = reads;
    try {
      const page = await get(cursor);
      if (mine === reads) {
        found = { ...page, items: [...(found?.items ?? []), ...page.items] };
        onChange();
      }
    } catch (failure) {
      if (mine === reads) {
        sayFailure(failure);
        failed = failure.message;
        onChange();
      }
    }
  };
  const read = () => {
    found = null;
    failed = '';
    readPage();
    onChange();
  };
  const content = (rows) =>
    found
      ? html`${rows(found.items)} ${partial(found)} ${more(found, () => readPage(found.nextCursor))}`
      : html`<p class="empty">${failed || 'Reading …'}</p>`;
  return { read, content };
}
