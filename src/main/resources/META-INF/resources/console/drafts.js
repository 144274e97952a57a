/** Unsaved changes of audiences. The browser tab keeps them until they are saved, discarded, or the user signs out. */

const PREFIX = 'pequel.draft ';

/** @param address `organization`, `sandbox`, and the `id` of the audience, which is empty for a new one */
export function readDraft(address) {
  try {
    return JSON.parse(sessionStorage.getItem(key(address)));
  } catch {
    return null;
  }
}

export function keepDraft(address, draft) {
  try {
    sessionStorage.setItem(key(address), JSON.stringify(draft));
  } catch {
    // The browser stores nothing; a warning remains when the page is left.
  }
}

export function dropDraft(address) {
  try {
    sessionStorage.removeItem(key(address));
  } catch {
    // As above.
  }
}

export function dropAllDrafts() {
  try {
    Object.keys(sessionStorage)
      .filter((name) => name.startsWith(PREFIX))
      .forEach((name) => sessionStorage.removeItem(name));
  } catch {
    // As above.
  }
}

function key({organization, sandbox, id}) {
  return PREFIX + JSON.stringify([organization, sandbox, id]);
}
