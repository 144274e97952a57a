import {LitElement, css, html, nothing} from 'lit';
import {format} from '../address.js';
import {number} from '../format.js';
import {controls} from '../styles.js';

/** Links to the other pages of a list; nothing if it has one page. */
class PageLinks extends LitElement {
  static properties = {
    page: {type: Number},
    pages: {type: Number},
    address: {attribute: false},
  };

  static styles = [
    controls,
    css`
      nav {
        display: flex;
        gap: 1rem;
        justify-content: center;
        margin-top: 1rem;
      }
    `,
  ];

  render() {
    if (this.pages <= 1) {
      return nothing;
    }
    return html`
      <nav aria-label="Pages">
        ${this.page > 1 ? this.#link(1, 'First') : nothing}
        ${this.page > 1 ? this.#link(this.page - 1, 'Previous') : nothing}
        <span>Page ${number(this.page)} of ${number(this.pages)}</span>
        ${this.page < this.pages ? this.#link(this.page + 1, 'Next') : nothing}
        ${this.page < this.pages ? this.#link(this.pages, 'Last') : nothing}
      </nav>
    `;
  }

  #link(page, text) {
    const query = {...this.address.query, page: page === 1 ? '' : page};
    return html`<a href=${format({...this.address, query})}>${text}</a>`;
  }
}

customElements.define('page-links', PageLinks);
