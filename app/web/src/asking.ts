/** A question as the page holds it: in words, or by its slots; and how the address bears it. */

import { place } from "./router.ts";
import type { Parameters, Route } from "./router.ts";
import type { Query } from "./types.ts";

export interface Effect {
  readonly name: string;
  /** As a question has it: "which interventions reverse EMT". */
  readonly verb: string;
  /** What it means, for one who chooses it. */
  readonly meaning: string;
}

export const EFFECTS: readonly Effect[] = [
  { name: "reverses", verb: "reverse", meaning: "undoes what is already there" },
  { name: "prevents", verb: "prevent", meaning: "keeps it from coming about" },
  { name: "lowers", verb: "lower", meaning: "makes less of it, at whatever stage" },
  { name: "induces", verb: "induce", meaning: "brings it about" },
  { name: "promotes", verb: "promote", meaning: "makes more of it, at whatever stage" },
  { name: "maintains", verb: "maintain", meaning: "keeps up what is already there" },
  { name: "worsens", verb: "worsen", meaning: "makes more of what is already there" },
  { name: "no_effect", verb: "have no effect on", meaning: "was tried, and changed nothing" },
];

export const CONTEXT_TYPES = ["organism", "cell", "disease", "setting", "co_stimulus", "co_perturbation", "document_model"] as const;
export const SETTINGS = ["in_vivo", "in_vitro", "both"] as const;
export const MOST_HOPS = 6;
/** How many side effects a question may exclude. */
export const MOST_EXCLUDED = 5;

/** A question by its slots, each named as in the REST interface. */
export interface Asking {
  readonly outcome: string;
  readonly effect: string;
  /** Each as `type:id`. */
  readonly context: readonly string[];
  readonly maxHops: number;
  readonly candidates: boolean;
  readonly background: boolean;
  readonly matched: boolean;
  readonly order: string;
  readonly simulate: boolean;
  /** The side effects that an answer shall not have, each as `outcome:effect`. */
  readonly excluding: readonly string[];
}

export const PLAIN = { context: [], maxHops: 3, candidates: false, background: false, matched: false, order: "standing", simulate: false, excluding: [] } as const;

/** The slots of a question as the service read it. */
export function askingOf(query: Query): Asking {
  return {
    ...query,
    outcome: query.outcome.id,
    context: query.context.map(({ type, id }) => `${type}:${id}`),
    excluding: query.excluding.map(({ outcome, effect }) => `${outcome.id}:${effect}`),
  };
}

/** The parameters of the REST interface that ask this; what is at its default is left out. */
export function parametersOf(asking: Asking): Parameters {
  const on = (flag: boolean): string | null => (flag ? "true" : null);
  return {
    outcome: asking.outcome,
    effect: asking.effect,
    context: asking.context,
    max_hops: asking.maxHops === PLAIN.maxHops ? null : String(asking.maxHops),
    include_candidates: on(asking.candidates),
    include_background: on(asking.background),
    matched_only: on(asking.matched),
    order: asking.order === PLAIN.order ? null : asking.order,
    simulate: on(asking.simulate),
    excluding: asking.excluding,
  };
}

/** The question by its slots that an address bears; null where it bears none. */
export function askingIn(parameters: URLSearchParams): Asking | null {
  const outcome = parameters.get("outcome")?.trim() ?? "";
  if (outcome === "") return null;
  const hops = Number(parameters.get("max_hops") ?? PLAIN.maxHops);
  return {
    outcome,
    effect: parameters.get("effect") ?? "reverses",
    context: parameters.getAll("context"),
    maxHops: Number.isInteger(hops) && hops >= 1 && hops <= MOST_HOPS ? hops : PLAIN.maxHops,
    candidates: parameters.get("include_candidates") === "true",
    background: parameters.get("include_background") === "true",
    matched: parameters.get("matched_only") === "true",
    order: parameters.get("order") === "influence" ? "influence" : PLAIN.order,
    simulate: parameters.get("simulate") === "true",
    excluding: parameters.getAll("excluding"),
  };
}

/** The address of a question by its slots, as of `asOf`. */
export function askedAt(asking: Asking, asOf: string | null): string {
  return place("ask", "", { ...parametersOf(asking), as_of: asOf });
}

export function simply(outcome: string, effect: string): Asking {
  return { ...PLAIN, outcome, effect };
}

/** What an answer is asked by: its words or its slots, and the state of the graph. */
export interface Asked {
  readonly question: string;
  readonly asking: Asking | null;
  readonly asOf: string | null;
}

/**
 * What an address asks; null on the first page. `at` is the revision that an answer came from, which
 * the page itself writes into the address, so that whoever opens it later sees the same.
 */
export function askedIn(route: Route): (Asked & { readonly at: string | null }) | null {
  const asking = askingIn(route.parameters);
  if (asking === null && route.question === "") return null;
  return { question: asking === null ? route.question : "", asking, asOf: route.asOf, at: route.parameters.get("at") };
}

/** A question in words for what its slots ask. */
export function inQuestion(effect: string, outcome: string): string {
  const verb = EFFECTS.find(({ name }) => name === effect)?.verb ?? effect;
  return `which interventions ${verb} ${outcome}`;
}
