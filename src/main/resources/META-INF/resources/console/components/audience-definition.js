import {LitElement, css, html} from 'lit';
import {controls} from '../styles.js';

/** The expression of an audience. */
class AudienceDefinition extends LitElement {
  static properties = {audience: {attribute: false}};

  static styles = [
    controls,
    css`
      section {
        padding: 1rem 1.25rem;
      }

      pre {
        margin: 0.75rem 0 0;
        font: 0.875rem/1.6 var(--code);
        white-space: pre-wrap;
        overflow-wrap: anywhere;
        tab-size: 2;
      }

      p {
        margin: 0.75rem 0 0;
      }
    `,
  ];

  render() {
    return html`
      <section class="card" aria-labelledby="heading">
        <h2 id="heading">Definition</h2>
        ${this.audience.expression
          ? html`<pre><code>${text(this.audience.expression)}</code></pre>`
          : html`<p class="quiet">Its members are a list of identities.</p>`}
      </section>
    `;
  }
}

/** The expression as it was written, or its tree with one node a line. */
function text({format, value}) {
  if (format !== 'pql/json') {
    return value;
  }
  try {
    return JSON.stringify(JSON.parse(value), null, 2);
  } catch {
    return value;
  }
}

customElements.define('audience-definition', AudienceDefinition);
