// The tables of the cluster view.

import { html } from './lib/lit-html.js';
import { age, count, figure } from './format.js';
import { WORDS } from './graph.js';
import { chip, table } from './parts.js';

export const services = (figures) =>
  table(
    'Services',
    ['Service', 'Instances', 'Versions', 'On', 'No reply from'],
    figures.services.map((one) => [
      one.service,
      one.instances > 0 ? count(one.instances) : chip('0', 'bad'),
      one.versions.join(', ') || '–',
      one.nodes.join(', ') || '–',
      one.unresponsive.length > 0 ? chip(one.unresponsive.join(', '), 'bad') : '–',
    ]),
  );

export function nodes(figures) {
  const kind = { up: 'good', unready: 'warn', silent: 'bad', gone: 'bad' };
  const versions = new Map(figures.all('service').map((each) => [each.node + each.name, each.version]));
  return table(
    'Nodes',
    ['Node', 'State', 'Services', 'Version', 'Up', 'In flight', 'Served'],
    figures.nodes.map((node) => {
      const own = figures.all('service').filter((service) => service.node === node.name);
      const total = (name) => (own.length ? count(own.reduce((sum, one) => sum + one[name], 0)) : '–');
      const named = node.services.map((name) => `${name} ${versions.get(node.name + name) ?? ''}`);
      const troubles = figures.troubles(node).map((pair) => pair.join(': '));
      return [
        node.name,
        html`${chip(WORDS[node.state], kind[node.state])} ${troubles.join('; ')}`,
        named.join(', '),
        node.version ?? '–',
        node.upSeconds == null || node.state === 'gone' ? '–' : age(node.upSeconds),
        total('inFlight'),
        total('served'),
      ];
    }),
  );
}

export const calls = (figures) =>
  table(
    'Calls',
    ['From', 'To', 'Calls a second', 'Mean time', 'Failed a second'],
    figures.calls
      .filter((call) => call.rate > 0)
      .sort((a, b) => b.rate - a.rate)
      .map((call) => [
        call.node.name,
        call.service,
        figure(call.rate),
        `${figure(call.millis)} ms`,
        call.failures > 0 ? chip(figure(call.failures), 'bad') : '0',
      ]),
    'No calls in the last seconds.',
  );

export const breakers = (figures) =>
  table(
    'Circuit breakers',
    ['Of', 'To', 'State', 'Failures', 'Times opened'],
    figures.all('circuit').map((one) => [
      one.node,
      one.name,
      chip((one.state ?? 'unknown').toLowerCase(), one.state === 'CLOSED' ? 'good' : 'bad'),
      count(one.failures),
      count(one.timesOpened),
    ]),
  );

export const limits = (figures) =>
  table(
    'Limits',
    ['Of', 'To', 'In flight', 'At most', 'Rejected'],
    figures.all('limit').map((one) => [one.node, one.name, count(one.inFlight), count(one.most), count(one.refused)]),
  );

export const queues = (figures) =>
  table(
    'Queues',
    ['On', 'Queue', 'Waiting', 'At most'],
    figures.all('queue').map((one) => [one.node, one.name, count(one.waiting), count(one.most)]),
  );

export const backlogs = (figures) =>
  table(
    'Backlogs',
    ['Backlog', 'What', 'How much'],
    figures.backlogs.flatMap(([name, values]) =>
      Object.entries(values)
        .sort()
        .map(([what, value]) => [name, ...amount(what, value)]),
    ),
  );

const SECONDS = /Seconds$/;

/** Returns a name and its value, which is an age if the name ends in Seconds. */
function amount(what, value) {
  if (!Number.isFinite(value)) {
    return [what, value];
  }
  return SECONDS.test(what) ? [what.replace(SECONDS, ''), age(value)] : [what, count(value)];
}
