/** A part of the graph as `GET /graph` gives it, decoded. */

import { entity, sign } from "../decode.ts";
import { list, number, object, text, texts, truth, words } from "../fields.ts";
import type { EntityRef, Sign, Snapshot } from "../types.ts";
import type { Perturbed } from "./elements.ts";

export interface PartNode {
  readonly id: string;
  readonly name: string;
  readonly category: string;
  /** How many entities stand next to it in the whole graph. */
  readonly neighbours: number;
  readonly perturbed: readonly Perturbed[];
}

export interface EdgeConflict {
  /** `scope` where no two findings contradict each other, but differ in the slots of `scope`. */
  readonly kind: "contradicts" | "scope";
  readonly scope: readonly string[];
  readonly claims: readonly string[];
  readonly total: number;
}

export interface PartEdge {
  readonly id: string;
  readonly subject: string;
  readonly object: string;
  readonly sign: Sign;
  readonly aspect: string | null;
  readonly side: string | null;
  readonly belief: number;
  readonly claims: readonly string[];
  readonly statuses: readonly string[];
  /** The membership of an edge that no claim carries. */
  readonly kinship: string | null;
  readonly years: readonly number[];
  readonly organisms: readonly string[];
  readonly conflict: EdgeConflict | null;
  /** The tiers of the paths of an answer that go by it; empty outside of answers. */
  readonly tiers: readonly string[];
  readonly matched: boolean | null;
}

export interface Part {
  readonly center: string | null;
  readonly nodes: readonly PartNode[];
  readonly edges: readonly PartEdge[];
  readonly organisms: readonly EntityRef[];
  /** How many neighbours pass the filters and are left out for the bound. */
  readonly notShown: number;
  readonly note: string | null;
  readonly snapshot: Snapshot;
}

export function part(value: unknown): Part {
  const json = object(value);
  const snapshot = object(json["snapshot"]);
  return {
    center: words(json["center"]),
    nodes: list(json["nodes"]).map(node),
    edges: list(json["edges"]).map(edge),
    organisms: list(json["organisms"]).map(entity),
    notShown: number(json["not_shown"]) ?? 0,
    note: words(json["note"]),
    snapshot: { id: text(snapshot["id"]), revision: number(snapshot["revision"]) ?? 0, createdAt: text(snapshot["created_at"]) },
  };
}

function node(value: unknown): PartNode {
  const json = object(value);
  const id = text(json["id"]);
  return {
    id,
    name: text(json["name"], id),
    category: text(json["category"], "NamedThing"),
    neighbours: number(json["neighbours"]) ?? 0,
    perturbed: list(json["perturbations"]).map((item) => ({
      type: text(object(item)["type"], "none"),
      direction: sign(object(item)["direction"]),
    })),
  };
}

function edge(value: unknown): PartEdge {
  const json = object(value);
  return {
    id: text(json["id"]),
    subject: text(json["subject"]),
    object: text(json["object"]),
    sign: sign(json["sign"]),
    aspect: words(json["aspect"]),
    side: words(json["side"]),
    belief: number(json["belief"]) ?? 0,
    claims: texts(json["claims"]),
    statuses: texts(json["statuses"]),
    kinship: words(json["kinship"]),
    years: list(json["years"]).flatMap((year) => number(year) ?? []),
    organisms: texts(json["organisms"]),
    conflict: conflict(json["conflict"]),
    tiers: texts(json["tiers"]),
    matched: truth(json["matched"]),
  };
}

function conflict(value: unknown): EdgeConflict | null {
  if (value === null || value === undefined) return null;
  const json = object(value);
  return {
    kind: json["kind"] === "contradicts" ? "contradicts" : "scope",
    scope: texts(json["scope"]),
    claims: texts(json["claims"]),
    total: number(json["total"]) ?? 0,
  };
}

/** The ids that an address and a selection give to what is drawn. */
export const nodeKey = (id: string): string => `node ${id}`;
export const edgeKey = (id: string): string => `edge ${id}`;

