/** Simulated interventions: the question as the address bears it, the call, and the answer. */

import { BASE } from "../api.ts";
import * as decode from "../decode.ts";
import { list, number, object, text, texts, words } from "../fields.ts";
import * as records from "../records.ts";
import type { Parameters } from "../router.ts";
import type { EntityRef, Sign, Simulated, Snapshot } from "../types.ts";
import { written } from "../writing.ts";

/** What is simulated; entities are CURIEs or names. */
export interface Asked {
  readonly outcome: string;
  readonly effect: string;
  readonly targets: readonly string[];
  readonly up: readonly string[];
  readonly down: readonly string[];
  readonly inducers: readonly string[];
  readonly pairs: boolean;
  readonly networks: number;
  readonly nodes: number;
  readonly seed: number;
  readonly candidates: boolean;
  readonly background: boolean;
}

export const USUAL = { networks: 200, nodes: 100, seed: 1 } as const;
export const MOST = { networks: 1000, nodes: 300, seed: 2 ** 32 - 1, targets: 50 } as const;
export const LEAST = { networks: 10, nodes: 2, seed: 0 } as const;

export function askedIn(parameters: URLSearchParams): Asked {
  const whole = (name: keyof typeof USUAL): number => {
    const value = Number(parameters.get(name) ?? USUAL[name]);
    return Number.isInteger(value) && value >= LEAST[name] && value <= MOST[name] ? value : USUAL[name];
  };
  return {
    outcome: parameters.get("outcome") ?? "",
    effect: parameters.get("effect") ?? "reverses",
    targets: parameters.getAll("target"),
    up: parameters.getAll("up"),
    down: parameters.getAll("down"),
    inducers: parameters.getAll("inducer"),
    pairs: parameters.get("pairs") === "true",
    networks: whole("networks"),
    nodes: whole("nodes"),
    seed: whole("seed"),
    candidates: parameters.get("include_candidates") === "true",
    background: parameters.get("include_background") === "true",
  };
}

/** The parameters of an address that asks this; what is as usual is left out. */
export function parametersOf(asked: Asked): Parameters {
  const on = (flag: boolean): string | null => (flag ? "true" : null);
  const unusual = (name: keyof typeof USUAL): string | null => (asked[name] === USUAL[name] ? null : String(asked[name]));
  return {
    ask: "simulate",
    outcome: asked.outcome,
    effect: asked.effect,
    target: asked.targets,
    up: asked.up,
    down: asked.down,
    inducer: asked.effect === "prevents" ? asked.inducers : [],
    pairs: on(asked.pairs),
    networks: unusual("networks"),
    nodes: unusual("nodes"),
    seed: unusual("seed"),
    include_candidates: on(asked.candidates),
    include_background: on(asked.background),
  };
}

export interface Target {
  readonly target: EntityRef;
  readonly type: string;
  readonly direction: Sign;
}

export interface SimulatedIntervention extends Simulated {
  readonly targets: readonly Target[];
  /** Of a pair, by how much it exceeds the better of its two. */
  readonly gain: number | null;
}

export interface Experiment {
  readonly intervention: Target;
  readonly words: string;
  readonly ifDecides: number;
  readonly ifNot: number;
  readonly error: number | null;
  readonly claims: readonly string[];
}

export interface Simulation {
  readonly outcome: EntityRef;
  readonly effect: string;
  readonly interventions: readonly SimulatedIntervention[];
  /** What was simulated, each figure by its name in the REST interface. */
  readonly model: ReadonlyMap<string, number>;
  readonly deciding: Experiment | null;
  readonly note: string | null;
  readonly snapshot: Snapshot | null;
}

/** Simulate: answered at once, or by a job where it takes longer. */
export async function simulate(asked: Asked, asOf: string | null, signal: AbortSignal): Promise<Simulation | { readonly job: string }> {
  const body = {
    outcome: asked.outcome,
    effect: asked.effect,
    targets: asked.targets,
    hold: [...asked.up.map((entity) => ({ entity, direction: "+" })), ...asked.down.map((entity) => ({ entity, direction: "-" }))],
    inducer: asked.effect === "prevents" ? asked.inducers : [],
    pairs: asked.pairs,
    networks: asked.networks,
    nodes: asked.nodes,
    seed: asked.seed,
    include_candidates: asked.candidates,
    include_background: asked.background,
    as_of: asOf,
  };
  const headers = { "content-type": "application/json" };
  const answer = await written(`${BASE}/reasoning/simulate`, { method: "POST", headers, body: JSON.stringify(body), signal });
  return "interventions" in object(answer) ? simulation(answer) : { job: records.job(answer).id };
}

export function simulation(value: unknown): Simulation {
  const json = object(value);
  if (!Array.isArray(json["interventions"])) throw new decode.WireError("a simulation without interventions");
  const query = object(json["query"]);
  const held = json["deciding"];
  return {
    outcome: decode.entity(query["outcome"]),
    effect: text(query["effect"]),
    interventions: json["interventions"].map(intervention),
    model: new Map(Object.entries(object(json["model"])).map(([name, figure]) => [name, number(figure) ?? 0])),
    deciding: held === null || held === undefined ? null : experiment(held),
    note: words(json["note"]),
    snapshot: decode.snapshot(json["snapshot"]),
  };
}

function target(value: unknown): Target {
  const json = object(value);
  const done = object(json["perturbation"]);
  return { target: decode.entity(json["target"]), type: text(done["type"], "none"), direction: decode.sign(done["direction"]) };
}

function intervention(value: unknown): SimulatedIntervention {
  const json = object(value);
  const effect = number(json["effect"]);
  if (effect === null) throw new decode.WireError("a simulated intervention without an effect");
  return { targets: list(json["targets"]).map(target), effect, error: number(json["standard_error"]), gain: number(json["gain"]) };
}

function experiment(value: unknown): Experiment {
  const json = object(value);
  return {
    intervention: target(json["intervention"]),
    words: text(json["words"]),
    ifDecides: number(json["if_decides"]) ?? 0,
    ifNot: number(json["if_not"]) ?? 0,
    error: number(json["standard_error"]),
    claims: texts(json["claims"]),
  };
}
