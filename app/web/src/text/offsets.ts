/** Spans of a text: from Unicode code points, as the service counts, to the browser's UTF-16. */

export interface Mark {
  readonly start: number;
  readonly end: number;
  readonly key: string;
}

export interface Segment {
  readonly text: string;
  readonly keys: readonly string[];
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
 * Cut `text` at every border of a mark. The pieces in order give the text again; each names the
 * marks that cover it, so marks may overlap. A mark that lies outside the text is left out.
 */
export function segments(text: string, marks: readonly Mark[]): Segment[] {
  const at = toUtf16(text);
  const placed = marks
    .map((mark) => ({ key: mark.key, start: at(mark.start), end: at(mark.end) }))
    .filter((mark) => mark.start >= 0 && mark.start < mark.end && mark.end <= text.length);
  const borders = new Set([0, text.length]);
  for (const mark of placed) borders.add(mark.start).add(mark.end);
  const cuts = [...borders].sort((a, b) => a - b);
  return cuts.slice(1).map((end, index) => {
    const start = cuts[index] ?? 0;
    const keys = placed.filter((m) => m.start <= start && end <= m.end).map((m) => m.key);
    return { text: text.slice(start, end), keys };
  });
}

/**
 * The marks as they fall on the part of a text from `start` to `end`, counted from its beginning;
 * all in code points. A mark that reaches out of the part is cut there.
 */
export function within(marks: readonly Mark[], start: number, end: number): Mark[] {
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
