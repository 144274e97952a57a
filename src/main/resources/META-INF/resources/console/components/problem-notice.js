import {LitElement, css, html, nothing} from 'lit';
import {controls} from '../styles.js';

/** A failed request: what the service says of it, and a way to try again (event `retry`). */
class ProblemNotice extends LitElement {
  static properties = {problem: {attribute: false}};

  static styles = [
    controls,
    css`
      div {
        padding: 1rem 1.25rem;
        background: var(--bad-soft);
        border: 1px solid var(--bad);
        border-radius: var(--corner);
      }

      h2 {
        color: var(--bad);
      }

      p {
        margin: 0.5rem 0;
        overflow-wrap: anywhere;
      }
    `,
  ];

  render() {
    const {message, messages = [], requestId} = this.problem;
    return html`
      <div role="alert">
        <h2>${message}</h2>
        ${messages.map((text) => html`<p>${text}</p>`)}
        ${requestId ? html`<p>Request ${requestId}</p>` : nothing}
        <button type="button" @click=${() => this.dispatchEvent(new Event('retry'))}>Try again</button>
      </div>
    `;
  }
}

customElements.define('problem-notice', ProblemNotice);
