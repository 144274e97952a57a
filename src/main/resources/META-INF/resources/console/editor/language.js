/** The colours of PQL, from the keywords and functions that the service knows (`GET /pql/language`). */

import {HighlightStyle, StreamLanguage, syntaxHighlighting} from '@codemirror/language';
import {tags} from '@lezer/highlight';

const WORD = /^[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{M}\p{Nd}_]*/u;

/** After these words, words such as `last` and `days` are keywords until the end of the comparison. */
const TIME = new Set(['occurs', 'when']);
const END_OF_TIME = new Set(['and', 'or']);

const style = HighlightStyle.define([
  {tag: tags.keyword, color: 'var(--code-keyword)', fontWeight: '600'},
  {tag: tags.function(tags.variableName), color: 'var(--code-function)'},
  {tag: [tags.string, tags.atom], color: 'var(--code-string)'},
  {tag: tags.number, color: 'var(--code-number)'},
  {tag: [tags.operator, tags.special(tags.variableName)], color: 'var(--quiet)'},
]);

/** An extension of the editor. @param words the answer of `GET /pql/language` */
export function language(words) {
  const keywords = new Map(words.keywords.map((keyword) => [keyword.word.toLowerCase(), keyword]));
  const functions = new Set(words.functions.map((each) => each.name));
  const pql = StreamLanguage.define({
    name: 'pql',
    startState: () => ({afterDot: false, inTime: false}),
    token: (stream, state) => token(stream, state, keywords, functions),
    languageData: {closeBrackets: {brackets: ['(', '[', '{', '"']}},
  });
  return [pql, syntaxHighlighting(style)];
}

function token(stream, state, keywords, functions) {
  if (stream.eatSpace()) {
    return null;
  }
  const afterDot = state.afterDot;
  state.afterDot = false;
  if (stream.match(/^"(?:[^"\\]|\\.)*"?/)) {
    return 'string';
  }
  if (stream.match(/^`(?:[^`]|``)*`?/)) {
    return 'variableName';
  }
  if (stream.match(/^(?:\d*\.\d+|\d+)(?:[eE][+-]?\d+)?/)) {
    return 'number';
  }
  if (stream.match(/^(?:@\{[^}]*\}?|\$\d+)/)) {
    return 'variableName.special';
  }
  const word = stream.match(WORD);
  if (word) {
    return wordStyle(word[0], afterDot, stream, state, keywords, functions);
  }
  const sign = stream.next();
  state.afterDot = sign === '.';
  if (sign === ']' || sign === ')') {
    state.inTime = false;
  }
  return /[=!<>+\-*/%^]/.test(sign) ? 'operator' : null;
}

function wordStyle(word, afterDot, stream, state, keywords, functions) {
  const isCall = stream.match(/^\s*\(/, false);
  if (afterDot) {
    return isCall ? 'variableName.function' : 'propertyName';
  }
  const keyword = isKeyword(word) ? keywords.get(word.toLowerCase()) : undefined;
  if (keyword && (keyword.reserved || state.inTime || keyword.kind === 'time')) {
    state.inTime = TIME.has(keyword.word) || (state.inTime && !END_OF_TIME.has(keyword.word));
    return keyword.kind === 'literal' ? 'atom' : 'keyword';
  }
  return isCall && functions.has(word) ? 'variableName.function' : 'variableName';
}

/** Keywords are all in lower or upper case, but for `notIn`. */
function isKeyword(word) {
  return word === word.toLowerCase() || word === word.toUpperCase() || word === 'notIn';
}
