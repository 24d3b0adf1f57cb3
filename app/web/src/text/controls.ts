/** Characters that turn the direction of a text; shown by name, so that they can't mislead. */

const CONTROL = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

export interface Piece {
  readonly text: string;
  /** The code point (`U+202E`) of a direction control; null for ordinary text. */
  readonly control: string | null;
}

/** Split `text` into ordinary runs and single direction controls; in order they give `text`. */
export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let rest = text;
  for (let match = CONTROL.exec(rest); match !== null; match = CONTROL.exec(rest)) {
    if (match.index > 0) found.push({ text: rest.slice(0, match.index), control: null });
    const code = match[0].codePointAt(0) ?? 0;
    found.push({ text: match[0], control: `U+${code.toString(16).toUpperCase().padStart(4, "0")}` });
    rest = rest.slice(match.index + match[0].length);
  }
  if (rest !== "") found.push({ text: rest, control: null });
  return found;
}
