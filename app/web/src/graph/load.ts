/** The calls by which a picture's parts are read; each part is read once. */

import * as api from "../api.ts";
import { part } from "./part.ts";
import type { Part } from "./part.ts";
import { FIRST_INTERVENTIONS } from "./state.ts";
import type { Expansion, Filters, GraphState } from "./state.ts";

/** The parts of a picture: what it starts from, what each expansion draws, links among all. */
export interface Parts {
  readonly base: Part;
  readonly expansions: readonly Part[];
  readonly among: Part | null;
}

const ANSWER_NODES = 500;
/** The most entities whose links with each other are asked for at once; an address has bounds. */
const MOST_AMONG = 600;

/** Read the parts that a state asks for, all as of one revision. */
export async function load(state: GraphState, signal: AbortSignal): Promise<Parts | null> {
  const first = baseAddress(state);
  if (first === null) return null;
  const base = await once(first, signal);
  const asOf = String(base.snapshot.revision);
  const expansions = await Promise.all(
    state.expanded.map((one) => once(expansionAddress(one, state.filters, asOf), signal)),
  );
  const more = state.source.kind === "answer" || expansions.length > 0;
  const ids = [...new Set([base, ...expansions].flatMap((each) => each.nodes.map((node) => node.id)))];
  const wanted = state.allLinks && more && ids.length > 1 && ids.length <= MOST_AMONG;
  return { base, expansions, among: wanted ? await once(amongAddress(ids, state.filters, asOf), signal) : null };
}

/** The part that a drawing starts from, as a program would ask for it; null where nothing is asked. */
export function baseAddress(state: GraphState): string | null {
  const { source, filters } = state;
  const asked = filterParameters(filters, state.asOf);
  if (source.kind === "none") return null;
  if (source.kind === "center") {
    asked.append("center", source.center);
    if (source.hops !== 1) asked.append("hops", String(source.hops));
    asked.append("limit", String(source.limit));
  } else {
    for (const [name, value] of source.asked) asked.append(name === "q" ? "answer" : name, value);
    asked.append("limit", String(ANSWER_NODES));
    if (source.interventions !== FIRST_INTERVENTIONS) asked.append("interventions", String(source.interventions));
  }
  return `${api.BASE}/graph?${asked.toString()}`;
}

function expansionAddress(one: Expansion, filters: Filters, asOf: string): string {
  const asked = filterParameters(filters, asOf);
  asked.append("center", one.id);
  if (one.direction !== null) asked.append("direction", one.direction);
  if (one.sign !== null) asked.append("sign", one.sign);
  if (one.category !== null) asked.append("category", one.category);
  asked.append("limit", String(one.limit + 1));
  return `${api.BASE}/graph?${asked.toString()}`;
}

function amongAddress(ids: readonly string[], filters: Filters, asOf: string): string {
  const asked = filterParameters(filters, asOf);
  for (const id of ids) asked.append("among", id);
  return `${api.BASE}/graph?${asked.toString()}`;
}

function filterParameters(filters: Filters, asOf: string | null): URLSearchParams {
  const asked = new URLSearchParams();
  if (filters.candidates) for (const status of ["accepted", "candidate"]) asked.append("status", status);
  if (filters.yearFrom !== null) asked.append("year_from", String(filters.yearFrom));
  if (filters.yearTo !== null) asked.append("year_to", String(filters.yearTo));
  for (const organism of filters.organisms) asked.append("organism", organism);
  if (asOf !== null) asked.append("as_of", asOf);
  return asked;
}

const MOST_KEPT = 200;
const kept = new Map<string, Promise<Part>>();

/** Read a part, or give the one that was read; one without a fixed revision is read each time. */
function once(address: string, signal: AbortSignal): Promise<Part> {
  const held = kept.get(address);
  if (held !== undefined) return held;
  if (!/[?&]as_of=\d+(&|$)/u.test(address)) return api.read(address, part, signal);
  // Others may wait for a part that is kept, so that no one of them can give it up.
  const reading = api.read(address, part, new AbortController().signal);
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(address, reading);
  reading.catch(() => kept.delete(address));
  return reading;
}
