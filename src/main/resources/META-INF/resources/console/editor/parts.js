/**
 * Parts of an expression with their numbers of profiles, as `POST /pql/count` returns them: the whole expression first,
 * then each condition inside it.
 */

/**
 * The parts to show beside each line: the largest ones that are within the line, such as both sides of an `and` that
 * stands on it. An expression of one line is a part of that line.
 *
 * @returns objects with `line`, from 1, and `parts`
 */
export function byLine(text, parts) {
  const lines = [];
  let start = 0;
  text.split('\n').forEach((content, index) => {
    const end = start + content.length;
    const within = parts.filter((part) => part.offset >= start && part.offset + part.length <= end);
    const largest = within.filter((part) => !within.some((other) => other !== part && contains(other, part)));
    if (largest.length > 0) {
      lines.push({line: index + 1, parts: largest});
    }
    start = end + 1;
  });
  return lines;
}

/** The parts, each with `depth`: the number of parts around it. */
export function nested(parts) {
  return parts.map((part) => ({
    ...part,
    depth: parts.filter((other) => other !== part && contains(other, part)).length,
  }));
}

/** Whether a part is around another one. Of two with the same text, the earlier one in the list is. */
function contains(outer, inner) {
  const isAround = outer.offset <= inner.offset && outer.offset + outer.length >= inner.offset + inner.length;
  return isAround && outer.length > inner.length;
}
