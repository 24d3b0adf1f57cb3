/** The calls of the public REST interface that the page makes. */

import * as decode from "./decode.ts";
import { segment } from "./router.ts";
import type { Answer, Article, Claim, Problem } from "./types.ts";

const BASE = "/api/v1";

/** A call that did not bring what was asked; `problem` says why in words. */
export class ApiError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail === "" ? problem.title : problem.detail);
    this.problem = problem;
  }
}

/** The address of the answer to a question, as a program would ask it. */
export function answerAddress(question: string, asOf: string | null): string {
  const parameters = new URLSearchParams({ q: question });
  if (asOf !== null) parameters.set("as_of", asOf);
  return `${BASE}/ask?${parameters.toString()}`;
}

export async function ask(question: string, asOf: string | null, signal: AbortSignal): Promise<Answer> {
  return read(answerAddress(question, asOf), decode.answer, signal);
}

/** The next page of an answer; `path` is the answer's own `next`. */
export async function askNext(path: string, signal: AbortSignal): Promise<Answer> {
  return read(path, decode.answer, signal);
}

/** An article as of the revision `asOf`, so that an answer's offsets fit its text. */
export async function article(id: string, asOf: number | null, signal: AbortSignal): Promise<Article> {
  return read(`${BASE}/articles/${segment(id)}${at(asOf)}`, decode.article, signal);
}

/** A claim as of the revision `asOf`. */
export async function claim(id: string, asOf: number | null, signal: AbortSignal): Promise<Claim> {
  return read(`${BASE}/claims/${segment(id)}${at(asOf)}`, decode.claim, signal);
}

function at(revision: number | null): string {
  return revision === null ? "" : `?as_of=${revision}`;
}

async function read<T>(path: string, as: (json: unknown) => T, signal: AbortSignal): Promise<T> {
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
