import {LitElement, css, html, nothing} from 'lit';
import {keyed} from 'lit/directives/keyed.js';
import {format, parse, replace} from '../address.js';
import {Problem, configuration} from '../api.js';
import {complete, isReturning} from '../oidc.js';
import {session} from '../session.js';
import {controls} from '../styles.js';
import './audience-list.js';
import './audience-page.js';
import './problem-notice.js';
import './sign-in.js';
import './tenant-form.js';
import './top-bar.js';

/** Modules of views that are loaded when they are first shown. */
const MODULES = new Map([['editor', () => import('./audience-editor.js')]]);

/** The page: the top bar, and the view that the address names. */
class PequelConsole extends LitElement {
  static properties = {
    address: {state: true},
    failure: {state: true},
  };

  static styles = [
    controls,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-height: 100vh;
      }

      main {
        width: 100%;
        max-width: 75rem;
        margin: 0 auto;
        padding: 1.5rem clamp(0.75rem, 3vw, 2rem);
      }
    `,
  ];

  #onAddress = () => this.#show(parse(location.hash));
  #onSession = () => {
    this.requestUpdate();
    this.#focusHeading();
  };

  constructor() {
    super();
    this.address = parse(location.hash);
    this.failure = null;
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener('hashchange', this.#onAddress);
    session.addEventListener('change', this.#onSession);
    this.#start();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.#onAddress);
    session.removeEventListener('change', this.#onSession);
  }

  async #start() {
    this.failure = null;
    try {
      session.config = await configuration();
    } catch (failure) {
      this.failure = failure;
      return;
    }
    if (isReturning()) {
      try {
        session.begin(await complete(session.config));
      } catch (failure) {
        session.end(failure);
      }
    }
    this.#show(parse(location.hash));
  }

  #show(address) {
    const {organization, sandbox} = session.config ?? {};
    if (address.organization === '' && organization && sandbox) {
      replace({organization, sandbox});
      return;
    }
    const moved = ['organization', 'sandbox', 'view', 'id'].some((part) => address[part] !== this.address[part]);
    this.address = address;
    this.failure = null;
    this.#load(address.view);
    if (moved) {
      scrollTo(0, 0);
      this.#focusHeading();
    }
  }

  async #load(view) {
    try {
      await MODULES.get(view)?.();
    } catch {
      const advice = 'Check the connection, then try again.';
      this.failure = new Problem(0, 'A part of the console cannot be loaded', [advice]);
    }
  }

  /** Moves the focus to the new view, so that screen readers announce it. */
  async #focusHeading() {
    await this.updateComplete;
    const view = this.renderRoot.querySelector('main > *');
    if (view?.localName.includes('-')) {
      await customElements.whenDefined(view.localName);
    }
    await view?.updateComplete;
    view?.focusHeading?.();
  }

  render() {
    return html`
      <top-bar .address=${this.address} .isOpen=${session.isOpen} .canEnd=${session.canEnd} @skip=${this.#skip}>
      </top-bar>
      <main tabindex="-1">${this.#view()}</main>
    `;
  }

  #view() {
    if (this.failure) {
      return html`<problem-notice .problem=${this.failure} @retry=${this.#start}></problem-notice>`;
    }
    if (!session.config) {
      return nothing;
    }
    if (!session.isOpen) {
      return html`<sign-in .failure=${session.failure} .isKnown=${session.isKnown}></sign-in>`;
    }
    const {organization, sandbox, view, id} = this.address;
    if (organization === '' || sandbox === '') {
      return html`<tenant-form .address=${this.address}></tenant-form>`;
    }
    const shown = this.#views(view, id);
    if (shown) {
      // Another element for another sandbox or audience, so that data of the former is never shown as its own.
      return keyed(JSON.stringify([organization, sandbox, view, id]), shown);
    }
    return html`
      <h1>There is no such page</h1>
      <p><a href=${format({organization, sandbox})}>Audiences of ${sandbox}</a></p>
    `;
  }

  #views(view, id) {
    if (view === 'editor') {
      return html`<audience-editor .address=${this.address}></audience-editor>`;
    }
    if (view !== 'audiences') {
      return null;
    }
    return id === ''
      ? html`<audience-list .address=${this.address}></audience-list>`
      : html`<audience-page .address=${this.address}></audience-page>`;
  }

  #skip() {
    this.renderRoot.querySelector('main').focus();
  }
}

customElements.define('pequel-console', PequelConsole);
