/** State that views share: the route, and what was read from the service. */

import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import * as api from "./api.ts";
import type { Asking } from "./asking.ts";
import { onNavigation, parse } from "./router.ts";
import type { Route } from "./router.ts";
import type { Article, Claim, EntityHit, Problem } from "./types.ts";

/** Something on its way from the service. */
export type Resource<T> =
  | { readonly state: "loading" }
  | { readonly state: "ready"; readonly value: T }
  | { readonly state: "failed"; readonly problem: Problem };

const LOADING = { state: "loading" } as const;

export function useRoute(): Route {
  const here = (): Route => parse(location.pathname, location.search);
  const [route, setRoute] = useState(here);
  useEffect(() => onNavigation(() => setRoute(here())), []);
  return route;
}

/**
 * Load what `key` names, again whenever `key` or `attempt` changes; an older load is given up.
 * Until the new value is there the old one is not shown.
 */
export function useResource<T>(
  key: string,
  load: (signal: AbortSignal) => Promise<T>,
  attempt = 0,
): Resource<T> {
  const mark = `${attempt} ${key}`;
  const [held, setHeld] = useState<{ mark: string; resource: Resource<T> }>({ mark, resource: LOADING });
  useEffect(() => {
    const control = new AbortController();
    const keep = (resource: Resource<T>): void => {
      if (!control.signal.aborted) setHeld({ mark, resource });
    };
    load(control.signal).then(
      (value) => keep({ state: "ready", value }),
      (error: unknown) => keep({ state: "failed", problem: problemOf(error) }),
    );
    return () => control.abort();
  }, [mark]);
  return held.mark === mark ? held.resource : LOADING;
}

/** What went wrong, in words. */
export function problemOf(error: unknown): Problem {
  if (error instanceof api.ApiError) return error.problem;
  const detail = error instanceof Error ? error.message : String(error);
  return api.ofThePage(detail);
}

/** The revision of the answer on the page; what it names is read as of that revision. */
export const AnswerRevision = createContext<number | null>(null);

/** What the answer on the page was asked by, and the revision that it came from. */
export const AnswerAsked = createContext<{ readonly asking: Asking; readonly revision: number | null } | null>(null);

type Load<T> = (id: string, asOf: number | null, signal: AbortSignal) => Promise<T>;

/** Keep what was loaded, so that one article is read once for all its quotes. */
function remembered<T>(load: Load<T>) {
  const known = new Map<string, Promise<T>>();
  return (id: string, asOf: number | null): Promise<T> => {
    const key = `${asOf} ${id}`;
    const held = known.get(key);
    if (held !== undefined) return held;
    const loading = load(id, asOf, new AbortController().signal);
    known.set(key, loading);
    loading.catch(() => known.delete(key));
    return loading;
  };
}

const articleOf = remembered(api.article);
const claimOf = remembered(api.claim);

/** A resource with the way to ask for it again. */
export type Retried<T> = readonly [Resource<T>, retry: () => void];

export function useArticle(id: string): Retried<Article> {
  return useRemembered("article", id, articleOf);
}

export function useClaim(id: string): Retried<Claim> {
  return useRemembered("claim", id, claimOf);
}

function useRemembered<T>(kind: string, id: string, load: (id: string, asOf: number | null) => Promise<T>): Retried<T> {
  const asOf = useContext(AnswerRevision);
  const [attempt, setAttempt] = useState(0);
  const resource = useResource(`${kind} ${asOf} ${id}`, () => load(id, asOf), attempt);
  return [resource, () => setAttempt((past) => past + 1)];
}

const PAUSE_MS = 120;
const FOUND_AT_MOST = 7;

interface Found {
  readonly hits: readonly EntityHit[];
  /** Whether the hits are still those of an earlier name. */
  readonly waiting: boolean;
}

/** The entities that `name` may mean, once its typing pauses; none for null. */
export function useFound(name: string | null): Found {
  const [held, setHeld] = useState<{ readonly name: string | null; readonly hits: readonly EntityHit[] }>({ name: null, hits: [] });
  useEffect(() => {
    if (name === null) return;
    const control = new AbortController();
    const pause = setTimeout(() => {
      const keep = (hits: readonly EntityHit[]): void => {
        if (!control.signal.aborted) setHeld({ name, hits });
      };
      // What can't be completed can still be asked; asking then says what is wrong.
      api.entities(name, FOUND_AT_MOST, control.signal).then((found) => keep(found.items), () => keep([]));
    }, PAUSE_MS);
    return () => {
      clearTimeout(pause);
      control.abort();
    };
  }, [name]);
  if (name === null) return { hits: [], waiting: false };
  return { hits: held.hits, waiting: held.name !== name };
}

const entityOf = remembered((id, _, signal) => api.entity(id, null, signal));

/** The name of an entity; its identifier until the name is there, or where it has none. */
export function useEntityName(id: string): string {
  const found = useResource(`name ${id}`, () => (id.includes(":") ? entityOf(id, null).then(({ name }) => name) : Promise.resolve(id)));
  return found.state === "ready" ? found.value : id;
}
