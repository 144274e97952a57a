import {LitElement, css, html, nothing} from 'lit';
import {format, replace} from '../address.js';
import {get} from '../api.js';
import {number} from '../format.js';
import {Request} from '../request.js';
import {controls} from '../styles.js';
import './audience-table.js';
import './example-list.js';
import './page-links.js';
import './problem-notice.js';
import './search-field.js';

const ON_PAGE = 25;
const NEWEST_CHANGE_FIRST = 'updateTime:desc';

/** The audiences of a sandbox. Search, order and page are in the address. */
class AudienceList extends LitElement {
  static properties = {address: {attribute: false}};

  static styles = [
    controls,
    css`
      .head {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.5rem 0.75rem;
        margin-bottom: 1rem;
      }

      search-field {
        margin-inline-start: auto;
      }

      .empty {
        padding: 2.5rem 1.25rem;
        text-align: center;
      }

      audience-table[aria-busy="true"] {
        opacity: 0.7;
      }

      p {
        margin: 0.5rem 0;
      }
    `,
  ];

  #audiences = new Request(this, (signal, {tenant, query}) => get('/audiences', {tenant, query, signal}));

  willUpdate(changed) {
    if (changed.has('address')) {
      document.title = `Audiences – ${this.address.sandbox} – Pequel`;
      this.#load();
    }
  }

  get #query() {
    const {name = '', sort = NEWEST_CHANGE_FIRST, page} = this.address.query;
    return {name, sort, page: Math.max(1, Number.parseInt(page, 10) || 1)};
  }

  /** The address of the editor of a new audience. */
  get #editor() {
    const {organization, sandbox} = this.address;
    return format({organization, sandbox, view: 'editor'});
  }

  #load() {
    const {name, sort, page} = this.#query;
    this.#audiences.run({
      tenant: this.address,
      query: {withMetrics: true, limit: ON_PAGE, start: page - 1, sort, name},
    });
  }

  render() {
    const {data, problem} = this.#audiences;
    return html`
      <div class="head">
        <h1 tabindex="-1">Audiences</h1>
        <span class="chip" role="status">${data ? this.#total(data._page.totalCount) : nothing}</span>
        <search-field .value=${this.#query.name} label="Search names"
          @search=${this.#search} @leave=${this.#focusFirst}></search-field>
        <a class="button primary" href=${this.#editor}>New audience</a>
      </div>
      ${problem
        ? html`<problem-notice .problem=${problem} @retry=${this.#load}></problem-notice>`
        : this.#content(data)}
    `;
  }

  #total(count) {
    const found = this.#query.name === '' ? '' : ' found';
    return `${number(count)}${found}`;
  }

  #content(data) {
    if (!data) {
      return html`<p class="quiet" role="status">Loading…</p>`;
    }
    if (data.children.length === 0) {
      return html`<div class="card empty">${this.#emptiness()}</div>`;
    }
    const {sort, page} = this.#query;
    return html`
      <audience-table .audiences=${data.children} .address=${this.address} .sort=${sort}
        aria-busy=${this.#audiences.isRunning}></audience-table>
      <page-links .page=${page} .pages=${data._page.totalPages} .address=${this.address}></page-links>
    `;
  }

  #emptiness() {
    const {name, page} = this.#query;
    const first = format({...this.address, query: {...this.address.query, page: ''}});
    if (page > 1) {
      return html`<h2>This page is empty</h2><p><a href=${first}>First page</a></p>`;
    }
    if (name !== '') {
      return html`
        <h2>No audience has “${name}” in its name</h2>
        <p><a href=${format({...this.address, query: {}})}>All audiences</a></p>
      `;
    }
    return html`
      <h2>The sandbox ${this.address.sandbox} has no audiences yet</h2>
      <p>
        An audience is a set of profiles, defined by an expression. Open an example; its number follows as you type.
      </p>
      <example-list .address=${this.address}></example-list>
    `;
  }

  #search(event) {
    replace({...this.address, query: {...this.address.query, name: event.detail, page: ''}});
  }

  #focusFirst() {
    this.renderRoot.querySelector('audience-table')?.focusRow(0);
  }

  focusHeading() {
    this.renderRoot.querySelector('h1').focus();
  }
}

customElements.define('audience-list', AudienceList);
