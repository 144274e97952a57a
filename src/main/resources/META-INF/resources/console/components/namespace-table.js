import {LitElement, css, html, nothing, svg} from 'lit';
import {number, percent} from '../format.js';
import {controls} from '../styles.js';

/** How many of the counted profiles have an identity of each namespace. */
class NamespaceTable extends LitElement {
  static properties = {
    total: {attribute: false},
    /** An object with a number for each namespace. */
    counts: {attribute: false},
  };

  static styles = [
    controls,
    css`
      table {
        width: 100%;
        margin-top: 1rem;
        border-collapse: collapse;
      }

      caption {
        text-align: start;
        font-size: 0.8125rem;
        font-weight: 600;
        color: var(--quiet);
      }

      th {
        font-weight: 400;
        text-align: start;
        overflow-wrap: anywhere;
      }

      td {
        text-align: end;
        padding: 0.125rem 0 0.125rem 0.5rem;
        font-variant-numeric: tabular-nums;
      }

      td:has(svg) {
        width: 40%;
      }

      svg {
        display: block;
        width: 100%;
        height: 0.5rem;
      }

      .track {
        fill: var(--line);
      }

      .bar {
        fill: var(--accent);
      }
    `,
  ];

  render() {
    const namespaces = Object.entries(this.counts ?? {}).sort(([, a], [, b]) => b - a);
    if (namespaces.length === 0) {
      return nothing;
    }
    return html`
      <table>
        <caption>With an identity of</caption>
        <tbody>${namespaces.map(([name, count]) => this.#row(name, count))}</tbody>
      </table>
    `;
  }

  #row(namespace, count) {
    const share = this.total > 0 ? count / this.total : 0;
    return html`
      <tr>
        <th scope="row">${namespace}</th>
        <td>
          <svg viewBox="0 0 100 4" preserveAspectRatio="none" role="img" aria-label=${percent(share)}>
            ${svg`<rect class="track" width="100" height="4" /><rect class="bar" width=${share * 100} height="4" />`}
          </svg>
        </td>
        <td>${number(count)}</td>
      </tr>
    `;
  }
}

customElements.define('namespace-table', NamespaceTable);
