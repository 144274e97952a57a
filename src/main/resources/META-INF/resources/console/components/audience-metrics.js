import {LitElement, css, html, nothing, svg} from 'lit';
import {number, percent, time} from '../format.js';
import {controls} from '../styles.js';

/** The exact numbers of an audience: in total, by namespace, and who left with the last evaluation. */
class AudienceMetrics extends LitElement {
  static properties = {audience: {attribute: false}};

  static styles = [
    controls,
    css`
      section {
        padding: 1rem 1.25rem;
      }

      .total {
        margin: 0.5rem 0 0;
        font-size: 2.25rem;
        font-weight: 700;
        line-height: 1.2;
        font-variant-numeric: tabular-nums;
      }

      .total small {
        font-size: 0.9375rem;
        font-weight: 400;
        color: var(--quiet);
      }

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

      p {
        margin: 0.75rem 0 0;
      }
    `,
  ];

  render() {
    const {metrics, metricsError} = this.audience;
    return html`
      <section class="card" aria-labelledby="heading">
        <h2 id="heading">Profiles</h2>
        ${metrics ? this.#numbers(metrics) : html`<p>Not counted. ${metricsError}</p>`}
      </section>
    `;
  }

  #numbers({data, updateEpoch}) {
    const total = data.totalProfiles;
    const namespaces = Object.entries(data.totalProfilesByNamespace ?? {}).sort(([, a], [, b]) => b - a);
    const exited = data.totalProfilesByStatus?.exited ?? 0;
    return html`
      <p class="total">${number(total)} <small>exactly</small></p>
      ${namespaces.length > 0
        ? html`
            <table>
              <caption>With an identity of</caption>
              <tbody>${namespaces.map(([name, count]) => this.#row(name, count, total))}</tbody>
            </table>
          `
        : nothing}
      ${exited > 0 ? html`<p>${number(exited)} left with the last evaluation.</p>` : nothing}
      <p class="quiet">Counted ${time(updateEpoch * 1000)}</p>
    `;
  }

  #row(namespace, count, total) {
    const share = total > 0 ? count / total : 0;
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

customElements.define('audience-metrics', AudienceMetrics);
