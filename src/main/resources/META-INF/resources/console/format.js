/** Numbers, times and words as users read them. */

const NUMBER = new Intl.NumberFormat();
const PERCENT = new Intl.NumberFormat(undefined, {style: 'percent', maximumFractionDigits: 1});
const TIME = new Intl.DateTimeFormat(undefined, {dateStyle: 'medium', timeStyle: 'short'});

export function number(value) {
  return NUMBER.format(value);
}

export function percent(share) {
  return PERCENT.format(share);
}

/** @param milliseconds since 1970 */
export function time(milliseconds) {
  return TIME.format(milliseconds);
}

/** The names of evaluation methods, by their properties in the API. */
export const METHODS = [
  ['batch', 'Batch'],
  ['continuous', 'Streaming'],
  ['synchronous', 'Edge'],
];

/** How an audience is evaluated, such as `Streaming`. */
export function evaluation(audience) {
  if (audience.type !== 'SegmentDefinition') {
    return 'List of members';
  }
  const methods = audience.evaluationInfo ?? {};
  const names = METHODS.filter(([method]) => methods[method]?.enabled).map(([, name]) => name);
  return names.reverse().join(', ') || 'None';
}

/** The lifecycle with a capital letter. */
export function lifecycle(audience) {
  return audience.lifecycle.charAt(0).toUpperCase() + audience.lifecycle.slice(1);
}

/** The exact number of profiles; null if the audience was not counted. */
export function count(audience) {
  return audience.metrics?.data.totalProfiles ?? null;
}

/** What a correction of an expression does, such as ``Write `startsWith` ``. */
export function fixLabel({suggestion, length}) {
  if (suggestion === '') {
    return 'Remove it';
  }
  return `${length === 0 ? 'Add' : 'Write'} ${suggestion}`;
}
