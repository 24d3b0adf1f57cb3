/** From the parts that were read to the picture that is drawn: merged, filtered, boxed, counted. */

import type { EntityRef, Snapshot } from "../types.ts";
import type { Parts } from "./load.ts";
import type { Part, PartEdge, PartNode } from "./part.ts";
import type { Filters, GraphState } from "./state.ts";

export type NodeKind = "center" | "outcome" | "target" | "plain";

export interface PictureNode extends PartNode {
  readonly kind: NodeKind;
  readonly expanded: boolean;
  readonly pinned: boolean;
  /** The family or complex in whose box it stands, also for that entity itself. */
  readonly box: string | null;
  /** How many of its neighbours are not drawn. */
  readonly more: number;
}

export interface PictureEdge extends PartEdge {
  /** Whether it says no more than the box that its ends stand in. */
  readonly enclosed: boolean;
}

/** A family or complex with members of it that are drawn. */
export interface Box {
  readonly id: string;
  readonly name: string;
  readonly category: string;
}

export interface Picture {
  readonly nodes: readonly PictureNode[];
  readonly edges: readonly PictureEdge[];
  readonly boxes: readonly Box[];
  readonly organisms: readonly EntityRef[];
  /** What each expansion drew, and how many neighbours it left out. */
  readonly expansions: readonly { readonly drawn: number; readonly notShown: number }[];
  readonly baseNotShown: number;
  /** What bounds left out, where it is not a number of neighbours. */
  readonly notes: readonly string[];
  readonly filteredEdges: number;
  readonly hiddenNodes: readonly EntityRef[];
  readonly snapshot: Snapshot;
}

const BOXED = new Set(["GeneFamily", "MacromolecularComplex"]);
const FROM_MEMBER = /member of|subunit of/u;
const FROM_WHOLE = /family of/u;

/** All nodes and edges of the parts, each once, before anything is filtered or hidden. */
export function merged(state: GraphState, parts: Parts): { readonly nodes: readonly PartNode[]; readonly edges: readonly PartEdge[] } {
  const nodes = new Map<string, PartNode>();
  const edges = new Map<string, PartEdge>();
  for (const part of all(parts)) {
    for (const node of part.nodes) {
      const held = nodes.get(node.id);
      if (held === undefined || (held.perturbed.length === 0 && node.perturbed.length > 0)) nodes.set(node.id, node);
    }
    for (const edge of part.edges) if (!edges.has(edge.id) && isAsked(edge, part, state, parts)) edges.set(edge.id, edge);
  }
  const inside = [...edges.values()].filter((edge) => nodes.has(edge.subject) && nodes.has(edge.object));
  return { nodes: [...nodes.values()], edges: inside };
}

/** Whether an edge is an answer's or touches what was expanded; all are where all are asked for. */
function isAsked(edge: PartEdge, part: Part, state: GraphState, parts: Parts): boolean {
  if (state.allLinks) return true;
  const whole = part === parts.base && (state.source.kind === "answer" || (state.source.kind === "center" && state.source.hops > 1));
  return whole || edge.subject === part.center || edge.object === part.center;
}

function all(parts: Parts): Part[] {
  return [parts.base, ...parts.expansions, ...(parts.among === null ? [] : [parts.among])];
}

/** Whether the filters that the page applies itself let an edge through. */
export function passes(edge: PartEdge, filters: Filters): boolean {
  const named = edge.sign === "+" ? "positive" : edge.sign === "-" ? "negative" : "unsigned";
  if (filters.signs.length > 0 && !filters.signs.includes(named)) return false;
  if (filters.tiers.length > 0 && edge.tiers.length > 0 && !edge.tiers.some((tier) => filters.tiers.includes(tier))) return false;
  return edge.kinship !== null || edge.belief >= filters.minBelief;
}

