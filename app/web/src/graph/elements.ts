/** What is drawn of an answer: its targets, the entities between and signed steps, each once. */

import type { Answer, EntityRef, Intervention, Sign, Step } from "../types.ts";

export interface Perturbed {
  readonly type: string;
  readonly direction: Sign;
}

export interface GraphNode {
  readonly id: string;
  readonly kind: "target" | "between" | "outcome";
  readonly entity: EntityRef;
  /** What the answer's interventions do to this entity; empty but for targets. */
  readonly perturbed: readonly Perturbed[];
  readonly claims: readonly string[];
}

export interface GraphEdge {
  readonly id: string;
  /** A claim's signed edge, or a membership that rests on no claim. */
  readonly kind: "claimed" | "membership";
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
  const edges = new Map<string, GraphEdge>();
  const entities = new Map<string, EntityRef>();
  for (const found of answer.interventions) {
    entities.set(found.target.id, found.target);
    for (const step of found.paths.flatMap((path) => path.steps)) {
      if (!entities.has(step.subject.id)) entities.set(step.subject.id, step.subject);
      if (!entities.has(step.object.id)) entities.set(step.object.id, step.object);
      addEdge(edges, step);
    }
  }
  const drawn = [...edges.values()];
  return { nodes: [...entities.values()].map((entity) => nodeOf(entity, answer, drawn)), edges: drawn };
}

/** A node with the claims of the edges that touch it and of the interventions on it. */
function nodeOf(entity: EntityRef, answer: Answer, edges: readonly GraphEdge[]): GraphNode {
  const id = nodeId(entity);
  const onIt = answer.interventions.filter((found) => found.target.id === entity.id);
  const touching = edges.filter((edge) => edge.source === id || edge.target === id);
  const claims = [
    ...onIt.flatMap((found) => found.evidence.map((item) => item.claim)),
    ...touching.flatMap((edge) => edge.claims),
  ];
  const kind = entity.id === answer.query.outcome.id ? "outcome" : onIt.length > 0 ? "target" : "between";
  return { id, kind, entity, perturbed: perturbations(onIt), claims: unique(claims) };
}

function perturbations(onIt: readonly Intervention[]): Perturbed[] {
  const each = new Map(onIt.map(({ perturbation }) => [`${perturbation.type} ${perturbation.direction}`, perturbation]));
  return [...each.values()];
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
