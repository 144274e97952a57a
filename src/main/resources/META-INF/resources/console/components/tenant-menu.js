import {LitElement, css, html} from 'lit';
import {controls} from '../styles.js';
import './tenant-form.js';

/** Shows the organization and the sandbox of the view, and opens a form to choose others. */
class TenantMenu extends LitElement {
  static properties = {address: {attribute: false}};

  static styles = [
    controls,
    css`
      details {
        position: relative;
      }

      summary {
        cursor: pointer;
        padding: 0.375rem 0.75rem;
        border: 1px solid var(--control);
        border-radius: var(--corner);
        overflow-wrap: anywhere;
      }

      .panel {
        position: absolute;
        inset-inline-end: 0;
        z-index: 1;
        width: min(20rem, 90vw);
        margin-top: 0.25rem;
        padding: 1rem;
      }

      @media (max-width: 44rem) {
        details {
          position: static;
        }

        .panel {
          inset-inline: 5vw;
        }
      }
    `,
  ];

  updated(changed) {
    if (changed.has('address')) {
      this.#details.open = false;
    }
  }

  render() {
    const {organization, sandbox} = this.address;
    return html`
      <details @keydown=${this.#key}>
        <summary><span class="hidden">Organization and sandbox: </span>${organization} / <b>${sandbox}</b></summary>
        <div class="panel card"><tenant-form .address=${this.address} compact></tenant-form></div>
      </details>
    `;
  }

  get #details() {
    return this.renderRoot.querySelector('details');
  }

  #key(event) {
    if (event.key === 'Escape' && this.#details.open) {
      this.#details.open = false;
      this.renderRoot.querySelector('summary').focus();
    }
  }
}

customElements.define('tenant-menu', TenantMenu);
