import {closeBrackets, closeBracketsKeymap, completionKeymap} from '@codemirror/autocomplete';
import {defaultKeymap, history, historyKeymap} from '@codemirror/commands';
import {bracketMatching} from '@codemirror/language';
import {lintKeymap, setDiagnostics} from '@codemirror/lint';
import {EditorState} from '@codemirror/state';
import {
  EditorView,
  drawSelection,
  highlightActiveLine,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  placeholder,
} from '@codemirror/view';
import {LitElement, css, html} from 'lit';
import {completion} from '../editor/completion.js';
import {countColumn, setCounts} from '../editor/counts.js';
import {language} from '../editor/language.js';
import {theme} from '../editor/theme.js';
import {fixLabel} from '../format.js';
import {controls} from '../styles.js';

/**
 * Edits an expression. The event `change` has the text as its detail. CodeMirror is inside the shadow root, where the
 * security policy of the page allows its styles.
 */
class CodeEditor extends LitElement {
  static properties = {
    /** The text at first. */
    value: {attribute: false},
    words: {attribute: false},
    /** Functions that return fields and values, see `completion`. */
    fields: {attribute: false},
    values: {attribute: false},
    /** `{text, diagnostics}`: what the service says of a text; ignored if the text has changed since. */
    check: {attribute: false},
    /** `{text, lines, profiles}`: the numbers beside the lines of a text; ignored if the text has changed since. */
    count: {attribute: false},
  };

  static styles = [
    controls,
    css`
      :host {
        display: block;
      }
    `,
  ];

  #view = null;

  firstUpdated() {
    this.#view = new EditorView({
      state: EditorState.create({doc: this.value, extensions: this.#extensions()}),
      parent: this.renderRoot.querySelector('div'),
      root: this.renderRoot,
    });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#view?.destroy();
  }

  #extensions() {
    return [
      lineNumbers(),
      highlightSpecialChars(),
      history(),
      drawSelection(),
      bracketMatching(),
      closeBrackets(),
      highlightActiveLine(),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({'aria-label': 'Expression'}),
      placeholder('homeAddress.countryCode = "US"'),
      language(this.words),
      completion({words: this.words, fields: this.fields, values: this.values}),
      countColumn,
      theme,
      keymap.of([...closeBracketsKeymap, ...completionKeymap, ...lintKeymap, ...historyKeymap, ...defaultKeymap]),
      EditorView.updateListener.of((update) => this.#changed(update)),
    ];
  }

  render() {
    return html`<div></div>`;
  }

  updated(changed) {
    if (changed.has('check') && (!this.check || this.check.text === this.text)) {
      const diagnostics = (this.check?.diagnostics ?? []).map((each) => this.#lint(each));
      this.#view.dispatch(setDiagnostics(this.#view.state, diagnostics));
    }
    if (changed.has('count') && (!this.count || this.count.text === this.text)) {
      this.#view.dispatch({effects: setCounts.of(this.count ?? {lines: [], profiles: 0})});
    }
  }

  get text() {
    return this.#view.state.doc.toString();
  }

  #lint({offset, length, severity, message, suggestion}) {
    const fix = {
      name: fixLabel({suggestion, length}),
      apply: (view, from, to) => this.replace(from, to - from, suggestion),
    };
    const end = Math.min(offset + length, this.#view.state.doc.length);
    return {from: offset, to: end, severity, message, actions: suggestion === undefined ? [] : [fix]};
  }

  /** Replaces the whole text. */
  setText(text) {
    this.#view.dispatch({changes: {from: 0, to: this.#view.state.doc.length, insert: text}});
  }

  /** Replaces a part of the text, and focuses the place behind it. */
  replace(offset, length, text) {
    this.#view.dispatch({
      changes: {from: offset, to: offset + length, insert: text},
      selection: {anchor: offset + text.length},
      userEvent: 'input.fix',
    });
    this.#view.focus();
  }

  /** Selects a part of the text, and focuses it. */
  select(offset, length) {
    this.#view.dispatch({selection: {anchor: offset, head: offset + length}, scrollIntoView: true});
    this.#view.focus();
  }

  #changed(update) {
    if (update.docChanged) {
      this.dispatchEvent(new CustomEvent('change', {detail: this.text}));
    }
  }
}

customElements.define('code-editor', CodeEditor);
