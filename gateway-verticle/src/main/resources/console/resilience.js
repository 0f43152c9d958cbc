// Breaks a local cluster on purpose, beside requests that go on: only where ./tradepost cluster runs it.

import { html } from './lib/lit-html.js';
import { send } from './api.js';
import { ask } from './dialog.js';
import { count } from './format.js';
import { WORDS } from './graph.js';
import { attempt, chip, field, table } from './parts.js';
import { probes } from './probes.js';

/** Gives `section(figures)` to show, and `stop` for the end; `changed` asks for a new picture. */
export function resilience(changed) {
  const requests = probes(changed);
  let audit = '';
  let busy = '';

  const command = async (text, body) => {
    busy = text;
    changed();
    const outcome = await attempt(async () => {
      const { body: answer } = await send('POST', '/v1/cluster/commands', body);
      if (!answer.done && body.command !== 'audit') {
        throw new Error(answer.output.join(' '));
      }
      return answer;
    }, `${text}: done.`);
    busy = '';
    changed();
    return outcome;
  };
  const check = async () => {
    const outcome = await command('Audit', { command: 'audit' });
    audit = outcome ? outcome.output.join('\n') : '';
    changed();
  };
  const scale = async (service, instances) => {
    const fields = field('Instances', 'instances', { type: 'number', value: instances, min: 1, step: 1 });
    const given = await ask({ title: `Scale ${service}`, action: 'Scale', fields });
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
    changed();
  };

  const member = (node) => {
    const button = (label) =>
      html`<button class="plain" aria-label="${label} ${node.name}" ?disabled=${busy !== ''}
        @click=${() => command(`${label} ${node.name}`, { command: label.toLowerCase(), target: node.name })}>${label}</button>`;
    const kind = { up: 'good', unready: 'warn' }[node.state] ?? 'bad';
    return [
      node.name,
      chip(WORDS[node.state], kind),
      html`<span class="actions">${['Kill', 'Freeze', 'Resume', 'Restart'].map(button)}</span>`,
    ];
  };
  const section = (figures) => html`<section aria-labelledby="resilience">
    <h2 id="resilience">Break it</h2>
    <p class="hint">This cluster runs on one machine under ./tradepost cluster. Kill a member while requests go on.</p>
    <dl class="tiles">
      <div class="tile"><dt>Requests sent</dt><dd>${count(requests.counts.sent)}</dd></div>
      <div class="tile ${requests.counts.failed > 0 ? 'bad' : ''}"><dt>Failed requests</dt>
        <dd>${count(requests.counts.failed)}</dd></div>
      <div class="tile"><dt>Slowest</dt><dd>${count(Math.round(requests.counts.slowest))} ms</dd></div>
    </dl>
    <p class="hint">${requests.counts.last}</p>
    <p class="actions">
      <button @click=${toggle}>${requests.isRunning() ? 'Stop the requests' : 'Send 10 requests a second'}</button>
      <button class="plain" ?disabled=${busy !== ''} @click=${check}>Audit</button>
      ${figures.services.map(
        ({ service, instances }) => html`<button class="plain" ?disabled=${busy !== ''}
          @click=${() => scale(service, instances)}>Scale ${service}</button>`,
      )}
      <span class="connection">${busy ? `${busy} …` : ''}</span>
    </p>
    ${audit ? html`<pre>${audit}</pre>` : ''}
    ${table('Members', ['Member', 'State', 'What to do'], figures.nodes.map(member))}
  </section>`;
  return { section, stop: requests.stop };
}
