/** What is drawn of an answer: its interventions, entities and signed steps, each once. */

import { inWords } from "../words.ts";
import type { Answer, EntityRef, Intervention, Sign, Step } from "../types.ts";

export interface GraphNode {
  readonly id: string;
  readonly kind: "intervention" | "target" | "between" | "outcome";
  readonly name: string;
  /** The CURIE; null for an intervention. */
  readonly curie: string | null;
  readonly claims: readonly string[];
}

export interface GraphEdge {
  readonly id: string;
  /** A claim's signed edge, a membership without a claim, or the intervention itself. */
  readonly kind: "claimed" | "membership" | "intervention";
  readonly source: string;
  readonly target: string;
  readonly sign: Sign;
  readonly aspect: string | null;
  readonly side: string | null;
  readonly matched: boolean;
  readonly claims: readonly string[];
}

export interface AnswerGraph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

const nodeId = (entity: EntityRef): string => `node ${entity.id}`;

/** Build the graph of an answer's paths, in the order of the answer. */
export function graphOf(answer: Answer): AnswerGraph {
  const nodes = new Map<string, GraphNode>();
  const edges = new Map<string, GraphEdge>();
  const outcome = answer.query.outcome;
  for (const found of answer.interventions) {
    addNode(nodes, found.target, "target");
    addIntervention(nodes, edges, found);
    for (const path of found.paths) {
      for (const step of path.steps) {
        addNode(nodes, step.subject, step.subject.id === found.target.id ? "target" : "between");
        addNode(nodes, step.object, step.object.id === outcome.id ? "outcome" : "between");
        addEdge(edges, step);
      }
    }
  }
  return { nodes: withClaims([...nodes.values()], [...edges.values()]), edges: [...edges.values()] };
}

const KIND_RANK: Record<GraphNode["kind"], number> = { between: 0, target: 1, outcome: 2, intervention: 3 };

function addNode(nodes: Map<string, GraphNode>, entity: EntityRef, kind: GraphNode["kind"]): void {
  const id = nodeId(entity);
  const held = nodes.get(id);
  if (held !== undefined && KIND_RANK[held.kind] >= KIND_RANK[kind]) return;
  nodes.set(id, { id, kind, name: entity.name, curie: entity.id, claims: [] });
}

function addIntervention(nodes: Map<string, GraphNode>, edges: Map<string, GraphEdge>, found: Intervention): void {
  const { type, direction } = found.perturbation;
  const id = `do ${type} ${found.target.id}`;
  const claims = unique(found.evidence.map((item) => item.claim));
  nodes.set(id, { id, kind: "intervention", name: inWords(type), curie: null, claims });
  edges.set(`${id} edge`, {
    id: `${id} edge`,
    kind: "intervention",
    source: id,
    target: nodeId(found.target),
    sign: direction,
    aspect: null,
    side: null,
    matched: true,
    claims,
  });
}

function addEdge(edges: Map<string, GraphEdge>, step: Step): void {
  const id = ["edge", step.subject.id, step.sign, step.object.id, step.aspect ?? "", step.side ?? ""].join(" ");
  const held = edges.get(id);
  edges.set(id, {
    id,
    kind: step.kinship !== null ? "membership" : "claimed",
    source: nodeId(step.subject),
    target: nodeId(step.object),
    sign: step.sign,
    aspect: step.aspect,
    side: step.side,
    matched: step.matched || (held?.matched ?? false),
    claims: unique([...(held?.claims ?? []), ...step.claims]),
  });
}

/** Give each entity the claims of the edges that touch it. */
function withClaims(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): GraphNode[] {
  return nodes.map((node) => {
    if (node.kind === "intervention") return node;
    const touching = edges.filter((edge) => edge.source === node.id || edge.target === node.id);
    return { ...node, claims: unique(touching.flatMap((edge) => edge.claims)) };
  });
}

function unique(items: readonly string[]): string[] {
  return [...new Set(items)].filter((item) => item !== "");
}

/** Break a name into lines of about `width` characters, at spaces, slashes and hyphens. */
export function lines(name: string, width = 18): string[] {
  const broken: string[] = [];
  let line = "";
  for (const part of name.split(/(?<=[\s/-])/u)) {
    if (line !== "" && (line + part).trimEnd().length > width) {
      broken.push(line.trimEnd());
      line = "";
    }
    line += part;
  }
  return [...broken, line.trimEnd()].filter((text) => text !== "");
}
