import {LitElement, css, html} from 'lit';
import {format} from '../address.js';
import {post} from '../api.js';
import {Request} from '../request.js';
import {controls} from '../styles.js';

/** Most names that are asked for at once. The others are shown by their ids. */
const NAMED = 100;

/** Links to audiences by their names; by their ids until these are known. */
class AudienceLinks extends LitElement {
  static properties = {
    ids: {attribute: false},
    address: {attribute: false},
  };

  static styles = [
    controls,
    css`
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
    `,
  ];

  #audiences = new Request(this, async (signal) => {
    const body = {ids: this.ids.slice(0, NAMED).map((id) => ({id}))};
    return (await post('/audiences/bulk-get', {tenant: this.address, body, signal})).results;
  });

  firstUpdated() {
    this.#audiences.run();
  }

  render() {
    const {organization, sandbox} = this.address;
    const name = (id) => this.#audiences.data?.[id]?.name ?? id;
    return html`
      <ul>
        ${this.ids.map((id) => html`<li><a href=${format({organization, sandbox, id})}>${name(id)}</a></li>`)}
      </ul>
    `;
  }
}

customElements.define('audience-links', AudienceLinks);
