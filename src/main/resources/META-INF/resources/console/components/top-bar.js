import {LitElement, css, html, nothing} from 'lit';
import {format} from '../address.js';
import {session} from '../session.js';
import {controls} from '../styles.js';
import './tenant-menu.js';
import './theme-button.js';

/** The banner: navigation, organization and sandbox, colours, end of the session. The event `skip` leaves it. */
class TopBar extends LitElement {
  static properties = {
    address: {attribute: false},
    isOpen: {attribute: false},
    canEnd: {attribute: false},
  };

  static styles = [
    controls,
    css`
      header {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.5rem 1.25rem;
        padding: 0.5rem clamp(0.75rem, 3vw, 2rem);
        background: var(--surface);
        border-bottom: 1px solid var(--line);
      }

      .skip:not(:focus) {
        position: absolute;
        clip-path: inset(50%);
      }

      .brand {
        font-size: 1.125rem;
        font-weight: 700;
        color: var(--ink);
        text-decoration: none;
      }

      nav a {
        padding: 0.375rem 0.75rem;
        border-radius: var(--corner);
        font-weight: 600;
        text-decoration: none;
      }

      nav a[aria-current] {
        background: var(--accent-soft);
      }

      .end {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem;
        margin-inline-start: auto;
      }
    `,
  ];

  render() {
    const {organization, sandbox, view} = this.address;
    const isChosen = organization !== '' && sandbox !== '';
    return html`
      <header>
        <button class="skip" type="button" @click=${this.#skip}>Skip to content</button>
        <a class="brand" href=${isChosen ? format({organization, sandbox}) : '#/'}>Pequel</a>
        ${isChosen && this.isOpen ? this.#navigation(view) : nothing}
        <div class="end">
          ${isChosen && this.isOpen ? html`<tenant-menu .address=${this.address}></tenant-menu>` : nothing}
          <theme-button></theme-button>
          ${this.canEnd ? html`<button type="button" @click=${() => session.end()}>Sign out</button>` : nothing}
        </div>
      </header>
    `;
  }

  #skip() {
    this.dispatchEvent(new Event('skip'));
  }

  #navigation(view) {
    const {organization, sandbox} = this.address;
    // The editor belongs to the audiences, but is another page.
    const current = view === 'audiences' ? 'page' : view === 'editor' ? 'true' : nothing;
    return html`
      <nav aria-label="Main">
        <a href=${format({organization, sandbox})} aria-current=${current}>Audiences</a>
      </nav>
    `;
  }
}

customElements.define('top-bar', TopBar);
