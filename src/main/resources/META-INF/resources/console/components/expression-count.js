import {LitElement, css, html, nothing} from 'lit';
import {METHODS, number, percent} from '../format.js';
import {controls, total} from '../styles.js';
import './namespace-table.js';

/** How many profiles an expression has, who would enter and leave, and how it would be evaluated. */
class ExpressionCount extends LitElement {
  static properties = {
    check: {attribute: false},
    count: {attribute: false},
    problem: {attribute: false},
    isCounting: {attribute: false},
  };

  static styles = [
    controls,
    total,
    css`
      section {
        padding: 1rem 1.25rem;
      }

      p {
        margin: 0.75rem 0 0;
        overflow-wrap: anywhere;
      }

      .enter {
        color: var(--good);
      }

      .leave {
        color: var(--bad);
      }

      .chip.eligible {
        color: var(--good);
        border-color: currentColor;
      }
    `,
  ];

  render() {
    return html`
      <section class="card" aria-labelledby="heading" aria-busy=${this.isCounting}>
        <h2 id="heading">Profiles</h2>
        <div role="status">${this.#numbers()}</div>
        ${this.check ? this.#methods(this.check.evaluationInfo) : nothing}
      </section>
    `;
  }

  #numbers() {
    const {check, count, problem} = this;
    if (problem) {
      return html`<p class="leave">${problem.message}</p>${problem.messages.map((text) => html`<p>${text}</p>`)}`;
    }
    if (check && !check.valid) {
      return html`<p class="quiet">Not counted while the expression has errors.</p>`;
    }
    if (!count) {
      const text = this.isCounting ? 'Counting…' : 'Write an expression to count its profiles.';
      return html`<p class="quiet">${text}</p>`;
    }
    return count.totalProfiles === undefined ? html`<p>Not counted. ${count.countError}</p>` : this.#counted(count);
  }

  #counted({totalProfiles, totalProfilesByNamespace, profiles, comparison, parts}) {
    const share = profiles > 0 ? ` · ${percent(totalProfiles / profiles)}` : '';
    return html`
      <p class="total">${number(totalProfiles)} <small>of ${number(profiles)}${share}</small></p>
      ${totalProfiles === 0 ? html`<p>${whyEmpty(parts, profiles)}</p>` : nothing}
      <namespace-table .total=${totalProfiles} .counts=${totalProfilesByNamespace}></namespace-table>
      ${comparison ? this.#comparison(comparison) : nothing}
    `;
  }

  #comparison({entering, leaving}) {
    if (entering === 0 && leaving === 0) {
      return html`<p>If saved: nobody enters or leaves.</p>`;
    }
    return html`
      <p>
        If saved: <b class="enter">+${number(entering)}</b> enter, <b class="leave">−${number(leaving)}</b> leave.
      </p>
    `;
  }

  #methods(info) {
    const eligible = METHODS.filter(([method]) => info[method].eligible);
    return html`
      <p title=${info.reason}>
        <span class="hidden">Evaluation methods:</span>
        ${eligible.map(([, name]) => html`<span class="chip">${name}</span> `)}
      </p>
    `;
  }
}

/** What the numbers of the parts say of an expression that selects nobody. */
function whyEmpty([, ...parts], profiles) {
  if (profiles === 0) {
    return 'The sandbox has no profiles yet.';
  }
  if (parts.length === 0) {
    return 'No profile meets this condition.';
  }
  return parts.some((part) => part.totalProfiles === 0)
    ? 'No profile meets the conditions whose number is 0.'
    : 'Each condition has profiles, but no profile meets them together.';
}

customElements.define('expression-count', ExpressionCount);
