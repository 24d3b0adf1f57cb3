/** The calls of the public REST interface that the page makes. */

import { parametersOf } from "./asking.ts";
import type { Asked, Asking } from "./asking.ts";
import * as decode from "./decode.ts";
import * as records from "./records.ts";
import { segment, withParameters } from "./router.ts";
import type { Parameters } from "./router.ts";
import type { Answer, Article, Claim, EntityHit, Problem, Why } from "./types.ts";

export const BASE = "/api/v1";

/** A call that did not bring what was asked; `problem` says why in words. */
export class ApiError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail === "" ? problem.title : problem.detail);
    this.problem = problem;
  }
}

/** The address that answers what is asked, as a program would ask it. */
export function answerAddress({ question, asking, asOf }: Asked): string {
  if (asking === null) return under("/ask", { q: question, as_of: asOf });
  return under("/reasoning/interventions", { ...parametersOf(asking), as_of: asOf });
}

export async function ask(asked: Asked, signal: AbortSignal): Promise<Answer> {
  return read(answerAddress(asked), decode.answer, signal);
}

/** Why `target` answers a question, or what is missing that it is none. */
export async function why(target: string, asking: Asking, asOf: string | null, signal: AbortSignal): Promise<Why> {
  const path = `/reasoning/interventions/${segment(target)}/why`;
  return read(under(path, { ...parametersOf({ ...asking, excluding: [] }), as_of: asOf }), decode.why, signal);
}

/** The forms that an answer can be taken away in, with all it rests on. */
export type BundleForm = "json" | "csv" | "ris" | "bibtex" | "zip";

/** The address of an answer as a citable whole, in one of its forms. */
export function bundleAddress(asking: Asking, asOf: string | null, format: BundleForm): string {
  return under("/bundle", { ...parametersOf(asking), as_of: asOf, format, limit: "5000" });
}

/** How many answers a later page has; the first is small, so that it comes soon. */
const LATER_PAGE = "200";

/** The next page of an answer; `path` is the answer's own `next`. */
export async function askNext(path: string, signal: AbortSignal): Promise<Answer> {
  const [call = "", search = ""] = path.split("?", 2);
  const parameters = new URLSearchParams(search);
  parameters.set("limit", LATER_PAGE);
  return read(`${call}?${parameters.toString()}`, decode.answer, signal);
}

/** An article as of the revision `asOf`, so that an answer's offsets fit its text. */
export async function article(id: string, asOf: number | null, signal: AbortSignal): Promise<Article> {
  return read(`${BASE}/articles/${segment(id)}${at(asOf)}`, decode.article, signal);
}

/** An article with its mentions and claims, as of `asOf`. */
export async function fullArticle(id: string, asOf: string | null, signal: AbortSignal): Promise<records.FullArticle> {
  return read(under(`/articles/${segment(id)}`, { as_of: asOf }), records.fullArticle, signal);
}

export async function articleHistory(id: string, asOf: string | null, signal: AbortSignal): Promise<records.Listing<records.Decision>> {
  return read(under(`/articles/${segment(id)}/history`, { as_of: asOf }), records.listing(records.decision), signal);
}

export async function fullClaim(id: string, asOf: string | null, signal: AbortSignal): Promise<records.FullClaim> {
  return read(under(`/claims/${segment(id)}`, { as_of: asOf }), records.fullClaim, signal);
}

export async function claimHistory(id: string, asOf: string | null, signal: AbortSignal): Promise<records.Listing<records.Decision>> {
  return read(under(`/claims/${segment(id)}/history`, { as_of: asOf }), records.listing(records.decision), signal);
}

export async function claims(which: Parameters, signal: AbortSignal): Promise<records.Listing<records.FullClaim>> {
  return read(under("/claims", which), records.listing(records.fullClaim), signal);
}

/** The entities that a name, its beginning, or one nearly so may mean; best first. */
export async function entities(name: string, limit: number, signal: AbortSignal): Promise<records.Listing<EntityHit>> {
  return read(under("/entities", { q: name.slice(0, 200), limit: String(limit) }), records.listing(records.hit), signal);
}

