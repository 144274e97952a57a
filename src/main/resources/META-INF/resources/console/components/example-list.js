import {LitElement, css, html} from 'lit';
import {format} from '../address.js';
import {controls} from '../styles.js';

/** Expressions over fields of the sample profiles. */
const EXAMPLES = [
  {
    name: 'Customers in the United States or Canada',
    expression: 'homeAddress.countryCode in ["US", "CA"]',
  },
  {
    name: 'Buyers of the last 30 days',
    expression: 'xEvent[timestamp occurs <= 30 days before now]\n  .exists(eventType = "commerce.purchases")',
  },
  {
    name: 'People who may be mailed',
    expression: 'consents.marketing.email.val = "y"',
  },
];

/** Examples for a first visit. Each opens the editor with an expression that can be changed. */
class ExampleList extends LitElement {
  static properties = {address: {attribute: false}};

  static styles = [
    controls,
    css`
      ul {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(18rem, 100%), 1fr));
        gap: 1rem;
        margin: 1rem 0 0;
        padding: 0;
        list-style: none;
        text-align: start;
      }

      li {
        padding: 0.75rem 1rem;
      }

      pre {
        margin: 0.5rem 0 0;
        font: 0.8125rem/1.6 var(--code);
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
    `,
  ];

  render() {
    return html`<ul>${EXAMPLES.map((example) => this.#example(example))}</ul>`;
  }

  #example({name, expression}) {
    const {organization, sandbox} = this.address;
    const query = {name, expression};
    return html`
      <li class="card">
        <a href=${format({organization, sandbox, view: 'editor', query})}>${name}</a>
        <pre>${expression}</pre>
      </li>
    `;
  }
}

customElements.define('example-list', ExampleList);
