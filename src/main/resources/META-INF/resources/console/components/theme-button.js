import {LitElement, html} from 'lit';
import {controls} from '../styles.js';
import {THEMES, setTheme, theme} from '../theme.js';

const LABELS = {system: 'Colours: system', light: 'Colours: light', dark: 'Colours: dark'};

/** Switches between the colours of the system, light and dark. */
class ThemeButton extends LitElement {
  static styles = controls;

  render() {
    return html`<button type="button" @click=${this.#next}>${LABELS[theme()]}</button>`;
  }

  #next() {
    setTheme(THEMES[(THEMES.indexOf(theme()) + 1) % THEMES.length]);
    this.requestUpdate();
  }
}

customElements.define('theme-button', ThemeButton);
