import {LitElement, css, html, nothing} from 'lit';
import {nested} from '../editor/parts.js';
import {number} from '../format.js';
import {controls} from '../styles.js';

/** Deeper conditions are not indented further. */
const DEEPEST = 5;

/** The conditions of an expression with their numbers of profiles. The event `select` has one of them as its detail. */
class PartList extends LitElement {
  static properties = {
    text: {attribute: false},
    parts: {attribute: false},
  };

  static styles = [
    controls,
    css`
      section {
        padding: 0.75rem 1.25rem;
      }

      table {
        width: 100%;
        table-layout: fixed;
        border-collapse: collapse;
      }

      th {
        padding: 0;
        font-weight: 400;
        text-align: start;
      }

      th:last-child,
      td {
        width: 7rem;
        text-align: end;
        font-variant-numeric: tabular-nums;
      }

      button {
        display: block;
        width: 100%;
        min-height: 1.75rem;
        padding: 0.125rem 0.25rem;
        border: none;
        background: none;
        font: 0.875rem/1.5 var(--code);
        text-align: start;
        white-space: nowrap;
        overflow: hidden;
        text-overflow: ellipsis;
      }

      thead {
        font-size: 0.8125rem;
      }

      tbody tr:hover {
        background: var(--accent-soft);
      }

      .none {
        color: var(--bad);
        font-weight: 700;
      }

      .depth-1 {
        padding-inline-start: 1rem;
      }

      .depth-2 {
        padding-inline-start: 2rem;
      }

      .depth-3 {
        padding-inline-start: 3rem;
      }

      .depth-4 {
        padding-inline-start: 4rem;
      }

      .depth-5 {
        padding-inline-start: 5rem;
      }
    `,
  ];

  render() {
    return html`
      <section class="card" aria-labelledby="heading">
        <h2 id="heading">Conditions</h2>
        <table aria-labelledby="heading">
          <thead class="quiet">
            <tr><th scope="col">Condition</th><th scope="col">Profiles</th></tr>
          </thead>
          <tbody>${nested(this.parts).map((part) => this.#row(part))}</tbody>
        </table>
      </section>
    `;
  }

  #row(part) {
    const {offset, length, depth, totalProfiles} = part;
    const text = this.text.slice(offset, offset + length).replaceAll(/\s+/g, ' ');
    return html`
      <tr>
        <th scope="row" class="depth-${Math.min(depth, DEEPEST)}">
          <button type="button" @click=${() => this.dispatchEvent(new CustomEvent('select', {detail: part}))}>
            ${text}
          </button>
        </th>
        <td class=${totalProfiles === 0 ? 'none' : nothing}>
          ${totalProfiles === undefined ? 'not counted' : number(totalProfiles)}
        </td>
      </tr>
    `;
  }
}

customElements.define('part-list', PartList);
