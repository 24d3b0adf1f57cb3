/**
 * Where nodes stand: a function of what is drawn alone, so that one address gives one picture.
 *
 * Hidden and filtered nodes keep their places. What an expansion brings is placed around what
 * stands already.
 */

import cytoscape from "cytoscape";
import dagre from "cytoscape-dagre";
import fcose from "cytoscape-fcose";
import { apart, boxed, roomy } from "./geometry.ts";
import { labelOf } from "./labels.ts";
import type { LayoutName } from "./state.ts";

cytoscape.use(dagre);
cytoscape.use(fcose);

export interface Position {
  readonly x: number;
  readonly y: number;
}
export type Positions = ReadonlyMap<string, Position>;

export interface Laid {
  readonly id: string;
  readonly name: string;
  readonly more: number;
  readonly box: string | null;
  readonly perturbed: readonly { readonly type: string; readonly direction: "+" | "-" | "0" }[];
}

export interface Link {
  readonly subject: string;
  readonly object: string;
}

/** From how many links on a drawing has straight lines without labels. */
export const LARGE = 1500;

/** From how many links on it is arranged by its spectrum alone, without forces. */
const ROUGH = 2500;

/** Nodes that come together: those that a drawing starts from, then each expansion's. */
export interface Wave {
  readonly around: string | null;
  readonly ids: readonly string[];
}

/** Place all nodes; `waves` names each of them once. */
export function place(nodes: readonly Laid[], links: readonly Link[], waves: readonly Wave[], layout: LayoutName, narrow: boolean): Positions {
  if (layout === "paths") return run(nodes, links, pathsOptions(narrow), new Map());
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const standing = new Map<string, Position>();
  const there: Laid[] = [];
  for (const wave of waves) {
    const coming = wave.ids.flatMap((id) => byId.get(id) ?? []);
    if (coming.length === 0) continue;
    const fixed = new Map(standing);
    there.push(...coming);
    const ids = new Set(there.map((node) => node.id));
    const among = links.filter((link) => ids.has(link.subject) && ids.has(link.object));
    const start = fixed.size === 0 ? fixed : new Map([...fixed, ...ring(coming, wave.around, fixed)]);
    const rough = run(there, among, freeOptions(fixed, among.length), start);
    const sized = there.map((node) => ({ id: node.id, ...(rough.get(node.id) ?? { x: 0, y: 0 }), ...sizeOf(node), fixed: fixed.has(node.id) }));
    const found = boxed(sized, new Map(there.map((node) => [node.id, node.box])), (all) => apart(fixed.size === 0 ? roomy(all) : all));
    for (const [id, at] of found) standing.set(id, at);
  }
  return standing;
}

/** Where new nodes begin: on a fan around the node they come from, away from the middle. */
function ring(coming: readonly Laid[], around: string | null, fixed: Positions): Map<string, Position> {
  const places = [...fixed.values()];
  const middle = { x: mean(places.map((at) => at.x)), y: mean(places.map((at) => at.y)) };
  const from = (around === null ? undefined : fixed.get(around)) ?? middle;
  const heading = Math.atan2(from.y - middle.y, from.x - middle.x);
  const radius = 160 + coming.length * 6;
  return new Map(coming.map((node, index) => {
    const turn = heading + ((index + 0.5) / coming.length - 0.5) * Math.PI * 1.5;
    return [node.id, { x: from.x + radius * Math.cos(turn), y: from.y + radius * Math.sin(turn) }];
  }));
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

function pathsOptions(narrow: boolean): object {
  return { name: "dagre", rankDir: narrow ? "TB" : "LR", nodeSep: narrow ? 22 : 16, rankSep: narrow ? 60 : 110, edgeSep: 16, fit: false, animate: false };
}

function freeOptions(fixed: Positions, links: number): object {
  return {
    name: "fcose",
    quality: links >= ROUGH ? "draft" : "default",
    randomize: fixed.size === 0,
    animate: false,
    fit: false,
    packComponents: false,
    nodeDimensionsIncludeLabels: false,
    nodeSeparation: 140,
    idealEdgeLength: 170,
    nodeRepulsion: 30_000,
    gravity: 0.08,
    numIter: 1500,
    fixedNodeConstraint: fixed.size === 0 ? undefined : [...fixed].map(([id, position]) => ({ nodeId: id, position })),
  };
}

function run(nodes: readonly Laid[], links: readonly Link[], options: object, start: Positions): Positions {
  const boxes = [...new Set(nodes.flatMap((node) => node.box ?? []))];
  const view = cytoscape({
    headless: true,
    styleEnabled: true,
    style: [
      { selector: "node[width]", style: { width: "data(width)", height: "data(height)" } },
      { selector: ":parent", style: { padding: "14px" } },
    ],
    elements: [
      ...boxes.map((id) => ({ group: "nodes" as const, data: { id: boxKey(id) } })),
      ...nodes.map((node) => ({
        group: "nodes" as const,
        data: { id: node.id, ...sizeOf(node), ...(node.box === null ? {} : { parent: boxKey(node.box) }) },
        position: { ...(start.get(node.id) ?? { x: 0, y: 0 }) },
      })),
      ...links.map((link, index) => ({ group: "edges" as const, data: { id: `link ${index}`, source: link.subject, target: link.object } })),
    ],
  });
  seeded(() => view.layout(options as cytoscape.LayoutOptions).run());
  const found = new Map(nodes.map((node) => [node.id, { ...view.getElementById(node.id).position() }] as const));
  view.destroy();
  return found;
}

export const boxKey = (id: string): string => `box ${id}`;

export function sizeOf(node: Laid): { width: number; height: number } {
  const { width, height } = labelOf(node);
  return { width, height };
}

/** The library samples by `Math.random`; with a seed of ours one graph is always laid out alike. */
function seeded(work: () => void): void {
  const random = Math.random;
  let state = 0x2545f491;
  Math.random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  try {
    work();
  } finally {
    Math.random = random;
  }
}
