import {LitElement, css, html, nothing} from 'lit';
import {format} from '../address.js';
import {get} from '../api.js';
import {lifecycle} from '../format.js';
import {Request} from '../request.js';
import {controls} from '../styles.js';
import './audience-definition.js';
import './audience-facts.js';
import './audience-members.js';
import './audience-metrics.js';
import './problem-notice.js';

/** One audience: its numbers, its definition, what else is known of it, and its members. */
class AudiencePage extends LitElement {
  static properties = {address: {attribute: false}};

  static styles = [
    controls,
    css`
      .head {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.25rem 0.75rem;
        margin: 0.5rem 0 1rem;
      }

      .button {
        margin-inline-start: auto;
      }

      .head p {
        flex-basis: 100%;
        margin: 0;
        overflow-wrap: anywhere;
      }

      .columns {
        display: grid;
        grid-template-columns: minmax(0, 2fr) minmax(16rem, 1fr);
        gap: 1rem;
        align-items: start;
      }

      .columns > div {
        display: grid;
        gap: 1rem;
      }

      @media (max-width: 56rem) {
        .columns {
          grid-template-columns: minmax(0, 1fr);
        }

        audience-metrics {
          order: -1;
        }
      }
    `,
  ];

  #audience = new Request(this, (signal, {tenant, id}) =>
    get(`/audiences/${encodeURIComponent(id)}`, {tenant, query: {withMetrics: true}, signal}),
  );

  firstUpdated() {
    this.#load();
  }

  updated() {
    document.title = `${this.#audience.data?.name ?? 'Audience'} – ${this.address.sandbox} – Pequel`;
  }

  #load() {
    this.#audience.run({tenant: this.address, id: this.address.id});
  }

  render() {
    const {organization, sandbox} = this.address;
    const {data} = this.#audience;
    return html`
      <nav aria-label="Breadcrumb"><a href=${format({organization, sandbox})}>Audiences</a></nav>
      <div class="head">
        <h1 tabindex="-1">${data?.name ?? 'Audience'}</h1>
        ${data ? html`<span class="chip">${lifecycle(data)}</span>` : nothing}
        ${data?.expression
          ? html`<a class="button" href=${format({organization, sandbox, view: 'editor', id: data.id})}>Edit</a>`
          : nothing}
        ${data?.description ? html`<p class="quiet">${data.description}</p>` : nothing}
      </div>
      ${this.#content()}
    `;
  }

  #content() {
    const {data, problem} = this.#audience;
    if (problem) {
      return html`<problem-notice .problem=${problem} @retry=${this.#load}></problem-notice>`;
    }
    if (!data) {
      return html`<p class="quiet" role="status">Loading…</p>`;
    }
    return html`
      <div class="columns">
        <div>
          <audience-definition .audience=${data}></audience-definition>
          <audience-facts .audience=${data} .address=${this.address}></audience-facts>
          <audience-members .address=${this.address}></audience-members>
        </div>
        <audience-metrics .audience=${data}></audience-metrics>
      </div>
    `;
  }

  focusHeading() {
    this.renderRoot.querySelector('h1').focus();
  }
}

customElements.define('audience-page', AudiencePage);
