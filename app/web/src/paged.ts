/** A list that comes page by page. */

import { useEffect, useState } from "preact/hooks";
import * as api from "./api.ts";
import type { Listing } from "./records.ts";
import { useResource } from "./state.ts";
import type { Problem } from "./types.ts";

export interface Paged<T> {
  readonly state: "loading" | "ready" | "failed";
  readonly items: readonly T[];
  readonly total: number;
  readonly problem: Problem | null;
  /** Loads the next page; null where there is none. */
  readonly more: (() => void) | null;
  readonly waiting: boolean;
  readonly retry: () => void;
}

/** The list that `key` names, its pages joined; `item` decodes what stands in later pages. */
export function usePaged<T>(key: string, load: (signal: AbortSignal) => Promise<Listing<T>>, item: (value: unknown) => T): Paged<T> {
  const [attempt, setAttempt] = useState(0);
  const [later, setLater] = useState<{ readonly of: unknown; readonly pages: readonly Listing<T>[] }>({ of: null, pages: [] });
  const [problem, setProblem] = useState<Problem | null>(null);
  const [waiting, setWaiting] = useState(false);
  const first = useResource(key, load, attempt);
  useEffect(() => setProblem(null), [key]);
  const retry = (): void => setAttempt((past) => past + 1);
  if (first.state !== "ready") {
    return { state: first.state, items: [], total: 0, problem: first.state === "failed" ? first.problem : null, more: null, waiting: false, retry };
  }
  const pages = later.of === first.value ? [first.value, ...later.pages] : [first.value];
  const next = pages.at(-1)?.next ?? null;
  const more = async (path: string): Promise<void> => {
    setWaiting(true);
    try {
      const page = await api.more(path, item, new AbortController().signal);
      setProblem(null);
      setLater({ of: first.value, pages: [...pages.slice(1), page] });
    } catch (error) {
      setProblem(error instanceof api.ApiError ? error.problem : api.ofThePage(String(error)));
    } finally {
      setWaiting(false);
    }
  };
  return {
    state: "ready",
    items: pages.flatMap((page) => page.items),
    total: first.value.total,
    problem,
    more: next === null ? null : () => void more(next),
    waiting,
    retry,
  };
}
