/** The picture of an address: its parts are read, put together and placed. */

import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { go } from "../router.ts";
import { problemOf } from "../state.ts";
import type { Problem } from "../types.ts";
import { NO_FILTERS, NO_STEPS, back, forth, step } from "./changes.ts";
import type { Steps } from "./changes.ts";
import { compose, merged } from "./compose.ts";
import type { Picture } from "./compose.ts";
import type { Positions, Wave } from "./layout.ts";
import { load } from "./load.ts";
import type { Parts } from "./load.ts";
import { addressOf, read } from "./state.ts";
import type { GraphState } from "./state.ts";

export interface Shown {
  readonly picture: Picture;
  readonly positions: Positions;
}

export interface Reading {
  readonly shown: Shown | null;
  readonly problem: Problem | null;
  readonly busy: boolean;
  readonly retry: () => void;
}

const NARROW = 560;

type Placing = typeof import("./layout.ts").place;

/** Read and place the picture of a state; the one before it stays until the new one is there. */
export function usePicture(state: GraphState): Reading {
  const [held, setHeld] = useState<{ key: string; parts: Parts | null; place: Placing | null; problem: Problem | null; revision: number | null }>({ key: "", parts: null, place: null, problem: null, revision: null });
  const [attempt, setAttempt] = useState(0);
  // What was read without a snapshot stays as it is once the address names the one it came from.
  const named = held.revision !== null && state.asOf === String(held.revision);
  const unnamed = keyOf({ ...state, asOf: null }, attempt);
  const key = named && held.key === unnamed ? unnamed : keyOf(state, attempt);
  useEffect(() => {
    const control = new AbortController();
    const begun = performance.now();
    Promise.all([load(state, control.signal), import("./layout.ts")]).then(
      ([parts, { place }]) => {
        if (control.signal.aborted) return;
        performance.measure("evipath graph read", { start: begun });
        setHeld({ key, parts, place, problem: null, revision: parts?.base.snapshot.revision ?? null });
      },
      (error: unknown) => control.signal.aborted || setHeld((before) => ({ ...before, key, problem: problemOf(error) })),
    );
    return () => control.abort();
  }, [key]);
  const { parts, place } = held;
  const fresh = held.key === key;
  const base = useMemo(() => (parts === null || place === null ? null : positionsOf(state, parts, place)), [parts, place, state.layout]);
  const shown = useMemo(() => {
    if (parts === null || base === null) return null;
    const positions = new Map(base);
    for (const { id, x, y } of state.pinned) positions.set(id, { x, y });
    return { picture: compose(state, parts), positions };
  }, [parts, base, addressOf({ ...state, shown: null })]);
  return { shown, problem: fresh ? held.problem : null, busy: !fresh, retry: useCallback(() => setAttempt((past) => past + 1), []) };
}

/** What decides which parts are read; the rest of a state only changes how they are shown. */
function keyOf(state: GraphState, attempt: number): string {
  const filters = { ...state.filters, signs: [], tiers: [], minBelief: 0 };
  return `${attempt} ${addressOf({ ...state, shown: null, hidden: [], pinned: [], layout: "free", filters })}`;
}

/** Where everything that was read stands, also what is hidden or filtered at present. */
function positionsOf(state: GraphState, parts: Parts, place: Placing): Positions {
  const { nodes, edges } = merged(state, parts);
  const whole = compose({ ...state, hidden: [], pinned: [], filters: NO_FILTERS }, parts);
  const drawn = new Map(whole.nodes.map((node) => [node.id, node]));
  const laid = nodes.map((node) => ({ ...node, box: drawn.get(node.id)?.box ?? null, more: drawn.get(node.id)?.more ?? 0 }));
  const begun = performance.now();
  const positions = place(laid, edges, waves(state, parts), state.layout, window.innerWidth < NARROW);
  performance.measure("evipath graph placed", { start: begun });
  return positions;
}

function waves(state: GraphState, parts: Parts): Wave[] {
  const seen = new Set<string>();
  const fresh = (ids: readonly string[]): string[] => ids.filter((id) => !seen.has(id) && seen.add(id) !== undefined);
  return [
    { around: null, ids: fresh(parts.base.nodes.map((node) => node.id)) },
    ...parts.expansions.map((part, index) => ({
      around: state.expanded[index]?.id ?? part.center,
      ids: fresh(part.nodes.map((node) => node.id)),
    })),
  ];
}

export interface Browser {
  readonly state: GraphState;
  /** Go to a next state, as a step that can be undone. */
  readonly change: (next: GraphState) => void;
  /** Open the claims of a node or edge; no step. */
  readonly show: (key: string | null) => void;
  readonly undo: (() => void) | null;
  readonly redo: (() => void) | null;
}

/** The state that the address says, and the ways to another. */
export function useBrowser(parameters: URLSearchParams): Browser {
  const search = parameters.toString();
  const state = useMemo(() => read(new URLSearchParams(search)), [search]);
  const [steps, setSteps] = useState<Steps>(NO_STEPS);
  const now = useRef(state);
  now.current = state;
  const change = useCallback((next: GraphState): void => {
    const from = addressOf({ ...now.current, shown: null });
    const to = addressOf(next);
    if (to === addressOf(now.current)) return;
    setSteps((held) => step(held, from));
    now.current = next;
    go(to);
  }, []);
  const show = useCallback((key: string | null): void => {
    if (now.current.shown !== key) go(addressOf({ ...now.current, shown: key }), true);
  }, []);
  const walk = (way: typeof back): (() => void) | null => {
    const found = way(steps, addressOf({ ...state, shown: null }));
    if (found === null) return null;
    return () => {
      setSteps(found[0]);
      const to = read(new URL(found[1], location.origin).searchParams);
      go(addressOf({ ...to, shown: state.shown }));
    };
  };
  return { state, change, show, undo: walk(back), redo: walk(forth) };
}
