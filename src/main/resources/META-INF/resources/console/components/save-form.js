import {LitElement, css, html} from 'lit';
import {controls} from '../styles.js';

const SHORTCUT = navigator.platform.startsWith('Mac') ? '⌘S' : 'Ctrl+S';

/** The name of an audience, and a button to save it, also by Ctrl+S or Cmd+S (events `rename` and `save`). */
class SaveForm extends LitElement {
  static properties = {
    name: {attribute: false},
    /** `changed`, `saving`, `saved`, or empty. */
    state: {attribute: false},
  };

  static styles = [
    controls,
    css`
      form {
        display: flex;
        flex-wrap: wrap;
        align-items: end;
        gap: 0.5rem 0.75rem;
        margin: 0.5rem 0 1rem;
      }

      div {
        flex: 1 1 18rem;
        display: grid;
        gap: 0.25rem;
      }

      input {
        width: 100%;
        font-size: 1.0625rem;
        font-weight: 600;
      }

      kbd {
        margin-inline-start: 0.5rem;
        font: inherit;
        font-size: 0.8125rem;
      }

      p {
        flex-basis: 100%;
        min-height: 1.5em;
        margin: 0;
        font-size: 0.8125rem;
        color: var(--quiet);
      }
    `,
  ];

  static #TEXTS = {changed: 'Unsaved changes', saving: 'Saving…', saved: 'Saved'};

  #onKey = (event) => this.#key(event);

  connectedCallback() {
    super.connectedCallback();
    addEventListener('keydown', this.#onKey);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener('keydown', this.#onKey);
  }

  render() {
    return html`
      <form @submit=${this.#submit}>
        <div>
          <label for="name">Name</label>
          <input id="name" required maxlength="255" autocomplete="off" .value=${this.name} @input=${this.#rename}>
        </div>
        <button class="primary" type="submit" aria-keyshortcuts="Control+S Meta+S">
          Save<kbd aria-hidden="true">${SHORTCUT}</kbd>
        </button>
        <p role="status">${SaveForm.#TEXTS[this.state] ?? ''}</p>
      </form>
    `;
  }

  #rename(event) {
    this.dispatchEvent(new CustomEvent('rename', {detail: event.target.value}));
  }

  #key(event) {
    if (event.key.toLowerCase() === 's' && (event.ctrlKey || event.metaKey) && !event.altKey) {
      event.preventDefault();
      this.renderRoot.querySelector('form').requestSubmit();
    }
  }

  #submit(event) {
    event.preventDefault();
    if (this.state !== 'saving') {
      this.dispatchEvent(new Event('save'));
    }
  }
}

customElements.define('save-form', SaveForm);
