// How fast the services reply, over the last minutes.

import { html } from './lib/lit-html.js';
import { measured } from './format.js';
import './plot.js';

export function plots(metrics) {
  const names = metrics.services.map(({ service }) => service).filter((name) => name !== 'gateway');
  const times = metrics.series.map(({ at }) => at);
  const plot = (title, unit, field) => {
    const lines = names.map((name) =>
      metrics.series.map(({ services }) => {
        const value = services[name]?.[field];
        return Number.isFinite(value) ? value : null;
      }),
    );
    const last = names.map((name, i) => `${name} ${measured(lines[i].at(-1) ?? NaN)}`).join(', ');
    return html`<figure class="plot">
      <figcaption>${title} <small>${unit}</small></figcaption>
      <time-plot role="img" aria-label="${title} in ${unit}; now: ${last}" .names=${names}
        .values=${[times, ...lines]}></time-plot>
      <ul class="legend">${names.map(
        (name, i) => html`<li><span class="key line-${1 + (i % 6)}"></span>${name}
          <b>${measured(lines[i].at(-1) ?? NaN)}</b></li>`,
      )}</ul>
    </figure>`;
  };
  return [
    plot('Rate', 'calls a second', 'rate'),
    plot('Latency', 'ms, mean', 'millis'),
    plot('Errors', 'failed calls a second', 'failures'),
  ];
}