/** Put the picture of a state together from its parts. */
export function compose(state: GraphState, parts: Parts): Picture {
  const whole = merged(state, parts);
  const hidden = new Set(state.hidden);
  const there = whole.edges.filter((edge) => !hidden.has(edge.subject) && !hidden.has(edge.object));
  const kept = there.filter((edge) => passes(edge, state.filters));
  const expanded = new Set(state.expanded.map((one) => one.id));
  const pinned = new Set(state.pinned.map((one) => one.id));
  const anchors = new Set([...(parts.base.center === null ? [] : [parts.base.center]), ...expanded, ...pinned]);
  // What only a hidden node links stays in sight; what only a filtered link holds goes with it.
  const touched = new Set(whole.edges.filter((edge) => passes(edge, state.filters)).flatMap((edge) => [edge.subject, edge.object]));
  const standing = whole.nodes.filter((node) => !hidden.has(node.id) && (touched.has(node.id) || anchors.has(node.id)));
  const boxOf = boxes(standing, kept);
  const beside = neighboursOf(there);
  const names = new Map(whole.nodes.map((node) => [node.id, node]));
  const answer = state.source.kind === "answer";
  return {
    nodes: standing.map((node) => ({
      ...node,
      kind: node.id === parts.base.center ? (answer ? "outcome" : "center") : node.perturbed.length > 0 ? "target" : "plain",
      expanded: expanded.has(node.id),
      pinned: pinned.has(node.id),
      box: boxOf.get(node.id) ?? null,
      more: Math.max(0, node.neighbours - (beside.get(node.id)?.size ?? 0)),
    })),
    edges: kept.map((edge) => ({ ...edge, enclosed: isEnclosed(edge, boxOf) })),
    boxes: [...new Set(boxOf.values())].sort().map((id) => ({
      id,
      name: names.get(id)?.name ?? id,
      category: names.get(id)?.category ?? "",
    })),
    organisms: organismsOf(parts),
    expansions: parts.expansions.map((part) => ({ drawn: Math.max(0, part.nodes.length - 1), notShown: part.notShown })),
    baseNotShown: parts.base.notShown,
    notes: [...new Set(all(parts).flatMap((part) => (part.notShown > 0 ? [] : part.note ?? [])))],
    filteredEdges: there.length - kept.length,
    hiddenNodes: state.hidden.map((id) => ({ id, name: names.get(id)?.name ?? id })),
    snapshot: parts.base.snapshot,
  };
}

/** In which family or complex each node stands: it and those of its members that are drawn. */
function boxes(nodes: readonly PartNode[], edges: readonly PartEdge[]): Map<string, string> {
  const whole = new Set(nodes.filter((node) => BOXED.has(node.category)).map((node) => node.id));
  const boxOf = new Map<string, string>();
  for (const edge of edges) {
    const pair = membership(edge, whole);
    if (pair === null || boxOf.has(pair.member) || whole.has(pair.member)) continue;
    boxOf.set(pair.member, pair.whole);
  }
  for (const id of new Set(boxOf.values())) boxOf.set(id, id);
  return boxOf;
}

/** Kinship is told from the member or from the whole; what it is called says from which. */
function membership(edge: PartEdge, whole: ReadonlySet<string>): { member: string; whole: string } | null {
  if (edge.kinship === null) return null;
  const [member, of] = FROM_MEMBER.test(edge.kinship) ? [edge.subject, edge.object] : FROM_WHOLE.test(edge.kinship) ? [edge.object, edge.subject] : ["", ""];
  return whole.has(of) ? { member, whole: of } : null;
}

function isEnclosed(edge: PartEdge, boxOf: ReadonlyMap<string, string>): boolean {
  const box = boxOf.get(edge.subject);
  return edge.kinship !== null && box !== undefined && box === boxOf.get(edge.object);
}

function neighboursOf(edges: readonly PartEdge[]): Map<string, Set<string>> {
  const beside = new Map<string, Set<string>>();
  const add = (from: string, to: string): void => {
    if (from === to) return;
    const held = beside.get(from);
    if (held === undefined) beside.set(from, new Set([to]));
    else held.add(to);
  };
  for (const edge of edges) {
    add(edge.subject, edge.object);
    add(edge.object, edge.subject);
  }
  return beside;
}

function organismsOf(parts: Parts): EntityRef[] {
  const found = new Map(all(parts).flatMap((part) => part.organisms.map((one) => [one.id, one] as const)));
  return [...found.values()].sort((one, other) => one.name.localeCompare(other.name, "en"));
}

/** The nodes whose name or identifier holds the words that are searched for. */
export function matching(picture: Picture, words: string): string[] {
  const wanted = words.trim().toLocaleLowerCase("en");
  if (wanted === "") return [];
  return picture.nodes
    .filter((node) => node.name.toLocaleLowerCase("en").includes(wanted) || node.id.toLocaleLowerCase("en").includes(wanted))
    .map((node) => node.id);
}

/** What a node is, in words for a reader and a screen reader. */
export function nodeInWords(node: PictureNode, picture: Picture): string {
  const links = picture.edges.filter((edge) => edge.subject === node.id || edge.object === node.id).length;
  const parts = [node.name, categoryInWords(node.category), `${links} ${links === 1 ? "link" : "links"} drawn`];
  if (node.more > 0) parts.push(`${node.more} more ${node.more === 1 ? "neighbour" : "neighbours"} not drawn`);
  if (node.pinned) parts.push("pinned");
  if (node.expanded) parts.push("expanded");
  return parts.join(", ");
}

/** `GeneFamily` as `gene family`. */
export function categoryInWords(category: string): string {
  return category.replace(/(?<=[a-z])(?=[A-Z])/gu, " ").toLowerCase();
}
