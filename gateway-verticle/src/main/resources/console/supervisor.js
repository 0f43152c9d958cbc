// The supervisor of a local cluster: its members, the commands to it, and what has happened since.

import { idleTimeout, send } from './api.js';
import { say, sayFailure } from './parts.js';

const PATH = '/v1/cluster/commands';
const MAX_LOG_LINES = 8;

/** A command ends once the members that it starts are ready. */
const TIMEOUT_MILLIS = 300_000;

/** `onChange` runs whenever there is something new to show. */
export function supervisor(onChange) {
  let read = '';
  let reading = false;
  const state = {
    /** The command that is running, in words. */
    busy: '',
    /** Each member has a name, a service and the state of its process: running, frozen or ended. */
    members: [],
    /** What happened and when, newest first. */
    log: [],
    note,
    run,
    follow,
  };

  function note(texts) {
    const at = new Date();
    state.log = [...texts.map((text) => ({ at, text })).reverse(), ...state.log].slice(0, MAX_LOG_LINES);
  }

  /** Runs a command and shows its outcome; returns what the supervisor said, or undefined if it failed. */
  async function run(text, body) {
    state.busy = text;
    onChange();
    try {
      const { output, done } = (await send('POST', PATH, body, {}, idleTimeout(TIMEOUT_MILLIS).signal)).body;
      if (!done) {
        throw new Error(output.join(' '));
      }
      say(`${text}: ${output.at(-1) ?? 'nothing to do.'}`);
      return output;
    } catch (failure) {
      sayFailure(failure);
      note([`${text}: ${failure.message}`]);
      return undefined;
    } finally {
      state.busy = '';
      read = '';
      onChange();
    }
  }

  /** Reads the members when the cluster looks different, or after a command. */
  async function follow(metrics) {
    const now = metrics.nodes.map((node) => `${node.id} ${node.state}`).join();
    if (now === read || reading) {
      return;
    }
    reading = true;
    try {
      const { body } = await send('POST', PATH, { command: 'members' });
      state.members = body.output.map((line) => {
        const [name, service, process] = line.split(' ');
        return { name, service, process };
      });
      read = now;
      onChange();
    } catch {
      // The view says that the gateway does not respond; the next reading retries.
    } finally {
      reading = false;
    }
  }

  return state;
}
