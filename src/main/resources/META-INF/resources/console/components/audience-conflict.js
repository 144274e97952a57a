import {LitElement, css, html} from 'lit';
import {time} from '../format.js';
import {controls} from '../styles.js';

/**
 * Two versions of an audience that two users have changed. The events `take`, `overwrite` and `close` tell the choice:
 * the saved version, the user's own, or neither yet.
 */
class AudienceConflict extends LitElement {
  static properties = {
    theirs: {attribute: false},
    mine: {attribute: false},
  };

  static styles = [
    controls,
    css`
      section {
        margin-bottom: 1rem;
        padding: 1rem 1.25rem;
        border-color: var(--warning);
      }

      .versions {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(18rem, 100%), 1fr));
        gap: 1rem;
        margin: 0.75rem 0;
      }

      h3 {
        margin: 0;
        font-size: 0.8125rem;
        color: var(--quiet);
      }

      pre {
        margin: 0.25rem 0 0;
        font: 0.875rem/1.6 var(--code);
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }

      .changed {
        background: var(--accent-soft);
      }

      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem;
      }
    `,
  ];

  render() {
    const {theirs, mine} = this;
    return html`
      <section class="card" aria-labelledby="heading">
        <h2 id="heading" tabindex="-1">Somebody else changed this audience at ${time(theirs.updateTime)}</h2>
        <p>Nothing has been overwritten. Choose a version; lines that differ are marked.</p>
        <div class="versions">
          ${this.#version('Saved version', theirs, mine)} ${this.#version('Your version', mine, theirs)}
        </div>
        <div class="buttons">
          <button type="button" @click=${() => this.#choose('take')}>Use the saved version</button>
          <button type="button" @click=${() => this.#choose('overwrite')}>Save my version over it</button>
          <button type="button" @click=${() => this.#choose('close')}>Continue editing</button>
        </div>
      </section>
    `;
  }

  #version(heading, version, other) {
    return html`
      <div>
        <h3>${heading}</h3>
        <div class=${version.name === other.name ? '' : 'changed'}>${version.name}</div>
        <pre tabindex="0" aria-label="${heading} of the expression">${this.#lines(version.text, other.text)}</pre>
      </div>
    `;
  }

  /** Marks lines that the other version does not have. */
  #lines(text, other) {
    const known = new Set(other.split('\n'));
    return text.split('\n').map((line) => html`<span class=${known.has(line) ? '' : 'changed'}>${line}</span>${'\n'}`);
  }

  #choose(type) {
    this.dispatchEvent(new Event(type));
  }

  firstUpdated() {
    this.renderRoot.querySelector('h2').focus();
  }
}

customElements.define('audience-conflict', AudienceConflict);
