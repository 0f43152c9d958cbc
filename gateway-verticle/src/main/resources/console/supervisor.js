// The supervisor of a local cluster: its members, the commands that it is given, and what happened since.

import { limit, send } from './api.js';
import { say, sayFailure } from './parts.js';

const PATH = '/v1/cluster/commands';
const KEPT = 8;

/** A command ends when the members that it starts are ready. */
const LIMIT_MILLIS = 300_000;

/** `changed` runs whenever there is something else to show. */
export function supervisor(changed) {
  let read = '';
  let reading = false;
  const state = {
    /** What is being done, in words. */
    busy: '',
    /** Each with its name and service, and whether its process is running, frozen or ended. */
    members: [],
    /** What happened and when, the newest first. */
    log: [],
    note,
    run,
    follow,
  };

  function note(texts) {
    const at = new Date();
    state.log = [...texts.map((text) => ({ at, text })).reverse(), ...state.log].slice(0, KEPT);
  }

  /** Gives a command, and says what became of it; what the supervisor said, or nothing if it failed. */
  async function run(text, body) {
    state.busy = text;
    changed();
    try {
      const { output, done } = (await send('POST', PATH, body, {}, limit(LIMIT_MILLIS).signal)).body;
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
      changed();
    }
  }

  /** Asks for the members when the cluster looks different, or after a command. */
  async function follow(figures) {
    const now = figures.nodes.map((node) => `${node.id} ${node.state}`).join();
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
      changed();
    } catch {
      // The view says that the gateway does not answer; the next picture asks again.
    } finally {
      reading = false;
    }
  }

  return state;
}