/** The entity that a CURIE or a name means. */
export async function entity(curie: string, asOf: string | null, signal: AbortSignal): Promise<records.Entity> {
  return read(under(`/entities/${segment(curie)}`, { as_of: asOf }), records.entity, signal);
}

export async function neighbours(curie: string, which: Parameters, signal: AbortSignal): Promise<records.Listing<records.Neighbour>> {
  return read(under(`/entities/${segment(curie)}/neighbours`, which), records.listing(records.neighbour), signal);
}

/** The next page of a list; `path` is the list's own `next`. */
export async function more<T>(path: string, item: (value: unknown) => T, signal: AbortSignal): Promise<records.Listing<T>> {
  return read(path, records.listing(item), signal);
}

/** The number of the latest revision of the graph. */
export async function head(signal: AbortSignal): Promise<number | null> {
  const found = await read(under("/revisions", { limit: "1" }), records.listing(String), signal);
  return found.snapshot?.revision ?? null;
}

/** The latest jobs, newest first. */
export async function jobs(signal: AbortSignal): Promise<records.Listing<records.Job>> {
  return read(under("/jobs", { limit: "10" }), records.listing(records.job), signal);
}

/** How much the graph holds. */
export async function stats(signal: AbortSignal): Promise<records.Stats> {
  return read(`${BASE}/stats`, records.stats, signal);
}

export async function me(signal: AbortSignal): Promise<records.Me> {
  return read(`${BASE}/me`, records.me, signal);
}

/** A claim as of the revision `asOf`. */
export async function claim(id: string, asOf: number | null, signal: AbortSignal): Promise<Claim> {
  return read(`${BASE}/claims/${segment(id)}${at(asOf)}`, decode.claim, signal);
}

/** The address of `path` in the REST interface. */
function under(path: string, parameters: Parameters): string {
  return withParameters(`${BASE}${path}`, parameters);
}

function at(revision: number | null): string {
  return revision === null ? "" : `?as_of=${revision}`;
}

/** Read what the service answers at `path`; throws an ApiError that says in words why it can't. */
export async function read<T>(path: string, as: (json: unknown) => T, signal: AbortSignal): Promise<T> {
  const response = await fetched(path, signal);
  const body = await bodyOf(response, signal);
  if (!response.ok) throw new ApiError(decode.problem(response.status, body, response.headers.get("retry-after")));
  try {
    return as(body);
  } catch (error) {
    if (error instanceof decode.WireError) throw new ApiError(unreadable(error.message));
    throw error;
  }
}

async function fetched(path: string, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(path, { signal, headers: { accept: "application/json" } });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new ApiError(offline());
  }
}

async function bodyOf(response: Response, signal: AbortSignal): Promise<unknown> {
  try {
    return await response.json();
  } catch (error) {
    if (signal.aborted) throw error;
    if (!response.ok) return {};
    throw new ApiError(unreadable("not JSON"));
  }
}

const PLAIN = { status: null, name: null, retryAfter: null, fields: [], candidates: [], suggestions: [] } as const;

function offline(): Problem {
  return {
    ...PLAIN,
    kind: "offline",
    title: "The service can't be reached",
    detail: navigator.onLine
      ? "It may have been stopped. Start it with “evipath serve”, then try again."
      : "This computer is not connected to the network.",
  };
}

/** The problem of a part of the page whose code did not come. */
export function partMissing(): Problem {
  return navigator.onLine
    ? { ...PLAIN, kind: "broken", title: "This part of the page did not load", detail: "The service may have been renewed since the page was loaded. Reload the page." }
    : offline();
}

/** The problem of a page that failed by itself. */
export function ofThePage(detail: string): Problem {
  return { ...PLAIN, kind: "broken", title: "The page failed", detail };
}

function unreadable(what: string): Problem {
  return {
    ...PLAIN,
    kind: "broken",
    title: "The service's answer can't be read",
    detail: `The page and the service may be of different versions (${what}). Reload the page.`,
  };
}
