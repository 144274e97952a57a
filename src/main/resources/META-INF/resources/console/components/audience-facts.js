import {LitElement, css, html, nothing} from 'lit';
import {evaluation, time} from '../format.js';
import {controls} from '../styles.js';
import './audience-links.js';

/** What is known of an audience besides its definition and numbers. */
class AudienceFacts extends LitElement {
  static properties = {
    audience: {attribute: false},
    address: {attribute: false},
  };

  static styles = [
    controls,
    css`
      section {
        padding: 1rem 1.25rem;
      }

      dl {
        display: grid;
        grid-template-columns: minmax(7rem, max-content) minmax(0, 1fr);
        gap: 0.375rem 1.25rem;
        margin: 0.75rem 0 0;
      }

      dt {
        color: var(--quiet);
      }

      dd {
        margin: 0;
        overflow-wrap: anywhere;
      }
    `,
  ];

  render() {
    const audience = this.audience;
    return html`
      <section class="card" aria-labelledby="heading">
        <h2 id="heading">Details</h2>
        <dl>
          ${this.#fact('Id', audience.id)}
          ${this.#fact('Evaluation', evaluation(audience))}
          ${this.#fact('Created', `${time(audience.creationTime)} by ${audience.createdBy}`)}
          ${this.#fact('Updated', time(audience.updateTime))}
          ${this.#fact('Time to live', audience.ttlInDays === undefined ? '' : `${audience.ttlInDays} days`)}
          ${this.#fact('Namespace', audience.namespace)}
          ${this.#fact('Labels', (audience.labels ?? []).join(', '))}
          ${this.#fact('Tags', (audience.tags ?? []).join(', '))}
          ${this.#references('Refers to', audience.dependencies)}
          ${this.#references('Used by', audience.dependents)}
        </dl>
      </section>
    `;
  }

  #fact(name, value) {
    return value ? html`<dt>${name}</dt><dd>${value}</dd>` : nothing;
  }

  #references(name, ids = []) {
    return ids.length === 0
      ? nothing
      : html`<dt>${name}</dt><dd><audience-links .ids=${ids} .address=${this.address}></audience-links></dd>`;
  }
}

customElements.define('audience-facts', AudienceFacts);
