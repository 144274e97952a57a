import {LitElement, css, html, nothing} from 'lit';
import {format, go} from '../address.js';
import {get} from '../api.js';
import {AudienceText} from '../editor/audience-text.js';
import {Saving} from '../editor/saving.js';
import {Request} from '../request.js';
import {controls} from '../styles.js';
import './audience-conflict.js';
import './expression-editor.js';
import './problem-notice.js';
import './save-form.js';

/** Creates an audience, or changes the name and the expression of one. */
class AudienceEditor extends LitElement {
  static properties = {address: {attribute: false}};

  static styles = [
    controls,
    css`
      h1 {
        margin-top: 0.5rem;
      }

      .notice {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.5rem 1rem;
        margin-bottom: 1rem;
        padding: 0.5rem 1.25rem;
      }

      problem-notice {
        display: block;
        margin-bottom: 1rem;
      }
    `,
  ];

  #saving = new Saving(this);
  #loaded = new Request(this, async (signal) => {
    const [words, draft] = await Promise.all([
      get('/pql/language', {tenant: this.address, signal}),
      new AudienceText(this.address).load(signal),
    ]);
    return {words, draft};
  });
  #onLeave = (event) => this.#draft?.isChanged && event.preventDefault();

  connectedCallback() {
    super.connectedCallback();
    addEventListener('beforeunload', this.#onLeave);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener('beforeunload', this.#onLeave);
  }

  firstUpdated() {
    this.#loaded.run();
  }

  updated() {
    document.title = `${this.#draft?.name || 'New audience'} – ${this.address.sandbox} – Pequel`;
  }

  get #draft() {
    return this.#loaded.data?.draft;
  }

  get #editor() {
    return this.renderRoot.querySelector('expression-editor');
  }

  render() {
    const {organization, sandbox, id} = this.address;
    return html`
      <nav aria-label="Breadcrumb">
        <a href=${format({organization, sandbox})}>Audiences</a>
        ${this.#draft && id !== ''
          ? html`/ <a href=${format({organization, sandbox, id})}>${this.#draft.saved.name}</a>`
          : nothing}
      </nav>
      <h1 tabindex="-1">${id === '' ? 'New audience' : 'Edit audience'}</h1>
      ${this.#content()}
    `;
  }

  #content() {
    const {data, problem} = this.#loaded;
    if (problem) {
      return html`<problem-notice .problem=${problem} @retry=${() => this.#loaded.run()}></problem-notice>`;
    }
    if (!data) {
      return html`<p class="quiet" role="status">Loading…</p>`;
    }
    const {words, draft} = data;
    if (draft.isList) {
      return html`<p>The members of this audience are a list of identities. It has no expression.</p>`;
    }
    return html`
      <save-form .name=${draft.name} .state=${this.#saving.state || (draft.isChanged ? 'changed' : '')}
        @save=${this.#save} @rename=${(event) => this.#change({name: event.detail})}></save-form>
      ${this.#notices(draft)}
      <expression-editor .address=${this.address} .words=${words} .value=${draft.text}
        @change=${(event) => this.#change({text: event.detail})}></expression-editor>
    `;
  }

  #notices(draft) {
    const {failure, theirs} = this.#saving;
    return html`
      ${draft.isRestored
        ? html`
            <div class="card notice" role="status">
              Your unsaved changes were restored.
              <button type="button" @click=${this.#discard}>Discard them</button>
            </div>
          `
        : nothing}
      ${failure ? html`<problem-notice .problem=${failure} @retry=${this.#save}></problem-notice>` : nothing}
      ${theirs
        ? html`
            <audience-conflict .theirs=${theirs} .mine=${{name: draft.name, text: draft.text}} @take=${this.#take}
              @overwrite=${this.#overwrite} @close=${() => this.#saving.reset()}></audience-conflict>
          `
        : nothing}
    `;
  }

  #change(change) {
    this.#draft.change(change);
    if (this.#saving.state === 'saved') {
      this.#saving.reset();
    }
    this.requestUpdate();
  }

  async #save() {
    const {organization, sandbox} = this.address;
    const draft = this.#draft;
    const id = await this.#saving.save(draft);
    if (!this.isConnected) {
      return;
    }
    if (id !== null && draft.isNew) {
      go({organization, sandbox, id});
    } else if (id !== null) {
      this.#editor.recount();
    }
  }

  #take() {
    this.#draft.take(this.#saving.theirs);
    this.#showText();
  }

  #overwrite() {
    this.#draft.overwrite(this.#saving.theirs);
    this.#save();
  }

  async #discard() {
    try {
      await this.#draft.discard();
      this.#showText();
    } catch (failure) {
      this.#saving.fail(failure);
    }
  }

  #showText() {
    this.#saving.reset();
    this.#editor.setText(this.#draft.text);
  }

  focusHeading() {
    this.renderRoot.querySelector('h1').focus();
  }
}

customElements.define('audience-editor', AudienceEditor);
