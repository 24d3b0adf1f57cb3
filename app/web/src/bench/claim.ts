/** Claims as the service sends and takes them: the bench sends back what it changed in them. */

import { WireError } from "../decode.ts";
import { list, number, object, text, words } from "../fields.ts";

export interface Span {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Grounding {
  readonly id: string;
  readonly name: string;
  readonly score?: number;
}

export interface Participant {
  readonly mention: Span | null;
  readonly antecedent?: Span | null;
  readonly groundings: readonly Grounding[];
  readonly composition?: { readonly op: string; readonly members: readonly unknown[] } | null;
  readonly measure?: string | null;
}

/** A relation that is itself an outcome: "A is required for B's effect on C". */
export interface Relation {
  readonly subject: Participant;
  readonly sign: string;
  readonly object: Participant;
}

export interface Outcome extends Participant {
  readonly direction: string;
  readonly aspect: string | null;
  readonly aspect_mention?: Span | null;
  readonly relation?: Relation | null;
}

export interface ContextItem {
  readonly type: string;
  readonly mention: Span | null;
  readonly groundings: readonly Grounding[];
  readonly value?: string | null;
  readonly name?: string | null;
  readonly state?: string | null;
  readonly direction?: string | null;
}

export interface Quote {
  readonly start: number | null;
  readonly end: number | null;
  readonly text: string;
  readonly sha256?: string | null;
  readonly verified?: boolean | null;
}

/** What a curator may say: the slots of a claim. */
export interface Draft {
  readonly text_sha256: string | null;
  readonly agent: Participant;
  readonly perturbation: {
    readonly type: string;
    readonly direction: string;
    readonly means: { readonly mention: Span; readonly groundings: readonly Grounding[] } | null;
    readonly trigger: Span | null;
  };
  readonly predicate: { readonly type: string; readonly trigger: Span | null };
  readonly outcome: Outcome;
  readonly negated: boolean;
  readonly strength: string | null;
  readonly timing: string | null;
  readonly context: readonly ContextItem[];
  readonly evidence: { readonly type: string; readonly eco: readonly string[]; readonly supports: string; readonly cue: Span | null; readonly stated?: boolean };
  readonly epistemic: string;
  readonly epistemic_cue: Span | null;
  readonly quotes: readonly Quote[];
}

export interface Verdict {
  readonly actor: string;
  readonly verdict: string;
  readonly decision: string;
  readonly reason: string | null;
  readonly needed: number;
}

/** A claim as it stands in the graph. */
export interface BenchClaim {
  readonly id: string;
  readonly status: string;
  readonly article: string | null;
  readonly statement: string;
  readonly confidence: number | null;
  readonly retracted: boolean;
  readonly revision: number;
  readonly verdicts: readonly Verdict[];
  readonly links: readonly { readonly type: string; readonly claim: string }[];
  readonly supersededBy: readonly string[];
  readonly slots: Omit<Draft, "text_sha256">;
}

const SLOTS = ["agent", "perturbation", "predicate", "outcome", "negated", "strength", "timing", "context", "evidence", "epistemic", "epistemic_cue", "quotes"] as const;

export function benchClaim(value: unknown): BenchClaim {
  const json = object(value);
  const id = words(json["id"]);
  if (id === null || SLOTS.some((name) => json[name] === undefined)) throw new WireError("a claim without its slots");
  return {
    id,
    status: text(json["status"], "candidate"),
    article: words(json["article"]),
    statement: text(json["statement"], "A claim without a statement"),
    confidence: number(json["confidence"]),
    retracted: json["retracted"] === true,
    revision: number(json["revision"]) ?? 0,
    verdicts: list(json["verdicts"]).map((each) => {
      const said = object(each);
      return { actor: text(said["actor"]), verdict: text(said["verdict"]), decision: text(said["decision"]), reason: words(said["reason"]), needed: number(said["needed"]) ?? 1 };
    }),
    links: list(json["links"]).map((each) => ({ type: text(object(each)["type"]), claim: text(object(each)["claim"]) })),
    supersededBy: list(json["superseded_by"]).flatMap((each) => words(each) ?? []),
    slots: Object.fromEntries(SLOTS.map((name) => [name, json[name]])) as unknown as BenchClaim["slots"],
  };
}

export interface BenchArticle {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  /** The code points of `text`, which all offsets count. */
  readonly points: readonly string[];
  readonly sha256: string;
  readonly claims: readonly BenchClaim[];
}

export function benchArticle(value: unknown): BenchArticle {
  const json = object(value);
  const whole = text(json["text"]);
  return {
    id: text(json["curie"], text(json["id"])),
    title: text(object(json["citation"])["title"], whole.split("\n", 1)[0] ?? ""),
    text: whole,
    points: [...whole],
    sha256: text(json["text_sha256"]),
    claims: list(json["claims"]).map(benchClaim),
  };
}

export interface Decision {
  readonly id: string;
  readonly type: string;
  readonly actor: string;
  readonly reason: string | null;
  readonly undoes: string | null;
  readonly replacements: readonly string[];
  readonly link: { readonly type: string; readonly claim: string } | null;
  readonly source: string | null;
  readonly revision: number;
  readonly createdAt: string;
}

export function decision(value: unknown): Decision {
  const json = object(value);
  const link = object(json["link"]);
  return {
    id: text(json["id"]),
    type: text(json["type"]),
    actor: text(json["actor"]),
    reason: words(json["reason"]),
    undoes: words(json["undoes"]),
    replacements: list(json["replacements"]).flatMap((each) => words(each) ?? []),
    link: words(link["type"]) === null ? null : { type: text(link["type"]), claim: text(link["claim"]) },
    source: words(json["source"]),
    revision: number(json["revision"]) ?? 0,
    createdAt: text(json["created_at"]),
  };
}

/** The decisions that no standing undo has taken away, undos among them; oldest first. */
export function holding(decisions: readonly Decision[]): Decision[] {
  const undone = new Set<string>();
  for (const each of [...decisions].reverse()) {
    if (each.type === "undo" && !undone.has(each.id)) undone.add(each.undoes ?? "");
  }
  return decisions.filter((each) => !undone.has(each.id));
}

/** The decisions that hold, undos left out. */
export function standing(decisions: readonly Decision[]): Decision[] {
  return holding(decisions).filter((each) => each.type !== "undo");
}

/** Tell whether a claim's spans count in the article's present text. */
export function fits(claim: BenchClaim, article: BenchArticle): boolean {
  return spansOf(claim.slots).every(({ span }) => article.points.slice(span.start, span.end).join("") === span.text);
}

export type SlotKind = "agent" | "perturbation" | "predicate" | "outcome" | "context" | "evidence";

export interface SlotMark extends Span {
  readonly slot: SlotKind;
}

/** Every place that a claim's slots point at, with the slot. */
export function spansOf(slots: Omit<Draft, "text_sha256">): { readonly slot: SlotKind; readonly span: Span }[] {
  const found: [SlotKind, Span | null | undefined][] = [
    ["agent", slots.agent.mention],
    ["agent", slots.agent.antecedent],
    ["perturbation", slots.perturbation.trigger],
    ["perturbation", slots.perturbation.means?.mention],
    ["predicate", slots.predicate.trigger],
    ["outcome", slots.outcome.mention],
    ["outcome", slots.outcome.antecedent],
    ["outcome", slots.outcome.aspect_mention],
    ["outcome", slots.outcome.relation?.subject.mention],
    ["outcome", slots.outcome.relation?.object.mention],
    ...slots.context.map((item): [SlotKind, Span | null] => ["context", item.mention]),
    ["evidence", slots.evidence.cue],
    ["evidence", slots.epistemic_cue],
  ];
  return found.flatMap(([slot, span]) => (span === null || span === undefined ? [] : [{ slot, span }]));
}

export function marksOf(slots: Omit<Draft, "text_sha256">): SlotMark[] {
  return spansOf(slots).map(({ slot, span }) => ({ ...span, slot }));
}

/** A claim to correct: its slots, on the article's present text. */
export function draftOf(claim: BenchClaim, article: BenchArticle): Draft {
  return { ...claim.slots, text_sha256: article.sha256, quotes: claim.slots.quotes.map(({ start, end, text }) => ({ start, end, text })) };
}

/** An empty claim on an article, for one that was missed. */
export function blank(article: BenchArticle): Draft {
  return {
    text_sha256: article.sha256,
    agent: { mention: null, groundings: [] },
    perturbation: { type: "none", direction: "0", means: null, trigger: null },
    predicate: { type: "increases", trigger: null },
    outcome: { mention: null, groundings: [], direction: "up", aspect: null },
    negated: false,
    strength: null,
    timing: null,
    context: [],
    evidence: { type: "observational", eco: [], supports: "none", cue: null },
    epistemic: "demonstrated",
    epistemic_cue: null,
    quotes: [],
  };
}
