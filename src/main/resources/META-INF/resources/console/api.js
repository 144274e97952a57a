/** Requests to the API of Pequel. */

import {session} from './session.js';

const ROOT = '/data/core/ups';

/** A failed request, with the text of the service's answer. */
export class Problem extends Error {
  /** @param status of the answer; 0 if there was none */
  constructor(status, title, messages, requestId = '') {
    super(title);
    this.status = status;
    this.messages = messages;
    this.requestId = requestId;
  }
}

/**
 * Sends a GET request, and returns the parsed answer.
 *
 * @param tenant an object with `organization` and `sandbox`
 * @param signal cancels the request when its view is left
 */
export async function get(path, {tenant, query = {}, signal}) {
  const headers = {
    ...(await session.headers()),
    Accept: 'application/json',
    'x-gw-ims-org-id': tenant.organization,
    'x-sandbox-name': tenant.sandbox,
  };
  try {
    return await send(`${ROOT}${path}${parameters(query)}`, {headers, signal});
  } catch (failure) {
    if (failure.status === 401) {
      session.end(failure);
    }
    throw failure;
  }
}

/** Reads how users sign in. */
export function configuration() {
  return send('/console/config', {});
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
  return response.json();
}

function parameters(query) {
  const given = Object.entries(query).filter(([, value]) => value !== '' && value != null);
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
}

async function problem(response) {
  const body = await response.json().catch(() => ({}));
  const messages = Object.values(body.errors ?? {}).flat().map((error) => error.message);
  return new Problem(response.status, body.title ?? `Status ${response.status}`, messages, body.requestId);
}
