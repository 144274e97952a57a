import {LitElement, css, html, nothing} from 'lit';
import {fixLabel} from '../format.js';
import {controls} from '../styles.js';

/**
 * Errors and warnings of an expression. The event `select` has a diagnostic as its detail whose place is to be shown,
 * `fix` one that is to be corrected as it suggests.
 */
class ProblemList extends LitElement {
  static properties = {diagnostics: {attribute: false}};

  static styles = [
    controls,
    css`
      section {
        padding: 0.75rem 1.25rem;
      }

      h2 .chip {
        margin-inline-start: 0.5rem;
      }

      ul {
        margin: 0.5rem 0 0;
        padding: 0;
        list-style: none;
      }

      li {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        gap: 0.25rem 0.75rem;
        padding: 0.375rem 0;
        border-top: 1px solid var(--line);
      }

      .severity {
        font-weight: 700;
        font-size: 0.8125rem;
      }

      .error {
        color: var(--bad);
      }

      .warning {
        color: var(--warning);
      }

      .message {
        flex: 1 1 16rem;
        overflow-wrap: anywhere;
      }

      .place {
        border: none;
        background: none;
        padding: 0;
        min-height: 1.5rem;
        font-size: 0.8125rem;
        color: var(--quiet);
        text-decoration: underline;
      }
    `,
  ];

  render() {
    const count = this.diagnostics.length;
    return html`
      <section class="card" aria-labelledby="heading">
        <h2 id="heading">Problems<span class="chip" role="status">${count}</span></h2>
        ${count > 0 ? html`<ul>${this.diagnostics.map((each) => this.#problem(each))}</ul>` : nothing}
      </section>
    `;
  }

  #problem(diagnostic) {
    const {severity, message, code, line, column, suggestion} = diagnostic;
    return html`
      <li>
        <span class="severity ${severity}">${severity === 'error' ? 'Error' : 'Warning'}</span>
        <span class="message">${message}</span>
        <button class="place" type="button" @click=${() => this.#send('select', diagnostic)}>
          ${code}, line ${line}:${column}
        </button>
        ${suggestion === undefined
          ? nothing
          : html`<button type="button" @click=${() => this.#send('fix', diagnostic)}>${fixLabel(diagnostic)}</button>`}
      </li>
    `;
  }

  #send(type, detail) {
    this.dispatchEvent(new CustomEvent(type, {detail}));
  }
}

customElements.define('problem-list', ProblemList);
