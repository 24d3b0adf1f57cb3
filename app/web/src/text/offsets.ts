/** Spans of a text: from Unicode code points, as the service counts, to the browser's UTF-16. */

export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Segment<M> {
  readonly text: string;
  readonly marks: readonly M[];
}

/** Return a function that turns a code point offset into `text` into its UTF-16 offset. */
export function toUtf16(text: string): (offset: number) => number {
  const astral: number[] = [];
  let point = 0;
  for (const character of text) {
    if (character.length === 2) astral.push(point);
    point += 1;
  }
  if (astral.length === 0) return (offset) => offset;
  return (offset) => offset + countBelow(astral, offset);
}

/** Return the words of `text` between two code point offsets. */
export function slice(text: string, start: number, end: number): string {
  const at = toUtf16(text);
  return text.slice(at(start), at(end));
}

/**
 * Cut `text` at every border of a mark. The pieces in order give the text again; each has the
 * marks that cover it, so marks may overlap. A mark that lies outside the text is left out.
 */
export function segments<M extends Span>(text: string, marks: readonly M[]): Segment<M>[] {
  const at = toUtf16(text);
  const placed = marks
    .map((mark) => ({ mark, start: at(mark.start), end: at(mark.end) }))
    .filter(({ start, end }) => start >= 0 && start < end && end <= text.length);
  const borders = new Set([0, text.length]);
  for (const { start, end } of placed) borders.add(start).add(end);
  const cuts = [...borders].sort((a, b) => a - b);
  return cuts.slice(1).map((end, index) => {
    const start = cuts[index] ?? 0;
    const over = placed.filter((each) => each.start <= start && end <= each.end);
    return { text: text.slice(start, end), marks: over.map(({ mark }) => mark) };
  });
}

/**
 * The marks as they fall on the part of a text from `start` to `end`, counted from its beginning;
 * all in code points. A mark that reaches out of the part is cut there.
 */
export function within<M extends Span>(marks: readonly M[], start: number, end: number): M[] {
  return marks
    .map((mark) => ({ ...mark, start: Math.max(mark.start, start) - start, end: Math.min(mark.end, end) - start }))
    .filter((mark) => mark.start < mark.end);
}

/** The number of Unicode code points in `text`. */
export function codePoints(text: string): number {
  let points = 0;
  for (const _ of text) points += 1;
  return points;
}

/** Count the members of the ascending list `sorted` that are below `limit`. */
function countBelow(sorted: readonly number[], limit: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
