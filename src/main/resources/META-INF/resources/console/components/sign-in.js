import {LitElement, css, html, nothing} from 'lit';
import {begin} from '../oidc.js';
import {session} from '../session.js';
import {controls} from '../styles.js';

/** Signs the user in: at the token provider, or with a pasted token. */
class SignIn extends LitElement {
  static properties = {
    failure: {attribute: false},
    isKnown: {attribute: false},
    isLeaving: {state: true},
  };

  static styles = [
    controls,
    css`
      section {
        max-width: 30rem;
        margin: 3rem auto;
        padding: 1.5rem;
      }

      form,
      section {
        display: flex;
        flex-direction: column;
        gap: 0.75rem;
      }

      textarea {
        font-family: var(--code);
        resize: vertical;
      }

      p {
        margin: 0;
      }

      .failure {
        color: var(--bad);
      }
    `,
  ];

  render() {
    return html`
      <section class="card">
        <h1 tabindex="-1">Sign in</h1>
        ${this.failure ? this.#failure(this.failure) : nothing}
        ${this.#form()}
      </section>
    `;
  }

  #failure({message, messages = []}) {
    return html`
      <div class="failure" role="alert">
        <p>${message}</p>
        ${messages.map((text) => html`<p>${text}</p>`)}
      </div>
    `;
  }

  #form() {
    if (this.isKnown) {
      return this.#apiKey();
    }
    return session.config.signIn === 'oidc' ? this.#provider() : this.#token();
  }

  #provider() {
    return html`
      <p>
        Sign in at ${new URL(session.config.issuer).host}. The token stays in memory, until this page is closed.
      </p>
      <button class="primary" type="button" ?disabled=${this.isLeaving} @click=${this.#begin}>Sign in</button>
      <details>
        <summary>Use a token instead</summary>
        ${this.#token()}
      </details>
    `;
  }

  #token() {
    return html`
      <form @submit=${this.#useToken}>
        <p id="about">The token stays in memory, until this page is closed.</p>
        <label for="token">Bearer token</label>
        <textarea id="token" name="token" rows="6" required spellcheck="false" autocomplete="off"
          aria-describedby="about"></textarea>
        <button class="primary" type="submit">Use the token</button>
      </form>
    `;
  }

  #apiKey() {
    return html`
      <form @submit=${this.#useApiKey}>
        <p id="about">This service also asks for an API key, which stays in memory.</p>
        <label for="key">API key</label>
        <input id="key" name="key" type="password" required autocomplete="off" aria-describedby="about">
        <button class="primary" type="submit">Use the key</button>
      </form>
    `;
  }

  async #begin() {
    this.isLeaving = true;
    try {
      await begin(session.config);
    } catch (failure) {
      this.isLeaving = false;
      session.end(failure);
    }
  }

  #useToken(event) {
    event.preventDefault();
    const token = new FormData(event.target).get('token').trim();
    session.begin({accessToken: token.replace(/^Bearer\s+/i, '')});
  }

  #useApiKey(event) {
    event.preventDefault();
    session.useApiKey(new FormData(event.target).get('key').trim());
  }

  focusHeading() {
    this.renderRoot.querySelector('h1').focus();
  }
}

customElements.define('sign-in', SignIn);
