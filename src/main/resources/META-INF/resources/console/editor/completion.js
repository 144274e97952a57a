/** Completion of keywords, functions, fields and values. The service finds fields and values by their beginning. */

import {autocompletion} from '@codemirror/autocomplete';

const PATH = /[\p{L}_][\p{L}\p{M}\p{Nd}_.]*$/u;

/** A string that is being written, and the field that it is compared with. */
const VALUE = /([\p{L}_][\p{L}\p{M}\p{Nd}_.]*)\s*(?:!?=|(?:not)?in\s*\[(?:\s*"[^"]*"\s*,)*)\s*"([^"\\]*)$/iu;

/** Rank of fields of profiles above functions, and of fields of items above those, where both fit as well. */
const FIELDS_FIRST = 10;

/** How far before a bracket its list begins at most, in characters. */
const LONGEST_LIST = 500;

/** A list, and perhaps a method of it, before an open parenthesis or bracket, within which names are those of items. */
const LIST = /([\p{L}_][\p{L}\p{M}\p{Nd}_.]*?)(?:\[[^[\]]*\])*(?:\.[\p{L}]+)?$/u;

/**
 * An extension of the editor.
 *
 * @param words the answer of `GET /pql/language`
 * @param fields a function of a prefix and a signal, which returns the answer of `GET /config/fields`
 * @param values a function of a path, a prefix and a signal, which returns that of `GET /config/fields/values`
 */
export function completion({words, fields, values}) {
  const names = keywordsAndFunctions(words);
  return autocompletion({
    override: [
      (context) => completeNames(context, names),
      (context) => completeFields(context, fields),
      (context) => completeValues(context, values),
    ],
    activateOnTypingDelay: 60,
    icons: false,
    // So few that the list never scrolls, which a keyboard could not do.
    maxRenderedOptions: 8,
  });
}

function keywordsAndFunctions({keywords, functions}) {
  const methods = functions.map(({name, signature, documentation, minimumArguments}) => ({
    label: name,
    detail: signature,
    info: documentation,
    apply: (view, completion, from, to) => insert(view, from, to, `${name}()`, minimumArguments > 1 ? 1 : 0),
  }));
  const words = keywords.map(({word, documentation}) => ({label: word, detail: 'keyword', info: documentation}));
  return {methods, all: [...words, ...methods]};
}

function completeNames(context, {methods, all}) {
  const path = context.matchBefore(PATH);
  if (isInString(context) || (!path && !context.explicit)) {
    return null;
  }
  const text = path?.text ?? '';
  const dot = text.lastIndexOf('.');
  return {from: context.pos - text.length + dot + 1, options: dot < 0 ? all : methods, validFor: /^\p{L}*$/u};
}

async function completeFields(context, fields) {
  const path = context.matchBefore(PATH);
  if (isInString(context) || (!path && !context.explicit)) {
    return null;
  }
  const text = path?.text ?? '';
  const signal = aborted(context);
  const list = enclosingList(context.state.sliceDoc(0, context.pos - text.length));
  const [ofItems, ofProfile] = await Promise.all([
    list ? ask(() => fields(`${list}.${text}`, signal)) : null,
    ask(() => fields(text, signal)),
  ]);
  const options = [...fieldOptions(ofItems, `${list}.`), ...fieldOptions(ofProfile, '')];
  return {from: context.pos - text.length, options};
}

/** @param prefix what the beginning of the path is, and not to be written */
function fieldOptions(answer, prefix) {
  return (answer?.fields ?? []).map(({path, type, profiles}) => ({
    label: path.slice(prefix.length),
    detail: `${type} · ${share(profiles, answer.profiles)}`,
    boost: prefix === '' ? FIELDS_FIRST : 2 * FIELDS_FIRST,
  }));
}

async function completeValues(context, values) {
  const line = context.state.doc.lineAt(context.pos);
  const match = VALUE.exec(line.text.slice(0, context.pos - line.from));
  if (!match || !isInString(context)) {
    return null;
  }
  const [, path, prefix] = match;
  const from = context.pos - prefix.length;
  const list = enclosingList(context.state.sliceDoc(0, line.from + match.index));
  const signal = aborted(context);
  const answer =
    (list && (await ask(() => values(`${list}.${path}`, prefix, signal)))) ||
    (await ask(() => values(path, prefix, signal)));
  const closed = context.state.sliceDoc(context.pos, context.pos + 1) === '"' ? 1 : 0;
  const options = (answer?.values ?? []).map(({value, profiles}) => ({
    label: value,
    detail: String(profiles),
    apply: (view, completion, start, end) => insert(view, start, end + closed, JSON.stringify(value).slice(1), 0),
  }));
  return {from, options};
}

/** Replaces a part of the text, and places the cursor at a distance before its end. */
function insert(view, from, to, text, distance) {
  view.dispatch({
    changes: {from, to, insert: text},
    selection: {anchor: from + text.length - distance},
    userEvent: 'input.complete',
  });
}

/** A completion that fails offers nothing; checks and counts show that the service is not reached. */
async function ask(question) {
  try {
    return await question();
  } catch {
    return null;
  }
}

function aborted(context) {
  const controller = new AbortController();
  context.addEventListener('abort', () => controller.abort());
  return controller.signal;
}

function isInString(context) {
  const line = context.state.doc.lineAt(context.pos);
  const before = line.text.slice(0, context.pos - line.from).replace(/\\./g, '');
  return before.split('"').length % 2 === 0;
}

/** The list whose items the place after a text is about, such as `xEvent` after `xEvent.exists(`; else empty. */
function enclosingList(text) {
  let closed = 0;
  for (let i = text.length - 1; i >= 0; i--) {
    if (text[i] === ')' || text[i] === ']') {
      closed++;
    } else if (text[i] === '(' || text[i] === '[') {
      const list = closed === 0 ? LIST.exec(text.slice(Math.max(0, i - LONGEST_LIST), i)) : null;
      if (list && (text[i] === '[' || list[0].includes('.'))) {
        return list[1];
      }
      closed = Math.max(0, closed - 1);
    }
  }
  return '';
}

function share(profiles, all) {
  return profiles === 0 ? 'no profile' : `${Math.max(1, Math.round((100 * profiles) / all))} %`;
}
