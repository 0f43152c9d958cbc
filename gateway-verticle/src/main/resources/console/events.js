// The events of all services as they happen, and the parked events of orders.

import { html } from './lib/lit-html.js';
import { id, time } from './format.js';
import { records, say } from './parts.js';
import { parked } from './parked.js';
import { follow } from './stream.js';

const MAX_EVENTS = 200;

export function events(show) {
  let state = { events: [], paused: false, waiting: 0, filter: '', connection: 'connecting' };
  let missed = [];
  let due = 0;

  const onEvent = (event) => {
    if (state.paused) {
      missed = [event, ...missed].slice(0, MAX_EVENTS);
      state.waiting += 1;
    } else {
      state.events = [event, ...state.events].slice(0, MAX_EVENTS);
    }
    draw();
  };
  const pause = () => {
    state.paused = !state.paused;
    if (!state.paused) {
      state.events = [...missed, ...state.events].slice(0, MAX_EVENTS);
      state.waiting = 0;
      missed = [];
    }
    say(state.paused ? 'The feed is paused.' : 'The feed is resumed.');
    draw();
  };
  const filter = (event) => {
    state.filter = event.target.value.trim().toLowerCase();
    draw();
  };
  // Events that arrive together are drawn once.
  const draw = () => {
    due ||= requestAnimationFrame(() => {
      due = 0;
      show(page(state, { pause, filter, parkedEvents }));
    });
  };
  const parkedEvents = parked(draw);
  const leave = follow('/v1/events/stream?after=latest', onEvent, (now) => {
    state.connection = now;
    draw();
  });
  return () => {
    leave();
    cancelAnimationFrame(due);
  };
}

const isAbout = (text) => (event) =>
  text === '' || `${event.type} ${event.subject} ${JSON.stringify(event.data)}`.toLowerCase().includes(text);

function page({ events: all, paused, waiting, filter: text, connection }, { pause, filter, parkedEvents }) {
  const shown = all.filter(isAbout(text));
  return html`<h1>Events</h1>
    <section aria-labelledby="feed"><h2 id="feed">Live feed</h2>
      <div class="filter">
        <label class="field"><span>Filter by type, subject or text</span>
          <input type="search" name="filter" autocomplete="off" @input=${filter}></label>
        <button aria-pressed=${paused} @click=${pause}>${paused ? `Go on (${waiting} waiting)` : 'Pause'}</button>
        <span class="connection ${connection === 'open' ? 'good' : 'bad'}">
          ${connection === 'open' ? 'connected' : connection}</span>
      </div>
      ${records(
        'Events',
        ['Time', 'Type', 'Subject', 'Data'],
        shown.map((event) => [time(event.time), event.type, subject(event), html`<code>${JSON.stringify(event.data)}</code>`]),
        all.length > 0 ? 'No event matches.' : 'Nothing has happened since this view was opened.',
      )}
    </section>
    ${parkedEvents.section()}`;
}

function subject(event) {
  const view = event.type.startsWith('Order') ? 'orders' : 'products';
  const known = /^(Order|Product|Price|Stock)/.test(event.type);
  return known ? html`<a href="#/${view}/${event.subject}">${id(event.subject)}</a>` : id(event.subject);
}
