/** What stands in a node, and how large the node is for it. */

import { perturbationInWords } from "../words.ts";
import { pieces } from "../text/controls.ts";
import type { Sign } from "../types.ts";
import { lines } from "./elements.ts";

/** The mean widths of letters and the height of a line in a node's label, in model pixels. */
const LETTER = 6.7;
const CAPITAL = 8.7;
const LINE = 16.5;
const MOST_LINES = 4;

interface Labelled {
  readonly name: string;
  readonly more: number;
  readonly perturbed: readonly { readonly type: string; readonly direction: Sign }[];
}

/** The label of a node in lines, what is done to it and how many neighbours are not drawn below. */
export function labelOf(node: Labelled): { readonly label: string; readonly width: number; readonly height: number } {
  const named = lines(plain(node.name), 20);
  const shown = named.length > MOST_LINES ? [...named.slice(0, MOST_LINES - 1), `${named[MOST_LINES - 1]} …`] : named;
  const done = node.perturbed.map(({ type, direction }) => perturbationInWords(type, direction));
  const more = node.more > 0 ? [`+${node.more}`] : [];
  const last = done.length === 0 ? more : [...done.slice(0, -1), [...done.slice(-1), ...more].join("  ")];
  const all = [...shown, ...last];
  const longest = Math.max(...all.map(widthOf), 30);
  return { label: all.join("\n"), width: Math.round(longest + 20), height: Math.round(all.length * LINE + 12) };
}

function widthOf(line: string): number {
  return [...line].reduce((sum, letter) => sum + (/[A-Z0-9]/u.test(letter) ? CAPITAL : LETTER), 0);
}

/** A name for a canvas, where a character that turns the direction of text would take effect. */
export function plain(name: string): string {
  return pieces(name).map((piece) => (piece.control === null ? piece.text : "�")).join("");
}
