import {LitElement, css, html, nothing} from 'lit';
import {get} from '../api.js';
import {number} from '../format.js';
import {Request} from '../request.js';
import {controls} from '../styles.js';
import './problem-notice.js';

const ON_PAGE = 10;

/** The members of an audience by their identities, a page at a time. All pages are of one state of the audience. */
class AudienceMembers extends LitElement {
  static properties = {address: {attribute: false}};

  static styles = [
    controls,
    css`
      section {
        padding: 1rem 1.25rem;
      }

      .scroll {
        overflow-x: auto;
      }

      table {
        width: 100%;
        margin-top: 0.5rem;
        border-collapse: collapse;
      }

      th,
      td {
        padding: 0.375rem 1rem 0.375rem 0;
        text-align: start;
        border-top: 1px solid var(--line);
        overflow-wrap: anywhere;
      }

      thead th {
        border: none;
        font-size: 0.8125rem;
        color: var(--quiet);
      }

      p {
        margin: 0.75rem 0 0;
      }

      nav {
        display: flex;
        align-items: center;
        gap: 0.75rem;
        margin-top: 0.75rem;
      }
    `,
  ];

  #members = new Request(this, (signal, query) =>
    get(`/audiences/${encodeURIComponent(this.address.id)}/members`, {
      tenant: this.address,
      query: {limit: ON_PAGE, ...query},
      signal,
    }),
  );

  firstUpdated() {
    this.#first();
  }

  #first() {
    this.#members.run({});
  }

  #page(start) {
    this.#members.run({start, generation: this.#members.data._page.generation});
  }

  render() {
    return html`
      <section class="card" aria-labelledby="heading">
        <h2 id="heading">Members</h2>
        ${this.#content(this.#members)}
      </section>
    `;
  }

  #content({data, problem}) {
    if (problem) {
      return html`<problem-notice .problem=${problem} @retry=${this.#first}></problem-notice>`;
    }
    if (!data) {
      return html`<p class="quiet">Loading…</p>`;
    }
    return data.children.length === 0
      ? html`<p class="quiet">No members since the last evaluation.</p>`
      : html`${this.#table(data.children)} ${this.#pages(data._page)}`;
  }

  #table(members) {
    const namespaces = [...new Set(members.flatMap(({identityMap}) => Object.keys(identityMap)))].sort();
    const ids = (identities = []) => identities.map(({id}) => id).join(', ');
    return html`
      <div class="scroll" tabindex="0" role="group" aria-label="Table of members">
        <table>
          <thead>
            <tr>${namespaces.map((name) => html`<th scope="col">${name}</th>`)}</tr>
          </thead>
          <tbody>
            ${members.map(
              ({identityMap}) => html`<tr>${namespaces.map((name) => html`<td>${ids(identityMap[name])}</td>`)}</tr>`,
            )}
          </tbody>
        </table>
      </div>
    `;
  }

  #pages({totalCount, start, next}) {
    const first = start * ON_PAGE + 1;
    const last = Math.min(totalCount, first + ON_PAGE - 1);
    return html`
      <nav aria-label="Pages of members">
        ${start > 0 ? html`<button type="button" @click=${() => this.#page(start - 1)}>Previous</button>` : nothing}
        <span role="status">${number(first)} to ${number(last)} of ${number(totalCount)}</span>
        ${next ? html`<button type="button" @click=${() => this.#page(next)}>Next</button>` : nothing}
      </nav>
    `;
  }
}

customElements.define('audience-members', AudienceMembers);
