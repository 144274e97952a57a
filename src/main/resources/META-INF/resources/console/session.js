/** The configuration of the service, and the token of the user. The browser stores neither. */

import {dropAllDrafts} from './drafts.js';
import {refresh} from './oidc.js';

/** Renew a token that expires within this time, in milliseconds. */
const RENEW_BEFORE = 30_000;

class Session extends EventTarget {
  #tokens = null;
  #apiKey = '';
  #renewal = null;

  /** The answer of `/console/config`; null until it has arrived. */
  config = null;

  /** Why there is no session, as an `Error`; null if there was none yet, or the user ended it. */
  failure = null;

  /** Whether requests can be sent. */
  get isOpen() {
    return this.isKnown && (this.#apiKey !== '' || !this.config.needsApiKey);
  }

  /** Whether there is a token, or none is needed; an API key may still be missing. */
  get isKnown() {
    return this.config?.signIn === 'none' || this.#tokens !== null;
  }

  /** Whether the user can sign out. */
  get canEnd() {
    return this.#tokens !== null || this.#apiKey !== '';
  }

  /** @param tokens `{accessToken, refreshToken, expiresAt}`; only the first is required */
  begin(tokens) {
    this.#tokens = tokens;
    this.failure = null;
    this.#changed();
  }

  useApiKey(key) {
    this.#apiKey = key;
    this.#changed();
  }

  /** @param reason why the service refused the token, as an `Error`; null if the user signs out */
  end(reason = null) {
    this.#tokens = null;
    this.#apiKey = '';
    if (reason === null) {
      dropAllDrafts();
    }
    this.failure = reason;
    this.#changed();
  }

  /** The headers that identify the caller. A token that is about to expire is renewed first, if possible. */
  async headers() {
    if (this.#tokens?.refreshToken && this.#tokens.expiresAt - RENEW_BEFORE < Date.now()) {
      this.#renewal ??= this.#renew();
      await this.#renewal;
    }
    const headers = {};
    if (this.#tokens) {
      headers.Authorization = `Bearer ${this.#tokens.accessToken}`;
    }
    if (this.#apiKey) {
      headers['x-api-key'] = this.#apiKey;
    }
    return headers;
  }

  /** The organizations that the token names; empty if it is not known. */
  get organizations() {
    return this.#names(this.config?.organizationClaim);
  }

  /** The sandboxes that the token names; empty if it is valid for all. */
  get sandboxes() {
    return this.#names(this.config?.sandboxesClaim);
  }

  async #renew() {
    try {
      this.#tokens = await refresh(this.config, this.#tokens.refreshToken);
    } catch {
      // The old token is sent, and the answer of the service says whether it is still valid.
      this.#tokens = this.#tokens && {...this.#tokens, refreshToken: undefined};
    } finally {
      this.#renewal = null;
    }
  }

  #names(claim) {
    const value = claims(this.#tokens?.accessToken)[claim] ?? [];
    return [value].flat().filter((name) => typeof name === 'string');
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}

/** Reads the claims of a JSON Web Token, unverified. They only fill in forms; the service verifies the token. */
function claims(token) {
  try {
    const payload = token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/');
    const bytes = Uint8Array.from(atob(payload), (character) => character.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes)) ?? {};
  } catch {
    return {};
  }
}

export const session = new Session();
