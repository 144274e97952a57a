/** The colours: those of the system, unless the user has chosen light or dark. The choice is stored in the browser. */

const KEY = 'pequel.theme';
export const THEMES = ['system', 'light', 'dark'];

export function theme() {
  return document.documentElement.dataset.theme ?? 'system';
}

export function setTheme(name) {
  apply(name);
  try {
    localStorage.setItem(KEY, name);
  } catch {
    // The browser stores nothing; the choice holds until the page is left.
  }
}

function apply(name) {
  if (name === 'light' || name === 'dark') {
    document.documentElement.dataset.theme = name;
  } else {
    delete document.documentElement.dataset.theme;
  }
}

try {
  apply(localStorage.getItem(KEY));
} catch {
  // As above.
}
