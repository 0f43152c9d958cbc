// Lines over time, drawn by uPlot.

import uPlot from './lib/uPlot.js';

const HEIGHT = 150;
const MIN_RANGE_SECONDS = 60;

/** Shows at least a minute, so that a few seconds do not fill the width. */
const range = (plot, first, last) => [Math.min(first, last - MIN_RANGE_SECONDS), last];

/** Formats times as precisely as the time span requires. */
function labels(plot, times) {
  const span = plot.scales.x.max - plot.scales.x.min;
  const options =
    span < 600
      ? { hour: '2-digit', minute: '2-digit', second: '2-digit' }
      : span < 86_400
        ? { hour: '2-digit', minute: '2-digit' }
        : { month: 'short', day: 'numeric' };
  const format = new Intl.DateTimeFormat('en', { ...options, hourCycle: 'h23' });
  return times.map((time) => format.format(time * 1000));
}

/**
 * `<time-plot>`: set `names` and `values`, which has the times in seconds, then the values of each line.
 * Colours come from the CSS classes `line-1` to `line-6`, so that they follow the colour scheme.
 */
class TimePlot extends HTMLElement {
  #plot = null;
  #names = [];
  #values = [[]];
  #dark = matchMedia('(prefers-color-scheme: dark)');
  #redraw = () => this.#create();
  #size = new ResizeObserver(() =>
    this.#plot?.setSize({ width: this.clientWidth, height: HEIGHT }),
  );

  set names(names) {
    this.#names = names;
  }

  set values(values) {
    this.#values = values;
    if (this.isConnected) {
      this.#update();
    }
  }

  connectedCallback() {
    this.#size.observe(this);
    this.#dark.addEventListener('change', this.#redraw);
    this.#create();
  }

  disconnectedCallback() {
    this.#size.disconnect();
    this.#dark.removeEventListener('change', this.#redraw);
    this.#plot?.destroy();
    this.#plot = null;
  }

  #update() {
    if (this.#plot?.series.length === this.#values.length) {
      this.#plot.setData(this.#values);
    } else {
      this.#create();
    }
  }

  #create() {
    this.#plot?.destroy();
    const axis = { stroke: this.#colour('axis'), grid: { stroke: this.#colour('grid'), width: 1 } };
    const line = (label, i) => ({
      label,
      stroke: this.#colour(`line-${1 + (i % 6)}`),
      width: 1.5,
      points: { show: (plot) => plot.data[0].length < 3 },
      paths: this.hasAttribute('steps') ? uPlot.paths.stepped({ align: 1 }) : undefined,
      spanGaps: true,
    });
    this.#plot = new uPlot(
      {
        width: this.clientWidth || 300,
        height: HEIGHT,
        legend: { show: false },
        cursor: { show: false },
        scales: { x: { range }, y: { range: (plot, min, max) => [0, Math.max(max * 1.1, 1)] } },
        axes: [{ ...axis, space: 80, values: labels }, { ...axis, size: 46 }],
        series: [{}, ...this.#names.map(line)],
      },
      this.#values,
      this,
    );
  }

  #colour(name) {
    const probe = document.createElement('span');
    probe.className = name;
    this.append(probe);
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  }
}

customElements.define('time-plot', TimePlot);
