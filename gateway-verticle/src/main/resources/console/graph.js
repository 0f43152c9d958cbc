// The graph of the cluster: a box for each kind of node, and arrows from callers to callees.

import { html, svg } from './lib/lit-html.js';
import { combine } from './metrics.js';
import { measured } from './format.js';

const BOX = 170;
const LINE = 20;
const HEAD = 38;
const GAP = 26;
const MARGIN = 12;

/** Whether the page is so narrow that all boxes go into one column. */
export const narrow = matchMedia('(width < 50rem)');

/** Groups nodes that run the same services; those with the gateway are on the left, or on top. */
function boxes(metrics) {
  const groups = new Map();
  for (const node of metrics.nodes) {
    const key = [...node.services].sort().join(' + ') || node.name;
    groups.set(key, [...(groups.get(key) ?? []), node]);
  }
  const all = [...groups].map(([title, nodes]) => ({
    title,
    nodes,
    services: nodes[0].services,
    height: HEAD + LINE * nodes.length + 8,
  }));
  const isFirst = (box) => box.services.includes('gateway');
  const [first, others] = [all.filter(isFirst), all.filter((box) => !isFirst(box))];
  return narrow.matches
    ? { width: 400, columns: [place([...first, ...others], MARGIN)] }
    : { width: 860, columns: [place(first, MARGIN), place(others, 470)] };
}

function place(column, x) {
  let y = MARGIN;
  for (const box of column) {
    Object.assign(box, { x, y });
    y += box.height + GAP;
  }
  return column;
}

const heightOf = (column) => column.reduce((sum, box) => sum + box.height + GAP, 0) - GAP + 2 * MARGIN;

function centre(column, height) {
  const shift = (height - heightOf(column)) / 2;
  column.forEach((box) => (box.y += shift));
}

function arrows(all, calls) {
  return all.flatMap((from) =>
    all
      .filter((to) => to !== from)
      .map((to) => {
        const names = new Set(from.nodes.map((node) => node.id));
        const between = calls.filter((call) => names.has(call.node.id) && to.services.includes(call.service));
        return { from, to, ...combine(between) };
      })
      .filter((arrow) => arrow.rate > 0),
  );
}

function drawBox({ title, nodes, x, y, height }) {
  return svg`<g class="box" transform="translate(${x} ${y})">
    <rect width=${BOX} height=${height} rx="8"></rect>
    <text class="title" x="14" y="24">${title}</text>
    ${nodes.map(
      (node, i) => svg`<g class="member ${node.state}" transform="translate(14 ${HEAD + LINE * i + 8})">
        <circle cx="5" cy="0" r="5"></circle>
        <text x="18" y="4">${node.name}${node.state === 'up' ? '' : ` (${WORDS[node.state]})`}</text>
      </g>`,
    )}
  </g>`;
}

export const WORDS = { up: 'up', unready: 'not ready', unresponsive: 'no reply', gone: 'gone' };

/** Returns the curve from the side of one box to that of another; in one column, around the right side. */
function curve({ from, to }) {
  const middle = (box, share) => box.y + box.height * share;
  if (from.x < to.x) {
    const [x1, y1, x2, y2] = [from.x + BOX, middle(from, 0.5), to.x, middle(to, 0.5)];
    const bend = (x2 - x1) / 2;
    return {
      d: `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2 - 7} ${y2}`,
      x: x1 + (x2 - x1) * 0.62,
      y: y1 + (y2 - y1) * 0.72 - 7,
      anchor: 'middle',
    };
  }
  const down = from.y < to.y;
  const [y1, y2] = [middle(from, down ? 0.7 : 0.3), middle(to, down ? 0.3 : 0.7)];
  const x = from.x + BOX;
  const reach = 30 + Math.abs(y2 - y1) / 3;
  return {
    d: `M${x} ${y1}C${x + reach} ${y1} ${x + reach} ${y2} ${x + 7} ${y2}`,
    x: x + reach * 0.75 + 9,
    y: (y1 + y2) / 2 + (down ? 14 : -4),
    anchor: 'start',
  };
}

function drawArrow(arrow) {
  const { d } = curve(arrow);
  const weight = arrow.rate >= 100 ? 'heavy' : arrow.rate >= 5 ? 'busy' : 'light';
  return svg`<g class="arrow ${weight} ${arrow.failures > 0 ? 'failing' : ''}">
    <path d=${d} marker-end="url(#head)"></path>
  </g>`;
}

/** Drawn after all lines, so that none crosses it. */
function drawLabel(arrow) {
  const { x, y, anchor } = curve(arrow);
  const words = `${measured(arrow.rate)}/s  ${measured(arrow.millis)} ms`;
  return svg`<text class="label" x=${x} y=${y} text-anchor=${anchor}>${words}</text>`;
}

/** Draws the graph; the tables below it show the same. */
export function graph(metrics) {
  const { width, columns } = boxes(metrics);
  const height = Math.max(...columns.map(heightOf));
  columns.forEach((column) => centre(column, height));
  const all = columns.flat();
  const calls = arrows(all, metrics.calls);
  return html`<figure class="graph">
    <svg viewBox="0 0 ${width} ${height}" role="img"
      aria-label="The nodes of the cluster, and the calls between their services">
      <defs><marker id="head" viewBox="0 0 8 8" refX="1" refY="4" markerWidth="7" markerHeight="7"
        markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L8 4L0 8z"></path></marker></defs>
      ${calls.map(drawArrow)} ${all.map(drawBox)} ${calls.map(drawLabel)}
    </svg>
  </figure>`;
}
