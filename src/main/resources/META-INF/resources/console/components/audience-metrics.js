import {LitElement, css, html, nothing} from 'lit';
import {number, time} from '../format.js';
import {controls, total} from '../styles.js';
import './namespace-table.js';

/** The exact numbers of an audience: in total, by namespace, and who left with the last evaluation. */
class AudienceMetrics extends LitElement {
  static properties = {audience: {attribute: false}};

  static styles = [
    controls,
    total,
    css`
      section {
        padding: 1rem 1.25rem;
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
    const exited = data.totalProfilesByStatus?.exited ?? 0;
    return html`
      <p class="total">${number(total)} <small>exactly</small></p>
      <namespace-table .total=${total} .counts=${data.totalProfilesByNamespace}></namespace-table>
      ${exited > 0 ? html`<p>${number(exited)} left with the last evaluation.</p>` : nothing}
      <p class="quiet">Counted ${time(updateEpoch * 1000)}</p>
    `;
  }
}

customElements.define('audience-metrics', AudienceMetrics);
