/** Sentences and words of a text, all by code points. */

import type { Span } from "./claim.ts";

const WORD = /[\p{L}\p{N}]/u;

export function span(points: readonly string[], start: number, end: number): Span {
  return { start, end, text: points.slice(start, end).join("") };
}

/** A span without the white space at its ends; null where nothing is left. */
export function trimmed(points: readonly string[], start: number, end: number): Span | null {
  let from = start;
  let to = end;
  while (from < to && /\s/u.test(points[from] ?? "")) from += 1;
  while (to > from && /\s/u.test(points[to - 1] ?? "")) to -= 1;
  return from < to ? span(points, from, to) : null;
}

/** The sentence, or sentences, that reach from `start` to `end`. */
export function sentence(points: readonly string[], start: number, end: number): Span {
  let from = start;
  while (from > 0 && !begins(points, from)) from -= 1;
  let to = Math.max(end, from + 1);
  while (to < points.length && !begins(points, to)) to += 1;
  return trimmed(points, from, to) ?? span(points, start, end);
}

/** Tell whether a sentence begins at a place: after a newline, or a stop and white space. */
function begins(points: readonly string[], at: number): boolean {
  if (points[at - 1] === "\n") return true;
  if (!/\s/u.test(points[at - 1] ?? "")) return false;
  let before = at - 1;
  while (before > 0 && /\s/u.test(points[before] ?? "")) before -= 1;
  return /[.?!]/u.test(points[before] ?? "") && /[\p{Lu}\p{N}(]/u.test(points[at] ?? "");
}

/** The words and other signs of a text, in order: what the keys move a span by. */
export function tokens(points: readonly string[]): Span[] {
  const found: Span[] = [];
  let at = 0;
  while (at < points.length) {
    const sign = points[at] ?? "";
    if (/\s/u.test(sign)) {
      at += 1;
      continue;
    }
    let end = at + 1;
    if (WORD.test(sign)) while (end < points.length && WORD.test(points[end] ?? "")) end += 1;
    found.push(span(points, at, end));
    at = end;
  }
  return found;
}

export type Move = "next" | "previous" | "longer" | "shorter" | "earlier" | "later";

/** A span moved by a word, or one of its ends moved; from `origin` where there is none yet. */
export function moved(points: readonly string[], present: Span | null, move: Move, origin: number): Span | null {
  const all = tokens(points);
  if (all.length === 0) return null;
  if (present === null) {
    const first = all.find((each) => each.start >= origin) ?? all[0];
    return first === undefined ? null : first;
  }
  let first = all.findIndex((each) => each.end > present.start);
  let last = all.length - 1 - [...all].reverse().findIndex((each) => each.start < present.end);
  if (move === "next") { first += 1; last += 1; }
  if (move === "previous") { first -= 1; last -= 1; }
  if (move === "longer") last += 1;
  if (move === "shorter") last -= 1;
  if (move === "earlier") first -= 1;
  if (move === "later") first += 1;
  const begin = all[first];
  const finish = all[last];
  if (begin === undefined || finish === undefined || last < first) return present;
  return span(points, begin.start, finish.end);
}

/** What is selected with the mouse or a finger inside an element that shows a text, by code points. */
export function selected(element: HTMLElement, points: readonly string[]): Span | null {
  const selection = window.getSelection();
  if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  if (!element.contains(range.commonAncestorContainer)) return null;
  const before = document.createRange();
  before.selectNodeContents(element);
  before.setEnd(range.startContainer, range.startOffset);
  const start = [...before.toString()].length;
  return trimmed(points, start, start + [...range.toString()].length);
}
