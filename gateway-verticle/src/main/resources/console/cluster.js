// The cluster, read twice a second.

import { html } from './lib/lit-html.js';
import { get, idleTimeout } from './api.js';
import { Metrics } from './metrics.js';
import { plots } from './clusterplots.js';
import { backlogs, breakers, calls, limits, nodes, queues, services } from './clustertables.js';
import { measured } from './format.js';
import { graph, narrow } from './graph.js';
import { say } from './parts.js';
import { resilience } from './resilience.js';

const PERIOD_MILLIS = 500;
const TIMEOUT_MILLIS = 3000;

export function cluster(show) {
  const metrics = new Metrics();
  const breaking = resilience(() => draw());
  let trouble = '';
  let timer;
  let open = true;
  const read = async () => {
    const startedAt = performance.now();
    try {
      const found = await get('/v1/cluster', {}, idleTimeout(TIMEOUT_MILLIS).signal);
      const changes = metrics.add(found, performance.now());
      if (open) {
        breaking.follow(metrics, changes);
      }
      if (open && changes.length > 0) {
        say(changes.join(' '));
      }
      trouble = '';
    } catch (failure) {
      trouble = failure.message;
    }
    draw();
    if (open) {
      timer = setTimeout(read, Math.max(100, PERIOD_MILLIS - (performance.now() - startedAt)));
    }
  };
  const draw = () => show(page(metrics, trouble, breaking));
  read();
  narrow.addEventListener('change', draw);
  return () => {
    open = false;
    narrow.removeEventListener('change', draw);
    breaking.stop();
    clearTimeout(timer);
  };
}

function page(metrics, trouble, breaking) {
  const known = metrics.series.length > 0;
  return html`<h1>Cluster ${known ? html`<small>${metrics.name}</small>` : ''}</h1>
    <p class="trouble" ?hidden=${!trouble}>The gateway does not say how the cluster is: ${trouble}</p>
    ${known ? content(metrics, breaking) : html`<p class="empty">Reading …</p>`}`;
}

const content = (metrics, breaking) =>
  html`${summary(metrics)} ${graph(metrics)}
    <section class="plots" aria-label="Calls to the services">${plots(metrics)}</section>
    ${metrics.supervised ? breaking.section(metrics) : ''}
    <section><h2>Services</h2>${services(metrics)}</section>
    <section><h2>Nodes</h2>${nodes(metrics)}</section>
    <section><h2>Calls</h2>${calls(metrics)}</section>
    <section class="columns">
      <div><h2>Circuit breakers</h2>${breakers(metrics)}</div>
      <div><h2>Limits</h2>${limits(metrics)}</div>
      <div><h2>Queues</h2>${queues(metrics)}</div>
      <div><h2>Backlogs</h2>${backlogs(metrics)}</div>
    </section>`;

function summary(metrics) {
  const nodes = metrics.nodes;
  const well = nodes.filter((node) => node.state === 'up').length;
  const open = metrics.all('circuit').filter((circuit) => circuit.state !== 'CLOSED').length;
  const failures = metrics.calls.reduce((sum, call) => sum + call.failures, 0);
  const tile = (name, value, bad) =>
    html`<div class="tile ${bad ? 'bad' : ''}"><dt>${name}</dt><dd>${value}</dd></div>`;
  return html`<dl class="tiles">
    ${tile('Nodes up', `${well} of ${nodes.length}`, well < nodes.length)}
    ${tile('Services', metrics.services.length)} ${tile('Open circuit breakers', open, open > 0)}
    ${tile('Failed calls', `${measured(failures)}/s`, failures > 0)}
  </dl>`;
}
