/** Saves an audience that is being edited, and shows a version of somebody else that is in the way. */

export class Saving {
  #host;

  /** `saving`, `saved`, or empty. */
  state = '';

  /** Why the last attempt has failed; else null. */
  failure = null;

  /** The version of somebody else that is in the way; else null. Nothing is overwritten until the user has chosen. */
  theirs = null;

  constructor(host) {
    this.#host = host;
  }

  /** Saves a text, an `AudienceText`, and returns the id of the audience; null if it could not be saved. */
  async save(draft) {
    if (this.state === 'saving') {
      return null;
    }
    this.#update({state: 'saving', failure: null, theirs: null});
    try {
      const id = await draft.save();
      this.#update({state: 'saved'});
      return id;
    } catch (failure) {
      this.#update({state: '', ...(await outcome(failure, draft))});
      return null;
    }
  }

  /** Forgets what the last attempt has led to. */
  reset() {
    this.#update({state: '', failure: null, theirs: null});
  }

  /** Shows a failure of another request. */
  fail(failure) {
    this.#update({failure});
  }

  #update(change) {
    Object.assign(this, change);
    this.#host.requestUpdate();
  }
}

async function outcome(failure, draft) {
  if (failure.status !== 412) {
    return {failure};
  }
  try {
    return {theirs: await draft.theirs()};
  } catch (unread) {
    return {failure: unread};
  }
}
