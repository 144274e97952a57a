import {LitElement, html, nothing} from 'lit';
import {format} from '../address.js';
import {count, evaluation, lifecycle, number, time} from '../format.js';
import {controls} from '../styles.js';
import {table} from './audience-table.css.js';

/** A column: its heading, the sort key of the API, and the order of the first click. */
const COLUMNS = [
  {name: 'name', heading: 'Name', sort: 'name', order: 'asc'},
  {name: 'count', heading: 'Profiles', sort: 'totalProfiles', order: 'desc'},
  {name: 'state', heading: 'State', sort: 'lifecycle', order: 'asc'},
  {name: 'evaluation', heading: 'Evaluation'},
  {name: 'time', heading: 'Updated', sort: 'updateTime', order: 'desc'},
];

/**
 * Audiences as rows. The headings are links to the other orders. The arrow keys move between the names. On narrow
 * screens each row becomes a card; the roles keep it a table for screen readers.
 */
class AudienceTable extends LitElement {
  static properties = {
    audiences: {attribute: false},
    address: {attribute: false},
    sort: {},
  };

  static styles = [controls, table];

  render() {
    return html`
      <table role="table" class="card" @keydown=${this.#key}>
        <caption class="hidden">Audiences</caption>
        <thead role="rowgroup">
          <tr role="row">${COLUMNS.map((column) => this.#heading(column))}</tr>
        </thead>
        <tbody role="rowgroup">${this.audiences.map((audience) => this.#row(audience))}</tbody>
      </table>
    `;
  }

  #heading({name, heading, sort, order}) {
    if (!sort) {
      return html`<th role="columnheader" scope="col" class=${name}>${heading}</th>`;
    }
    const [key, present] = this.sort.split(':');
    const isSorted = key === sort;
    const next = isSorted ? (present === 'asc' ? 'desc' : 'asc') : order;
    const query = {...this.address.query, sort: `${sort}:${next}`, page: ''};
    const direction = present === 'asc' ? 'ascending' : 'descending';
    return html`
      <th role="columnheader" scope="col" class=${name} aria-sort=${isSorted ? direction : nothing}>
        <a href=${format({...this.address, query})}>${heading}${this.#arrow(isSorted, present)}</a>
      </th>
    `;
  }

  #arrow(isSorted, order) {
    return isSorted ? html`<span aria-hidden="true">${order === 'asc' ? ' ↑' : ' ↓'}</span>` : nothing;
  }

  #row(audience) {
    const {organization, sandbox} = this.address;
    const updated = audience.updateTime;
    const profiles = count(audience);
    return html`
      <tr role="row">
        <th role="rowheader" scope="row" class="name">
          <a href=${format({organization, sandbox, id: audience.id})}>${audience.name}</a>
        </th>
        <td role="cell" class="count">
          ${profiles === null
            ? html`<span class="quiet" title=${audience.metricsError ?? nothing}>Not counted</span>`
            : html`${number(profiles)}<span class="unit"> profiles</span>`}
        </td>
        <td role="cell" class="state"><span class="chip ${audience.lifecycle}">${lifecycle(audience)}</span></td>
        <td role="cell" class="evaluation">${evaluation(audience)}</td>
        <td role="cell" class="time"><time datetime=${new Date(updated).toISOString()}>${time(updated)}</time></td>
      </tr>
    `;
  }

  get #links() {
    return [...this.renderRoot.querySelectorAll('tbody a')];
  }

  focusRow(index) {
    this.#links[index]?.focus();
  }

  #key(event) {
    const index = this.#links.indexOf(event.target);
    const steps = {ArrowDown: 1, ArrowUp: -1, Home: -index, End: this.#links.length - 1 - index};
    if (index >= 0 && event.key in steps) {
      event.preventDefault();
      this.focusRow(index + steps[event.key]);
    }
  }
}

customElements.define('audience-table', AudienceTable);
