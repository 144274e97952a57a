/** Requests to the API of Pequel. */

import {session} from './session.js';

const ROOT = '/data/core/ups';

/** A failed request, with the text of the service's answer. */
export class Problem extends Error {
  /**
   * @param status of the answer; 0 if there was none
   * @param diagnostics of a refused expression
   */
  constructor(status, title, messages, requestId = '', diagnostics = []) {
    super(title);
    this.status = status;
    this.messages = messages;
    this.requestId = requestId;
    this.diagnostics = diagnostics;
  }
}

/** Sends a GET request, and returns the body of the answer. The options are those of `request`. */
export async function get(path, options) {
  return (await request('GET', path, options)).body;
}

/** Sends a POST request, and returns the body of the answer. The options are those of `request`. */
export async function post(path, options) {
  return (await request('POST', path, options)).body;
}

/**
 * Sends a request, and returns `{body, entityTag}`.
 *
 * @param tenant an object with `organization` and `sandbox`
 * @param body is sent as JSON
 * @param entityTag the version that a change expects
 * @param signal cancels the request when its view is left
 */
export async function request(method, path, {tenant, query = {}, body, entityTag, signal}) {
  const headers = {
    ...(await session.headers()),
    Accept: 'application/json',
    'x-gw-ims-org-id': tenant.organization,
    'x-sandbox-name': tenant.sandbox,
  };
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
  }
  if (entityTag) {
    headers['If-Match'] = entityTag;
  }
  try {
    const response = await send(`${ROOT}${path}${parameters(query)}`, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      signal,
    });
    return {body: await response.json(), entityTag: response.headers.get('ETag')};
  } catch (failure) {
    if (failure.status === 401) {
      session.end(failure);
    }
    throw failure;
  }
}

/** Reads how users sign in. */
export async function configuration() {
  return (await send('/console/config', {})).json();
}

async function send(url, options) {
  let response;
  try {
    response = await fetch(url, options);
  } catch (failure) {
    if (failure.name === 'AbortError') {
      throw failure;
    }
    throw new Problem(0, 'Pequel cannot be reached', ['Check the connection, then try again.']);
  }
  if (!response.ok) {
    throw await problem(response);
  }
  return response;
}

function parameters(query) {
  const given = Object.entries(query).filter(([, value]) => value !== '' && value != null);
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
}

async function problem(response) {
  const {title = `Status ${response.status}`, errors = {}, requestId, diagnostics} = await response
    .json()
    .catch(() => ({}));
  const messages = Object.values(errors).flat().map((error) => error.message);
  return new Problem(response.status, title, messages, requestId, diagnostics);
}
