/** What a reader can do to the picture: each takes a state and gives the next. */

import type { Expansion, Filters, GraphState, Pin } from "./state.ts";

const sameExpansion = (one: Expansion, other: Expansion): boolean =>
  one.id === other.id && one.direction === other.direction && one.sign === other.sign && one.category === other.category;

/** Draw neighbours of a node; the same asked again with another number takes the place of the first. */
export function expand(state: GraphState, wanted: Expansion): GraphState {
  const at = state.expanded.findIndex((one) => sameExpansion(one, wanted));
  const expanded = at < 0 ? [...state.expanded, wanted] : state.expanded.map((one, index) => (index === at ? wanted : one));
  return { ...state, expanded };
}

/** Take away what expansions of a node drew, and expansions of nodes that go with it stay asked. */
export function collapse(state: GraphState, id: string): GraphState {
  return { ...state, expanded: state.expanded.filter((one) => one.id !== id) };
}

export function hide(state: GraphState, id: string): GraphState {
  if (state.hidden.includes(id)) return state;
  return { ...state, hidden: [...state.hidden, id], shown: null };
}

export function unhide(state: GraphState, id: string): GraphState {
  return { ...state, hidden: state.hidden.filter((one) => one !== id) };
}

export function showAll(state: GraphState): GraphState {
  return { ...state, hidden: [] };
}

export function pin(state: GraphState, place: Pin): GraphState {
  return { ...state, pinned: [...state.pinned.filter((one) => one.id !== place.id), place] };
}

export function unpin(state: GraphState, id: string): GraphState {
  return { ...state, pinned: state.pinned.filter((one) => one.id !== id) };
}

export function filter(state: GraphState, change: Partial<Filters>): GraphState {
  return { ...state, filters: { ...state.filters, ...change } };
}

export const NO_FILTERS: Filters = {
  signs: [], tiers: [], candidates: false, minBelief: 0, yearFrom: null, yearTo: null, organisms: [],
};

/** A way back and forth through the addresses of the picture. */
export interface Steps {
  readonly past: readonly string[];
  readonly future: readonly string[];
}

export const NO_STEPS: Steps = { past: [], future: [] };
const MOST_STEPS = 200;

export function step(steps: Steps, from: string): Steps {
  return { past: [...steps.past, from].slice(-MOST_STEPS), future: [] };
}

/** The steps after going back from `now`, and the address to go to; null where there is none. */
export function back(steps: Steps, now: string): readonly [Steps, string] | null {
  const to = steps.past.at(-1);
  return to === undefined ? null : [{ past: steps.past.slice(0, -1), future: [now, ...steps.future] }, to];
}

export function forth(steps: Steps, now: string): readonly [Steps, string] | null {
  const [to, ...future] = steps.future;
  return to === undefined ? null : [{ past: [...steps.past, now], future }, to];
}
