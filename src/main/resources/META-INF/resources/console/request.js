/**
 * A reactive controller for the data of a view. It cancels the request when another one begins and when the view is
 * left, and keeps the last data while new data is requested.
 */
export class Request {
  #host;
  #send;
  #running = null;

  data = null;
  problem = null;

  /** @param send a function of an `AbortSignal` and the arguments of `run`, which returns the data */
  constructor(host, send) {
    this.#host = host;
    this.#send = send;
    host.addController(this);
  }

  get isRunning() {
    return this.#running !== null;
  }

  async run(...args) {
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    this.#host.requestUpdate();
    let data = null;
    let problem = null;
    try {
      data = await this.#send(running.signal, ...args);
    } catch (failure) {
      problem = failure;
    }
    if (this.#running === running) {
      this.#running = null;
      this.problem = problem;
      this.data = data;
      this.#host.requestUpdate();
    }
  }

  /** Cancels the request, and forgets the data. */
  clear() {
    this.hostDisconnected();
    this.data = null;
    this.problem = null;
    this.#host.requestUpdate();
  }

  hostDisconnected() {
    this.#running?.abort();
    this.#running = null;
  }
}
