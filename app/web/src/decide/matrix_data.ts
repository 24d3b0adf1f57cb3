/** The matrix of evidence as the REST interface gives it. */

import * as decode from "../decode.ts";
import { flag, list, number, object, text, texts, words } from "../fields.ts";
import type { Json } from "../fields.ts";
import type { Listing } from "../records.ts";
import type { EntityRef, Evidence, Sign, Snapshot } from "../types.ts";

export const RESULTS = ["positive", "null", "conflicting", "untested"] as const;
export type Result = (typeof RESULTS)[number];

/** A claim that fills a cell; `sign` says whether the target raises or lowers the outcome. */
export interface Finding extends Evidence {
  readonly sign: Sign;
}

export interface Conflict {
  readonly claim: string;
  readonly against: string;
  readonly kind: string;
  readonly relation: string;
  readonly scope: readonly string[];
}

export interface Cell {
  /** What was done to the target; null where the text only states a sign. */
  readonly side: string | null;
  /** The stage of the outcome; null where the text names none. */
  readonly aspect: string | null;
  readonly result: Result;
  readonly claims: readonly Finding[];
  readonly total: number;
  readonly conflicts: readonly Conflict[];
}

export interface Part {
  readonly type: string;
  readonly id: string;
  readonly name: string;
  readonly state: string | null;
}

export interface Context {
  readonly parts: readonly Part[];
  readonly cells: readonly Cell[];
}

/** An experiment that would resolve a conflict, or turn an extrapolated hop into a matched one. */
export interface Deciding {
  readonly reason: string;
  readonly side: string;
  readonly aspect: string | null;
  readonly context: readonly Part[];
  readonly filled: boolean;
  readonly words: string;
  readonly claims: readonly string[];
}

/** A matrix; its contexts come page by page. */
export interface Matrix extends Listing<Context> {
  readonly target: EntityRef;
  readonly outcome: EntityRef;
  readonly deciding: readonly Deciding[];
  readonly beside: readonly Finding[];
  readonly snapshot: Snapshot | null;
}

export function matrix(value: unknown): Matrix {
  const json = object(value);
  const query = object(json["query"]);
  if (!Array.isArray(json["contexts"])) throw new decode.WireError("a matrix without contexts");
  const items = json["contexts"].map(context);
  return {
    target: decode.entity(query["target"]),
    outcome: decode.entity(query["outcome"]),
    items,
    total: number(json["total"]) ?? items.length,
    next: words(json["next"]),
    snapshot: decode.snapshot(json["snapshot"]),
    deciding: list(json["deciding"]).map(deciding),
    beside: list(json["beside"]).map(finding),
  };
}

function context(value: unknown): Context {
  const json = object(value);
  return { parts: list(json["parts"]).map(part), cells: list(json["cells"]).map(cell) };
}

function part(value: unknown): Part {
  const json = object(value);
  const id = text(json["id"]);
  return { type: text(json["type"]), id, name: text(json["name"], id), state: words(json["state"]) };
}

function cell(value: unknown): Cell {
  const json = object(value);
  const result = RESULTS.find((name) => name === json["result"]);
  if (result === undefined) throw new decode.WireError(`a cell of unknown result ${JSON.stringify(json["result"])}`);
  return { ...stage(json), result, claims: list(json["claims"]).map(finding), total: number(json["total"]) ?? 0, conflicts: list(json["conflicts"]).map(conflict) };
}

function stage(json: Json): Pick<Cell, "side" | "aspect"> {
  return { side: words(json["side"]), aspect: words(json["aspect"]) };
}

function finding(value: unknown): Finding {
  return { ...decode.evidence(value), sign: decode.sign(object(value)["sign"]) };
}

function conflict(value: unknown): Conflict {
  const json = object(value);
  return { claim: text(json["claim"]), against: text(json["against"]), kind: text(json["kind"]), relation: text(json["relation"]), scope: texts(json["scope"]) };
}

function deciding(value: unknown): Deciding {
  const json = object(value);
  return {
    ...stage(json),
    side: text(json["side"]),
    reason: text(json["reason"]),
    context: list(json["context"]).map(part),
    filled: flag(json["filled"]),
    words: text(json["words"]),
    claims: texts(json["claims"]),
  };
}

/** What names a cell in the address: its context, side and aspect. */
export function cellKey(parts: readonly Part[], side: string | null, aspect: string | null): string {
  const where = parts.map(({ type, id, state }) => [type, id, ...(state === null ? [] : [state])].join(":")).sort();
  return [side ?? "", aspect ?? "", ...where].join("~");
}

export interface Column {
  readonly side: string | null;
  readonly aspect: string | null;
}

const SIDES = ["loss", "gain", null];
const ASPECTS = ["induction", "maintenance", null];

/** The columns that a matrix needs: each side and aspect that any of its cells has. */
export function columnsOf(contexts: readonly Context[]): readonly Column[] {
  const there = new Set(contexts.flatMap(({ cells }) => cells.map(({ side, aspect }) => cellKey([], side, aspect))));
  return SIDES.flatMap((side) => ASPECTS.map((aspect) => ({ side, aspect }))).filter(({ side, aspect }) => there.has(cellKey([], side, aspect)));
}
