// Breaks a local cluster on purpose while requests continue; only if ./tradepost cluster runs it.

import { html } from './lib/lit-html.js';
import { ask } from './dialog.js';
import { clock, count } from './format.js';
import { WORDS } from './graph.js';
import { chip, field } from './parts.js';
import { traffic } from './traffic.js';
import { supervisor } from './supervisor.js';

const MAX_INSTANCES = 9;
const KINDS = { up: 'good', unready: 'warn' };

/**
 * Returns `section(metrics)` to show, `follow(metrics, changes)` to call after each reading of the cluster, and `stop`
 * for the end; `onChange` asks for a redraw.
 */
export function resilience(onChange) {
  const requests = traffic(onChange);
  const cluster = supervisor(onChange);
  let audit = { at: new Date(), lines: [] };

  const command = async (text, body) => {
    const output = await cluster.run(text, body);
    if (output) {
      cluster.note(body.command === 'audit' ? [`Audit: ${output.at(-1)}`] : output);
      onChange();
    }
    return output;
  };
  const check = async () => {
    audit.lines = [];
    const output = await command('Audit', { command: 'audit' });
    audit = { at: new Date(), lines: output ?? [] };
    onChange();
  };
  const scale = async (service, present) => {
    const fields = field('Instances', 'instances', {
      type: 'number',
      value: present,
      min: 1,
      max: MAX_INSTANCES,
      step: 1,
      required: true,
    });
    const text = 'Those that have ended are started again. The newest leave first.';
    const given = await ask({ title: `Scale ${service}`, text, action: 'Scale', fields });
    if (given) {
      command(`Scale ${service}`, { command: 'scale', target: service, instances: Number(given.instances) });
    }
  };
  const toggle = () => {
    if (requests.isRunning()) {
      requests.stop();
    } else {
      requests.start();
    }
    onChange();
  };

  /** A button that keeps its place and the focus while it is disabled. */
  const button = (label, act, { possible = true, about = '' } = {}) => {
    const usable = possible && !cluster.busy;
    return html`<button class="plain" aria-label=${about ? `${label} ${about}` : label} aria-disabled=${!usable}
      @click=${() => usable && act()}>${label}</button>`;
  };
  const member = (metrics) => {
    const nodes = new Map(metrics.nodes.map((node) => [node.name, node.state]));
    return ({ name, process }) => {
      const state = nodes.get(name) ?? 'gone';
      const act = (label, word, possible = true) =>
        button(label, () => command(`${label} ${name}`, { command: word, target: name }), { possible, about: name });
      return html`<li>
        <b>${name}</b>
        <span>${chip(WORDS[state], KINDS[state] ?? 'bad')} ${state === 'up' && process === 'running' ? '' : process}</span>
        <span class="actions">
          ${act('Kill', 'kill', process !== 'ended')}
          ${process === 'frozen' ? act('Resume', 'resume') : act('Freeze', 'freeze', process === 'running')}
          ${process === 'ended' ? act('Start', 'restart') : act('Restart', 'restart')}
        </span>
      </li>`;
    };
  };

  const section = (metrics) => html`<section aria-labelledby="resilience">
    <h2 id="resilience">Break it</h2>
    <p class="hint">./tradepost cluster runs these members on one machine. Break one while requests go on.</p>
    ${tiles(requests, cluster.busy === 'Audit', audit.lines)}
    <p class="actions">
      <button @click=${toggle}>${requests.isRunning() ? 'Stop the requests' : 'Send 10 requests a second'}</button>
      ${button('Audit', check)}
      ${[...instances(cluster.members)].map(([service, present]) =>
        button(`Scale ${service}`, () => scale(service, present)),
      )}
      <span class="connection" role="status">${cluster.busy ? `${cluster.busy} …` : ''}</span>
    </p>
    <ul class="members" aria-label="Members">${cluster.members.map(member(metrics))}</ul>
    ${requests.counts.last ? html`<p class="hint">The last request that failed: ${requests.counts.last}</p>` : ''}
    ${cluster.log.length > 0
      ? html`<h3>What happened</h3>
          <ol class="log">${cluster.log.map(({ at, text }) => html`<li>${clock(at)} ${text}</li>`)}</ol>`
      : ''}
    ${audit.lines.length > 0
      ? html`<h3>Audit of ${clock(audit.at)}</h3>
          <pre tabindex="0" role="region" aria-label="Audit">${audit.lines.join('\n')}</pre>`
      : ''}
  </section>`;

  const follow = (metrics, changes) => {
    cluster.note(changes);
    if (metrics.supervised) {
      cluster.follow(metrics);
    }
  };
  return { section, follow, stop: requests.stop };
}

/** Returns how many members each service has, running or not. */
function instances(members) {
  const counts = new Map();
  members.forEach(({ service }) => counts.set(service, (counts.get(service) ?? 0) + 1));
  return counts;
}

function tiles(requests, auditing, audit) {
  const { sent, failed } = requests.counts;
  const verdict = audit.at(-1)?.split('. ').at(-1);
  const tile = (name, value, bad = false) =>
    html`<div class="tile ${bad ? 'bad' : ''}"><dt>${name}</dt><dd>${value}</dd></div>`;
  return html`<dl class="tiles">
    ${tile('Requests sent', count(sent))} ${tile('Failed requests', count(failed), failed > 0)}
    ${tile('Slowest', `${count(Math.round(requests.slowest()))} ms`)}
    ${tile('Audit', auditing ? 'running' : (verdict ?? 'not yet'), verdict !== undefined && verdict !== 'Clean.')}
  </dl>`;
}
