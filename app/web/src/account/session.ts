/** The browser's session: who is signed in, and writes that the service takes from this page alone. */

import { useEffect, useState } from "preact/hooks";
import { ApiError, ofThePage } from "../api.ts";
import { problem } from "../decode.ts";
import { flag, number, object, text, words } from "../fields.ts";
import type { Problem } from "../types.ts";

const BASE = "/api/v1";

export interface Session {
  readonly authenticated: boolean;
  readonly name: string | null;
  readonly role: string;
  readonly expiresAt: string | null;
  /** What the provider that people sign in with is called; null where there is none. */
  readonly oidc: string | null;
  readonly readersNeedToken: boolean;
  /** How many curators must agree on a verdict. */
  readonly quorum: number;
}

/** The answer to a call; `body` is its JSON, empty where it has none. */
export interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly etag: string | null;
}

export type SessionState =
  | { readonly state: "loading" }
  | { readonly state: "ready"; readonly session: Session }
  | { readonly state: "failed"; readonly problem: Problem };

let known: SessionState = { state: "loading" };
let token: string | null = null;
let asked = false;
const listeners = new Set<(state: SessionState) => void>();

function tell(state: SessionState): void {
  known = state;
  for (const listener of [...listeners]) listener(state);
}

function take(body: unknown): void {
  const json = object(body);
  token = words(json["csrf_token"]);
  tell({
    state: "ready",
    session: {
      authenticated: flag(json["authenticated"]),
      name: words(json["name"]),
      role: text(json["role"], "reader"),
      expiresAt: words(json["expires_at"]),
      oidc: words(json["oidc"]),
      readersNeedToken: flag(json["readers_need_token"]),
      quorum: number(json["quorum"]) ?? 1,
    },
  });
}

/** Ask the service anew who is signed in. */
export async function renew(): Promise<void> {
  asked = true;
  try {
    take((await call("GET", `${BASE}/session`)).body);
  } catch (error) {
    tell({ state: "failed", problem: problemOf(error) });
  }
}

/** Who is signed in; asked once, then the same for all views. */
export function useSession(): SessionState {
  const [state, setState] = useState(known);
  useEffect(() => {
    listeners.add(setState);
    setState(known);
    if (!asked) void renew();
    return () => void listeners.delete(setState);
  }, []);
  return state;
}

export function mayCurate(session: Session): boolean {
  return session.role === "curator" || session.role === "admin";
}

export async function signIn(by: { readonly token: string } | { readonly code: string }): Promise<void> {
  take((await call("POST", `${BASE}/session`, by)).body);
}

export async function signOut(): Promise<void> {
  await send("DELETE", `${BASE}/session`);
  await renew();
}

/**
 * Write to the service as whoever is signed in. A session that another tab renewed is asked for
 * once; where it has ended, all views are told and the error is thrown.
 */
export async function send(method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
  if (token === null) await renew();
  try {
    return await call(method, path, body, headers);
  } catch (error) {
    const status = error instanceof CallError ? error.problem.status : null;
    if (status !== 401 && !(status === 403 && isForged(error))) throw error;
    const before = token;
    await renew();
    if (token === null || token === before) throw error;
    return call(method, path, body, headers);
  }
}

/** A call that was refused, with all that the service answered. */
export class CallError extends ApiError {
  readonly reply: Reply;
  constructor(refused: Problem, reply: Reply) {
    super(refused);
    this.reply = reply;
  }
}

export function problemOf(error: unknown): Problem {
  if (error instanceof ApiError) return error.problem;
  return ofThePage(error instanceof Error ? error.message : String(error));
}

function isForged(error: unknown): boolean {
  return error instanceof CallError && text(object(error.reply.body)["type"]).endsWith(":forged-request");
}

/** Call the service; texts and files are sent as they are. Throws a `CallError` for what it refuses. */
export async function call(method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
  const given: Record<string, string> = { accept: "application/json", ...headers };
  const plain = typeof body === "string" || body instanceof Blob;
  if (body !== undefined && !plain) given["content-type"] = "application/json";
  if (method !== "GET" && token !== null) given["x-csrf-token"] = token;
  let response: Response;
  try {
    response = await fetch(path, { method, headers: given, ...(body === undefined ? {} : { body: plain ? body : JSON.stringify(body) }) });
  } catch {
    throw new ApiError({ ...ofThePage("It may have been stopped, or this computer is offline. What you did is kept here; try again."), kind: "offline", title: "The service can't be reached" });
  }
  const reply = { status: response.status, body: await json(response), etag: response.headers.get("etag") };
  if (!response.ok) throw new CallError(problem(response.status, reply.body, response.headers.get("retry-after")), reply);
  return reply;
}

async function json(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return {};
  }
}
