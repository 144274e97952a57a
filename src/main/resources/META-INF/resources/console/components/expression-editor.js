import {LitElement, css, html, nothing} from 'lit';
import {get} from '../api.js';
import {Analysis} from '../editor/analysis.js';
import {controls} from '../styles.js';
import './code-editor.js';
import './expression-count.js';
import './part-list.js';
import './problem-list.js';

/** Most fields or values that a completion offers; more are found by typing on. */
const OFFERED = 50;

/**
 * An expression with its problems and its numbers of profiles, all and by condition, as the user types. The event
 * `change` has the text as its detail.
 */
class ExpressionEditor extends LitElement {
  static properties = {
    /** The sandbox; with an `id`, profiles are compared with those of this audience. */
    address: {attribute: false},
    /** The answer of `GET /pql/language`. */
    words: {attribute: false},
    /** The text at first. */
    value: {attribute: false},
  };

  static styles = [
    controls,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 2.5fr) minmax(15rem, 1fr);
        gap: 1rem;
        align-items: start;
      }

      :host > div {
        display: grid;
        gap: 1rem;
      }

      header {
        display: flex;
        align-items: baseline;
        justify-content: space-between;
        gap: 1rem;
        padding: 0.5rem 0.75rem;
        border-bottom: 1px solid var(--line);
      }

      @media (max-width: 56rem) {
        :host {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `,
  ];

  #analysis = new Analysis(this, () => this.address);
  #fields = (prefix, signal) =>
    get('/config/fields', {tenant: this.address, query: {prefix, limit: OFFERED}, signal});
  #values = (path, prefix, signal) =>
    get('/config/fields/values', {tenant: this.address, query: {path, prefix, limit: OFFERED}, signal});

  firstUpdated() {
    this.#analysis.run(this.value);
  }

  render() {
    const {check, count, problem, isCounting} = this.#analysis;
    const diagnostics = check?.diagnostics ?? [];
    const parts = count?.parts ?? [];
    return html`
      <div>
        <section class="card" aria-labelledby="heading">
          <header>
            <h2 id="heading">Expression</h2>
            <span class="quiet">profiles by line</span>
          </header>
          <code-editor .value=${this.value} .words=${this.words} .fields=${this.#fields} .values=${this.#values}
            .check=${check} .count=${count} @change=${this.#change}></code-editor>
        </section>
        <problem-list .diagnostics=${diagnostics} @select=${this.#select} @fix=${this.#fix}></problem-list>
        ${parts.length > 1
          ? html`<part-list .text=${count.text} .parts=${parts} @select=${this.#select}></part-list>`
          : nothing}
      </div>
      <expression-count .check=${check} .count=${count} .problem=${problem} .isCounting=${isCounting}>
      </expression-count>
    `;
  }

  get #editor() {
    return this.renderRoot.querySelector('code-editor');
  }

  /** Replaces the text. */
  setText(text) {
    this.#editor.setText(text);
  }

  /** Counts again, because the audience to compare with has changed. */
  recount() {
    this.#analysis.run(this.#editor.text);
  }

  #change(event) {
    this.#analysis.schedule(event.detail);
    this.dispatchEvent(new CustomEvent('change', {detail: event.detail}));
  }

  #select({detail: {offset, length}}) {
    this.#editor.select(offset, length);
  }

  #fix({detail: {offset, length, suggestion}}) {
    // The place belongs to the text that was checked.
    if (this.#analysis.check.text === this.#editor.text) {
      this.#editor.replace(offset, length, suggestion);
    }
  }
}

customElements.define('expression-editor', ExpressionEditor);
