import {LitElement, css, html} from 'lit';
import {controls} from '../styles.js';

/** Time without another key, in milliseconds, after which a search begins. */
const PAUSE = 250;

/**
 * A field whose text is searched for as the user types (event `search`). The key `/` focuses it, Escape empties it, and
 * the arrow down leaves it for the results (event `leave`).
 */
class SearchField extends LitElement {
  static properties = {
    value: {},
    label: {},
  };

  static styles = [
    controls,
    css`
      input {
        width: 16rem;
        max-width: 100%;
      }
    `,
  ];

  #pause = 0;
  #onKey = (event) => this.#keyOfPage(event);

  connectedCallback() {
    super.connectedCallback();
    addEventListener('keydown', this.#onKey);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener('keydown', this.#onKey);
    clearTimeout(this.#pause);
  }

  /** A change of the address, such as by the back button, must not overwrite what is being typed. */
  updated(changed) {
    const input = this.#input;
    if (changed.has('value') && (this.shadowRoot.activeElement !== input || this.value === '')) {
      input.value = this.value;
    }
  }

  render() {
    return html`
      <label class="hidden" for="search">${this.label}</label>
      <input id="search" type="search" placeholder="${this.label}  /" aria-keyshortcuts="/" autocomplete="off"
        spellcheck="false" maxlength="256" @input=${this.#typed} @keydown=${this.#key}>
    `;
  }

  get #input() {
    return this.renderRoot.querySelector('input');
  }

  #typed() {
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.#search(), PAUSE);
  }

  #search() {
    clearTimeout(this.#pause);
    const detail = this.#input.value.trim();
    if (detail !== this.value) {
      this.dispatchEvent(new CustomEvent('search', {detail}));
    }
  }

  #key(event) {
    if (event.key === 'Enter') {
      this.#search();
    } else if (event.key === 'Escape') {
      this.#input.value = '';
      this.#search();
    } else if (event.key === 'ArrowDown') {
      event.preventDefault();
      this.dispatchEvent(new Event('leave'));
    }
  }

  #keyOfPage(event) {
    const typing = event.composedPath()[0].matches?.('input, textarea, [contenteditable]');
    if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      this.#input.select();
      this.#input.focus();
    }
  }
}

customElements.define('search-field', SearchField);
