/** A column at the right of the lines of the editor with numbers of profiles. */

import {RangeSet, StateEffect, StateField} from '@codemirror/state';
import {GutterMarker, gutter} from '@codemirror/view';
import {number} from '../format.js';

/** Replaces the numbers; the value is the result of `byLine`, with the number of all profiles as `profiles`. */
export const setCounts = StateEffect.define();

const field = StateField.define({
  create: () => RangeSet.empty,
  update(markers, transaction) {
    const effect = transaction.effects.find((each) => each.is(setCounts));
    return effect ? ranges(transaction.state.doc, effect.value) : markers.map(transaction.changes);
  },
});

/** Screen readers get the same numbers from the list of parts below the editor. */
export const countColumn = [
  field,
  gutter({class: 'cm-counts', side: 'after', markers: (view) => view.state.field(field)}),
];

function ranges(doc, {lines, profiles}) {
  return RangeSet.of(
    lines
      .filter(({line}) => line <= doc.lines)
      .map(({line, parts}) => new Counts(parts.map((part) => part.totalProfiles), profiles).range(doc.line(line).from)),
  );
}

class Counts extends GutterMarker {
  constructor(counts, profiles) {
    super();
    this.counts = counts;
    this.profiles = profiles;
  }

  eq(other) {
    return other.profiles === this.profiles && String(other.counts) === String(this.counts);
  }

  toDOM() {
    const element = document.createElement('span');
    this.counts.forEach((count, index) => element.append(index === 0 ? '' : ' · ', text(count)));
    if (this.counts.length === 1 && this.counts[0] !== undefined) {
      element.append(bar(this.counts[0], this.profiles));
    }
    return element;
  }
}

function text(count) {
  const element = document.createElement('span');
  element.className = count === 0 ? 'none' : '';
  element.textContent = count === undefined ? '–' : number(count);
  return element;
}

function bar(count, profiles) {
  const track = document.createElement('span');
  track.className = 'bar';
  const filled = document.createElement('span');
  filled.style.width = `${profiles > 0 ? (100 * count) / profiles : 0}%`;
  track.append(filled);
  return track;
}
