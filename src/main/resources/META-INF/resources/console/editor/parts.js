/**
 * Parts of an expression with their numbers of profiles, as `POST /pql/count` returns them: the whole expression first,
 * then each condition inside it.
 */

/**
 * The parts to show beside each line: the largest ones that are within the line, such as both sides of an `and` that
 * stands on it, or else the smallest one that begins there and ends on a later line.
 *
 * @returns objects with `line`, from 1, and `parts`
 */
export function byLine(text, parts) {
  const lines = [];
  let start = 0;
  text.split('\n').forEach((content, index) => {
    const shown = partsOfLine(parts, start, start + content.length);
    if (shown.length > 0) {
      lines.push({line: index + 1, parts: shown});
    }
    start += content.length + 1;
  });
  return lines;
}

function partsOfLine(parts, start, end) {
  const begun = parts.filter((part) => part.offset >= start && part.offset <= end);
  const within = begun.filter((part) => part.offset + part.length <= end);
  const largest = within.filter((part) => !within.some((other) => contains(other, part)));
  // The whole expression has its number beside the editor.
  const [whole] = parts;
  const open = begun.filter((part) => part !== whole || parts.length === 1);
  return largest.length > 0 ? largest : open.filter((part) => !open.some((other) => contains(part, other)));
}

/** The parts, each with `depth`: the number of parts around it. */
export function nested(parts) {
  return parts.map((part) => ({
    ...part,
    depth: parts.filter((other) => contains(other, part)).length,
  }));
}

/** Whether a part is around another, smaller one. */
function contains(outer, inner) {
  const isAround = outer.offset <= inner.offset && outer.offset + outer.length >= inner.offset + inner.length;
  return isAround && outer.length > inner.length;
}
