/** The audience that is being edited: the version of the service, and the user's text. */

import {post, request} from '../api.js';
import {dropDraft, keepDraft, readDraft} from '../drafts.js';

export class AudienceText {
  #address;

  /** The version of the service that was read last; `entityTag` names it, and is null for a new audience. */
  saved = {name: '', text: '', entityTag: null};
  name = '';
  text = '';

  /** Whether unsaved changes from before were found. */
  isRestored = false;

  /** @param address of the view; its `id` is empty for a new audience */
  constructor(address) {
    this.#address = address;
  }

  get isNew() {
    return this.#address.id === '';
  }

  get isChanged() {
    return this.name !== this.saved.name || this.text !== this.saved.text;
  }

  /** Whether the audience is a list of members, without an expression. */
  get isList() {
    return this.saved.isList === true;
  }

  /** Reads the audience, and restores unsaved changes. */
  async load(signal) {
    const audience = this.isNew ? this.#proposal() : await this.#read(signal);
    this.#adopt(audience);
    const draft = readDraft(this.#address);
    if (draft) {
      Object.assign(this, {name: draft.name, text: draft.text, saved: {...audience, entityTag: draft.entityTag}});
      this.isRestored = this.isChanged;
    }
    return this;
  }

  /** A new audience with the name and the expression in the address, such as those of an example. */
  #proposal() {
    const {name = '', expression = ''} = this.#address.query;
    return {name, text: expression, entityTag: null};
  }

  /** @param change an object with `name` or `text` */
  change(change) {
    Object.assign(this, change);
    if (this.isChanged) {
      keepDraft(this.#address, {name: this.name, text: this.text, entityTag: this.saved.entityTag});
    } else {
      dropDraft(this.#address);
    }
  }

  /** Forgets unsaved changes. */
  async discard() {
    dropDraft(this.#address);
    this.#adopt(this.isNew ? this.#proposal() : await this.#read());
  }

  /**
   * Saves the changes, and returns the id of the audience.
   *
   * @throws Problem with status 412 if somebody else has changed the audience
   */
  async save() {
    const {name, text} = this;
    if (!this.isNew && !this.isChanged) {
      return this.#address.id;
    }
    const expression = {type: 'PQL', format: 'pql/text', value: text};
    const {body, entityTag} = this.isNew
      ? await this.#send('POST', '/audiences', {name, type: 'SegmentDefinition', expression})
      : await this.#send('PATCH', this.#path, this.#patch(expression), this.saved.entityTag);
    this.saved = {name, text, entityTag};
    this.isRestored = false;
    // What was typed meanwhile is still unsaved.
    this.change({});
    return body.id;
  }

  #patch(expression) {
    const operations = [];
    if (this.name !== this.saved.name) {
      operations.push({op: 'add', path: '/name', value: this.name});
    }
    if (this.text !== this.saved.text) {
      operations.push({op: 'add', path: '/expression', value: expression});
    }
    return operations;
  }

  /** The version that somebody else has saved. */
  theirs() {
    return this.#read();
  }

  /** Replaces the user's text by another version. */
  take(version) {
    dropDraft(this.#address);
    this.#adopt(version);
  }

  /** Lets the next save overwrite another version. */
  overwrite(version) {
    this.saved = version;
    this.change({});
  }

  #adopt(version) {
    Object.assign(this, {saved: version, name: version.name, text: version.text, isRestored: false});
  }

  get #path() {
    return `/audiences/${encodeURIComponent(this.#address.id)}`;
  }

  async #read(signal) {
    const {body, entityTag} = await request('GET', this.#path, {tenant: this.#address, signal});
    const {name, expression, updateTime} = body;
    return {name, text: await this.#asText(expression, signal), entityTag, updateTime, isList: !expression};
  }

  /** The expression with line feeds alone, as the editor has it; a tree is written as text. */
  async #asText(expression, signal) {
    if (expression?.format === 'pql/json') {
      return (await post('/pql/check', {tenant: this.#address, body: {expression}, signal})).normalized ?? '';
    }
    return (expression?.value ?? '').replaceAll(/\r\n?/g, '\n');
  }

  async #send(method, path, body, entityTag) {
    return request(method, path, {tenant: this.#address, body, entityTag});
  }
}
