import {LitElement, css, html, nothing} from 'lit';
import {go} from '../address.js';
import {session} from '../session.js';
import {controls} from '../styles.js';

/** Chooses the organization and the sandbox: compact in the top bar, or as a view of its own while none is chosen. */
class TenantForm extends LitElement {
  static properties = {
    address: {attribute: false},
    compact: {type: Boolean},
  };

  static styles = [
    controls,
    css`
      form {
        display: flex;
        flex-direction: column;
        gap: 0.375rem;
      }

      .card {
        max-width: 26rem;
        margin: 3rem auto;
        padding: 1.5rem;
      }

      p {
        margin: 0;
      }

      button {
        margin-top: 0.5rem;
      }
    `,
  ];

  render() {
    return html`
      <form class=${this.compact ? '' : 'card'} aria-label="Organization and sandbox" @submit=${this.#submit}>
        ${this.compact
          ? nothing
          : html`
              <h1 tabindex="-1">Choose a sandbox</h1>
              <p class="quiet">A sandbox is a data set of an organization.</p>
            `}
        ${this.#field('organization', 'Organization', session.organizations)}
        ${this.#field('sandbox', 'Sandbox', session.sandboxes)}
        <button type="submit" class="primary">Open</button>
      </form>
    `;
  }

  #field(name, label, names) {
    const chosen = this.address[name];
    return html`
      <label for=${name}>${label}</label>
      <input id=${name} name=${name} list="${name}-names" required maxlength="256" autocomplete="off"
        spellcheck="false" .value=${chosen || (names.length === 1 ? names[0] : '')}>
      <datalist id="${name}-names">${names.map((each) => html`<option value=${each}></option>`)}</datalist>
    `;
  }

  #submit(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    go({organization: form.get('organization').trim(), sandbox: form.get('sandbox').trim()});
  }

  focusHeading() {
    this.renderRoot.querySelector('h1')?.focus();
  }
}

customElements.define('tenant-form', TenantForm);
