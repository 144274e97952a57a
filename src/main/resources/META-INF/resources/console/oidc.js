/**
 * Sign-in at a token provider: OpenID Connect, authorization code with PKCE (RFC 7636). Tokens stay in memory. While
 * the user is at the provider, `sessionStorage` holds the state, the verifier and the address to return to.
 */

const KEY = 'pequel.sign-in';

/** Leaves the page for the provider. */
export async function begin(config) {
  if (!crypto.subtle) {
    throw new Error('Browsers sign in only over HTTPS or at localhost. Open the console at an https address.');
  }
  const provider = await discover(config);
  const state = random();
  const verifier = random();
  sessionStorage.setItem(KEY, JSON.stringify({state, verifier, hash: location.hash}));
  location.assign(`${provider.authorization_endpoint}?${new URLSearchParams({
    response_type: 'code',
    client_id: config.clientId,
    redirect_uri: redirectUri(),
    scope: config.scope,
    state,
    code_challenge: await challenge(verifier),
    code_challenge_method: 'S256',
  })}`);
}

/** Whether the page was opened by the provider's answer. */
export function isReturning() {
  const answer = new URLSearchParams(location.search);
  return answer.has('state') && (answer.has('code') || answer.has('error'));
}

/** Exchanges the code in the page's address for tokens, and restores the address from before the sign-in. */
export async function complete(config) {
  const answer = new URLSearchParams(location.search);
  const begun = JSON.parse(sessionStorage.getItem(KEY) ?? 'null');
  sessionStorage.removeItem(KEY);
  history.replaceState(null, '', location.pathname + (begun?.hash ?? ''));
  if (!begun || begun.state !== answer.get('state')) {
    throw new Error(
      'The answer of the token provider does not belong to a sign-in of this browser tab. Sign in again.',
    );
  }
  if (answer.has('error')) {
    const reason = answer.get('error_description') ?? answer.get('error');
    throw new Error(`The token provider refused the sign-in: ${reason}`);
  }
  const provider = await discover(config);
  if (answer.has('iss') && answer.get('iss') !== provider.issuer) {
    throw new Error('The answer came from another token provider than the one that was asked.');
  }
  return request(provider, {
    grant_type: 'authorization_code',
    code: answer.get('code'),
    redirect_uri: redirectUri(),
    client_id: config.clientId,
    code_verifier: begun.verifier,
  });
}

export async function refresh(config, refreshToken) {
  const provider = await discover(config);
  const tokens = await request(provider, {
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
    client_id: config.clientId,
  });
  return {...tokens, refreshToken: tokens.refreshToken ?? refreshToken};
}

async function discover(config) {
  return json(await reach(`${config.issuer}/.well-known/openid-configuration`));
}

async function request(provider, parameters) {
  const tokens = await json(
    await reach(provider.token_endpoint, {method: 'POST', body: new URLSearchParams(parameters)}),
  );
  return {
    accessToken: tokens.access_token,
    refreshToken: tokens.refresh_token,
    expiresAt: Date.now() + (tokens.expires_in ?? Infinity) * 1000,
  };
}

async function reach(url, options) {
  try {
    return await fetch(url, options);
  } catch {
    throw new Error(`The token provider cannot be reached at ${url}, or does not allow this page (CORS).`);
  }
}

async function json(response) {
  const body = await response.json().catch(() => ({}));
  if (!response.ok) {
    const reason = body.error_description ?? body.error ?? `status ${response.status}`;
    throw new Error(`The token provider refused the request: ${reason}`);
  }
  return body;
}

function redirectUri() {
  return location.origin + '/console/';
}

/** 256 random bits. */
function random() {
  return base64url(crypto.getRandomValues(new Uint8Array(32)));
}

async function challenge(verifier) {
  return base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))));
}

function base64url(bytes) {
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
