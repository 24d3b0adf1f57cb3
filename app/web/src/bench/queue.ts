/** The queue of claims to judge: loaded page by page, with the next ones ready. */

import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { problemOf } from "../account/session.ts";
import type { Problem } from "../types.ts";
import type { BenchClaim } from "./claim.ts";
import { caseOf, firstPage, nextPage } from "./service.ts";
import type { Asked, Case } from "./service.ts";

const AHEAD = 2;
const LEFT_BEFORE_MORE = 5;

export interface Queue {
  readonly state: "loading" | "ready" | "failed";
  readonly problem: Problem | null;
  readonly claims: readonly BenchClaim[];
  /** How many there are in all, those that are not loaded yet too. */
  readonly total: number;
  readonly at: number;
  readonly go: (at: number) => void;
  /** Put a claim as it stands now in its place. */
  readonly put: (claim: BenchClaim) => void;
  readonly reload: () => void;
}

/** `me` is who judges: what they have accepted or rejected already awaits somebody else. */
export function useQueue(asked: Asked, me: string): Queue {
  const mark = JSON.stringify(asked);
  const waiting = asked.status === "waiting" && asked.claim === "";
  const wanted = (claim: BenchClaim): boolean => !waiting || awaits(claim, me);
  const [attempt, setAttempt] = useState(0);
  const [held, setHeld] = useState<{ claims: readonly BenchClaim[]; total: number; next: string | null } | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [at, setAt] = useState(0);
  const loading = useRef<string | null>(null);
  useEffect(() => {
    let gone = false;
    setHeld(null);
    setProblem(null);
    setAt(0);
    loading.current = null;
    firstPage(asked).then(
      (page) => !gone && setHeld({ ...page, claims: page.claims.filter(wanted) }),
      (error: unknown) => !gone && setProblem(problemOf(error)),
    );
    return () => {
      gone = true;
    };
  }, [mark, attempt]);
  useEffect(() => {
    if (held === null || held.next === null || held.claims.length - at > LEFT_BEFORE_MORE || loading.current === held.next) return;
    loading.current = held.next;
    nextPage(held.next).then(
      (page) => setHeld((present) => (present === null || present.next !== loading.current ? present : {
        claims: [...present.claims, ...page.claims.filter((each) => wanted(each) && !present.claims.some((known) => known.id === each.id))],
        total: present.total,
        next: page.next,
      })),
      (error: unknown) => setProblem(problemOf(error)),
    );
  }, [held, at]);
  const put = useCallback((claim: BenchClaim) => setHeld((present) => present === null ? null : {
    ...present,
    claims: present.claims.map((each) => (each.id === claim.id ? claim : each)),
  }), []);
  return {
    state: held !== null ? "ready" : problem !== null ? "failed" : "loading",
    problem,
    claims: held?.claims ?? [],
    total: held?.total ?? 0,
    at,
    go: setAt,
    put,
    reload: useCallback(() => setAttempt((past) => past + 1), []),
  };
}

function awaits(claim: BenchClaim, me: string): boolean {
  return claim.status === "disputed" || !claim.verdicts.some((each) => each.actor === me);
}

export type CaseState =
  | { readonly state: "loading" }
  | { readonly state: "ready"; readonly value: Case }
  | { readonly state: "failed"; readonly problem: Problem };

export interface Cases {
  readonly present: CaseState;
  /** Read the claim again, as it stands now. */
  readonly renew: (id: string) => Promise<void>;
  /** Read a claim again when it is next shown. */
  readonly forget: (id: string) => void;
}

/** The claim at hand, and in the background those that come next. */
export function useCases(queue: Queue): Cases {
  const known = useRef(new Map<string, Promise<Case>>());
  const [present, setPresent] = useState<{ id: string; state: CaseState }>({ id: "", state: { state: "loading" } });
  const id = queue.claims[queue.at]?.id ?? "";
  const showing = useRef(id);
  showing.current = id;
  const read = (wanted: string): Promise<Case> => {
    const held = known.current.get(wanted);
    if (held !== undefined) return held;
    const made = caseOf(wanted);
    known.current.set(wanted, made);
    made.catch(() => known.current.delete(wanted));
    return made;
  };
  const show = useCallback(async (wanted: string): Promise<void> => {
    try {
      const value = await read(wanted);
      if (showing.current === wanted) setPresent({ id: wanted, state: { state: "ready", value } });
    } catch (error) {
      if (showing.current === wanted) setPresent({ id: wanted, state: { state: "failed", problem: problemOf(error) } });
    }
  }, []);
  const renew = useCallback((wanted: string): Promise<void> => {
    known.current.delete(wanted);
    return show(wanted);
  }, []);
  useEffect(() => {
    if (id === "") return;
    void show(id);
    for (const next of queue.claims.slice(queue.at + 1, queue.at + 1 + AHEAD)) read(next.id).catch(() => undefined);
  }, [id, queue.claims.length]);
  const forget = useCallback((wanted: string): void => void known.current.delete(wanted), []);
  return { present: present.id === id ? present.state : { state: "loading" }, renew, forget };
}
