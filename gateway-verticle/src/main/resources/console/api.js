// Calls the REST API for the user who is logged in. Tokens are kept in memory only.

const TIMEOUT_MILLIS = 15_000;

/** The tokens of the session, and their refresh while it is in flight; empty without a session. */
let tokens = {};

/** Dispatches `ended` when the session has ended and cannot be refreshed. */
export const session = new EventTarget();

/** An error response (RFC 9457). */
export class Problem extends Error {
  constructor(status, body) {
    super([summary(status, body), ...faults(body)].join('; '));
    this.status = status;
    this.code = body.code || '';
  }
}

function summary(status, body) {
  return body.detail || body.title || `The gateway answered ${status}.`;
}

/** Returns the errors of single fields, except those that the summary contains. */
function faults({ detail, errors = [] }) {
  return errors
    .filter((error) => !detail?.includes(error.detail))
    .map((error) => `${error.pointer}: ${error.detail}`);
}

/** Returns a signal that aborts some milliseconds after the last `restart()`, or after this call. */
export function idleTimeout(millis) {
  const abort = new AbortController();
  const reason = new Error(`The gateway has sent nothing for ${millis / 1000} seconds.`);
  let timer;
  const restart = () => {
    clearTimeout(timer);
    timer = setTimeout(() => abort.abort(reason), millis);
  };
  restart();
  return { signal: abort.signal, restart };
}

/** Starts a session. Any account may have one; the API decides what it may do. */
export async function logIn(email, password) {
  keep(await plain('/v1/auth/login', { email, password }));
}

/** Ends the session: here at once, and in the auth service soon after. */
export function logOut() {
  const refresh_token = tokens.refresh;
  tokens = {};
  if (refresh_token) {
    plain('/v1/auth/logout', { refresh_token }).catch(() => {});
  }
}

export async function get(path, query = {}, signal) {
  const given = Object.entries(query).filter(([, value]) => value !== '' && value != null);
  const search = new URLSearchParams(given).toString();
  return (await send('GET', search ? `${path}?${search}` : path, undefined, {}, signal)).body;
}

/** Sends a request; returns the body of the response and its entity tag. */
export async function send(method, path, body, headers = {}, signal) {
  const type = body === undefined ? {} : { 'Content-Type': 'application/json' };
  const response = await open(path, {
    method,
    headers: { ...type, ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal,
  });
  return { body: await read(response), etag: response.headers.get('ETag') };
}

/** Returns the response itself, which may be a stream if `init` has a signal to end it; fails with a Problem. */
export async function open(path, init = {}) {
  let response = await authorized(path, init);
  if (response.status === 401) {
    await refresh();
    response = await authorized(path, init);
  }
  if (!response.ok) {
    throw new Problem(response.status, await read(response).catch(() => ({})));
  }
  return response;
}

function authorized(path, init) {
  const headers = { ...init.headers, Authorization: `Bearer ${tokens.access}` };
  const signal = init.signal ?? idleTimeout(TIMEOUT_MILLIS).signal;
  return fetch(path, { ...init, headers, signal, cache: 'no-store' });
}

/** A refresh token can be used only once, so all requests that need a new one wait for the same refresh. */
function refresh() {
  const expired = tokens;
  expired.refreshing ??= plain('/v1/auth/refresh', { refresh_token: expired.refresh ?? 'none' })
    .then((answer) => {
      if (tokens !== expired) {
        throw new Error('You have logged out.');
      }
      keep(answer);
    })
    .catch((problem) => {
      if (tokens === expired && problem instanceof Problem && problem.status < 500 && problem.status !== 429) {
        tokens = {};
        session.dispatchEvent(new Event('ended'));
      }
      throw problem;
    })
    .finally(() => {
      expired.refreshing = null;
    });
  return expired.refreshing;
}

function keep(answer) {
  tokens = { access: answer.access_token, refresh: answer.refresh_token };
}

async function plain(path, body) {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
    signal: idleTimeout(TIMEOUT_MILLIS).signal,
  });
  const answer = await read(response).catch(() => ({}));
  if (!response.ok) {
    throw new Problem(response.status, answer);
  }
  return answer;
}

async function read(response) {
  const text = await response.text();
  return text ? JSON.parse(text) : {};
}
