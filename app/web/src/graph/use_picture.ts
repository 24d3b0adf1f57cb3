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
import { placed } from "./placing.ts";
import type { Wish } from "./placing.ts";
import { addressOf, read } from "./state.ts";
import type { GraphState, LayoutName } from "./state.ts";

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

interface Held {
  readonly key: string;
  readonly parts: Parts | null;
  readonly problem: Problem | null;
  readonly revision: number | null;
}

interface Placed {
  readonly parts: Parts;
  readonly layout: LayoutName;
  readonly positions: Positions;
}

/** Read and place the picture of a state; the one before it stays until the new one is there. */
export function usePicture(state: GraphState): Reading {
  const [attempt, setAttempt] = useState(0);
  const held = useParts(state, attempt);
  const placing = usePositions(state, held.parts);
  const now = addressOf({ ...state, shown: null });
  const shown = useMemo(() => {
    if (placing === null) return null;
    const positions = new Map(placing.positions);
    for (const { id, x, y } of state.pinned) positions.set(id, { x, y });
    return { picture: compose(state, placing.parts), positions };
  }, [placing, now]);
  const busy = !held.fresh || (held.parts !== null && (placing?.parts !== held.parts || placing.layout !== state.layout));
  return { shown, problem: held.fresh ? held.problem : null, busy, retry: useCallback(() => setAttempt((past) => past + 1), []) };
}

/** The parts that a state asks for; `fresh` once they are there, until then the ones before. */
function useParts(state: GraphState, attempt: number): Held & { readonly fresh: boolean } {
  const [held, setHeld] = useState<Held>({ key: "", parts: null, problem: null, revision: null });
  // What was read without a snapshot stays as it is once the address names the one it came from.
  const named = held.revision !== null && state.asOf === String(held.revision);
  const unnamed = keyOf({ ...state, asOf: null }, attempt);
  const key = named && held.key === unnamed ? unnamed : keyOf(state, attempt);
  useEffect(() => {
    const control = new AbortController();
    const begun = performance.now();
    load(state, control.signal).then(
      (parts) => {
        if (control.signal.aborted) return;
        performance.measure("evipath graph read", { start: begun });
        setHeld({ key, parts, problem: null, revision: parts?.base.snapshot.revision ?? null });
      },
      (error: unknown) => control.signal.aborted || setHeld((before) => ({ ...before, key, problem: problemOf(error) })),
    );
    return () => control.abort();
  }, [key]);
  return { ...held, fresh: held.key === key };
}

/** Where the nodes of the parts stand; the positions before stand until new ones are found. */
function usePositions(state: GraphState, parts: Parts | null): Placed | null {
  const [found, setFound] = useState<Placed | null>(null);
  const { layout } = state;
  useEffect(() => {
    if (parts === null) return setFound(null);
    const control = new AbortController();
    placed(wishOf(state, parts), control.signal).then((positions) => {
      if (!control.signal.aborted) setFound({ parts, layout, positions });
    });
    return () => control.abort();
  }, [parts, layout]);
  return found;
}

/** What decides which parts are read; the rest of a state only changes how they are shown. */
function keyOf(state: GraphState, attempt: number): string {
  const filters = { ...state.filters, signs: [], tiers: [], minBelief: 0 };
  return `${attempt} ${addressOf({ ...state, shown: null, hidden: [], pinned: [], layout: "free", filters })}`;
}

/** Everything that was read has a place, also what is hidden or filtered at present. */
function wishOf(state: GraphState, parts: Parts): Wish {
  const { nodes, edges } = merged(state, parts);
  const whole = compose({ ...state, hidden: [], pinned: [], filters: NO_FILTERS }, parts);
  const drawn = new Map(whole.nodes.map((node) => [node.id, node]));
  return {
    nodes: nodes.map(({ id, name, perturbed }) => ({ id, name, perturbed, box: drawn.get(id)?.box ?? null, more: drawn.get(id)?.more ?? 0 })),
    links: edges.map(({ subject, object }) => ({ subject, object })),
    waves: waves(state, parts),
    layout: state.layout,
    narrow: window.innerWidth < NARROW,
  };
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
