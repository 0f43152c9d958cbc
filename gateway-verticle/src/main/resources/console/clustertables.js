// The tables of the cluster view.

import { html } from './lib/lit-html.js';
import { age, count, measured } from './format.js';
import { WORDS } from './graph.js';
import { chip, table } from './parts.js';

export const services = (metrics) =>
  table(
    'Services',
    ['Service', 'Instances', 'Versions', 'On', 'No reply from'],
    metrics.services.map((one) => [
      one.service,
      one.instances > 0 ? count(one.instances) : chip('0', 'bad'),
      one.versions.join(', ') || '–',
      one.nodes.join(', ') || '–',
      one.unresponsive.length > 0 ? chip(one.unresponsive.join(', '), 'bad') : '–',
    ]),
  );

export function nodes(metrics) {
  const kind = { up: 'good', unready: 'warn', unresponsive: 'bad', gone: 'bad' };
  const versions = new Map(metrics.all('service').map((each) => [each.node + each.name, each.version]));
  return table(
    'Nodes',
    ['Node', 'State', 'Services', 'Version', 'Up', 'In flight', 'Served'],
    metrics.nodes.map((node) => {
      const own = metrics.all('service').filter((service) => service.node === node.name);
      const total = (name) => (own.length ? count(own.reduce((sum, one) => sum + one[name], 0)) : '–');
      const named = node.services.map((name) => `${name} ${versions.get(node.name + name) ?? ''}`);
      const troubles = metrics.troubles(node).map((pair) => pair.join(': '));
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

export const calls = (metrics) =>
  table(
    'Calls',
    ['From', 'To', 'Calls a second', 'Mean time', 'Failed a second'],
    metrics.calls
      .filter((call) => call.rate > 0)
      .sort((a, b) => b.rate - a.rate)
      .map((call) => [
        call.node.name,
        call.service,
        measured(call.rate),
        `${measured(call.millis)} ms`,
        call.failures > 0 ? chip(measured(call.failures), 'bad') : '0',
      ]),
    'No calls in the last seconds.',
  );

export const breakers = (metrics) =>
  table(
    'Circuit breakers',
    ['Of', 'To', 'State', 'Failures', 'Times opened'],
    metrics.all('circuit').map((one) => [
      one.node,
      one.name,
      chip((one.state ?? 'unknown').toLowerCase(), one.state === 'CLOSED' ? 'good' : 'bad'),
      count(one.failures),
      count(one.timesOpened),
    ]),
  );

export const limits = (metrics) =>
  table(
    'Limits',
    ['Of', 'To', 'In flight', 'At most', 'Rejected'],
    metrics.all('limit').map((one) => [one.node, one.name, count(one.inFlight), count(one.most), count(one.refused)]),
  );

export const queues = (metrics) =>
  table(
    'Queues',
    ['On', 'Queue', 'Waiting', 'At most'],
    metrics.all('queue').map((one) => [one.node, one.name, count(one.waiting), count(one.most)]),
  );

export const backlogs = (metrics) =>
  table(
    'Backlogs',
    ['Backlog', 'What', 'How much'],
    metrics.backlogs.flatMap(([name, values]) =>
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
