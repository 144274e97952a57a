/** Checks an expression and counts its profiles while the user types. */

import {post} from '../api.js';
import {Request} from '../request.js';
import {byLine} from './parts.js';

/** Time without another change, in milliseconds, after which an expression is checked. */
const PAUSE = 150;

/** A reactive controller. Its results belong to the `text` in them, which may be older than that of the editor. */
export class Analysis {
  #pause = 0;
  #check;
  #count;

  /** @param address an object with `organization`, `sandbox`, and the `id` of the audience to compare with, or none */
  constructor(host, address) {
    this.#check = new Request(host, (signal, text) => check(address(), text, signal));
    this.#count = new Request(host, (signal, text) => count(address(), text, signal));
    host.addController(this);
  }

  /** The answer of `POST /pql/check` with the `text`; null before the first and for an empty text. */
  get check() {
    return this.#check.data;
  }

  /** The answer of `POST /pql/count` for the `text`, with `lines` (see `byLine`); null if a text cannot be counted. */
  get count() {
    return this.#count.data;
  }

  get isCounting() {
    return this.#check.isRunning || this.#count.isRunning;
  }

  /** Why an expression could not be checked or counted, such as too many requests; else null. */
  get problem() {
    return this.#check.problem ?? this.#count.problem;
  }

  /** Checks and counts a text, unless it changes within the pause. */
  schedule(text) {
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.run(text), PAUSE);
  }

  /** Checks and counts a text at once. */
  async run(text) {
    clearTimeout(this.#pause);
    if (text.trim() === '') {
      this.#check.clear();
      this.#count.clear();
      return;
    }
    await this.#check.run(text);
    if (this.check?.text !== text) {
      return;
    }
    if (this.check.valid) {
      await this.#count.run(text);
    } else {
      this.#count.clear();
    }
  }

  hostDisconnected() {
    clearTimeout(this.#pause);
  }
}

async function check(tenant, text, signal) {
  const expression = {type: 'PQL', format: 'pql/text', value: text};
  return {text, ...(await post('/pql/check', {tenant, body: {expression}, signal}))};
}

async function count(address, text, signal) {
  const body = {expressions: [{type: 'PQL', format: 'pql/text', value: text}], parts: true};
  if (address.id !== '') {
    body.compareWith = {audienceId: address.id};
  }
  const {profiles, counts} = await post('/pql/count', {tenant: address, body, signal});
  const [counted] = counts;
  return {text, profiles, ...counted, lines: byLine(text, counted.parts ?? [])};
}
