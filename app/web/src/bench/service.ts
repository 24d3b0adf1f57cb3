/** What the bench asks of the service. */

import { call, send } from "../account/session.ts";
import type { Reply } from "../account/session.ts";
import { list, number, object, text, words } from "../fields.ts";
import { segment } from "../router.ts";
import { benchArticle, benchClaim, decision } from "./claim.ts";
import type { BenchArticle, BenchClaim, Decision, Draft, Grounding } from "./claim.ts";

const BASE = "/api/v1";

export const ORDERS = ["confidence", "-confidence", "article", "disagreement"] as const;
export type Order = (typeof ORDERS)[number];

export const SHOWN = ["waiting", "accepted", "rejected", "superseded"] as const;
export type Shown = (typeof SHOWN)[number];

/** Which claims are to be judged, and in which order. */
export interface Asked {
  readonly order: Order;
  readonly entity: string;
  readonly article: string;
  /** What is to be judged, or a status of claims that were. */
  readonly status: Shown;
  /** The one claim that is asked for; empty for a queue. */
  readonly claim: string;
}

export interface QueuePage {
  readonly claims: readonly BenchClaim[];
  readonly total: number;
  readonly next: string | null;
}

/** A claim with all that is needed to judge it. */
export interface Case {
  readonly claim: BenchClaim;
  readonly etag: string;
  readonly article: BenchArticle | null;
  readonly history: readonly Decision[];
}

export async function firstPage(asked: Asked): Promise<QueuePage> {
  if (asked.claim !== "") {
    const claim = benchClaim((await call("GET", `${BASE}/claims/${segment(asked.claim)}`)).body);
    return { claims: [claim], total: 1, next: null };
  }
  const parameters = new URLSearchParams();
  if (asked.entity !== "") parameters.set("entity", asked.entity);
  if (asked.status !== "waiting") {
    if (asked.article !== "") parameters.set("pmid", asked.article);
    parameters.set("status", asked.status);
    return nextPage(`${BASE}/claims?${parameters.toString()}`);
  }
  if (asked.order === "disagreement") return disagreements(parameters, asked.article);
  if (asked.article !== "") parameters.set("pmid", asked.article);
  for (const status of ["candidate", "disputed"]) parameters.append("status", status);
  parameters.set("order", asked.order);
  return nextPage(`${BASE}/claims?${parameters.toString()}`);
}

export async function nextPage(path: string): Promise<QueuePage> {
  const json = object((await call("GET", path)).body);
  return { claims: list(json["items"]).map(benchClaim), total: number(json["total"]) ?? 0, next: words(json["next"]) };
}

/** What curators differ on, then the unjudged claims that contradict others. */
async function disagreements(parameters: URLSearchParams, article: string): Promise<QueuePage> {
  const disputed = new URLSearchParams(parameters);
  disputed.set("status", "disputed");
  disputed.set("limit", "100");
  if (article !== "") disputed.set("pmid", article);
  const first = await nextPage(`${BASE}/claims?${disputed.toString()}`);
  const conflicts = new URLSearchParams(parameters);
  conflicts.set("kind", "contradicts");
  conflicts.set("include_candidates", "true");
  const found = object((await call("GET", `${BASE}/claims/conflicts?${conflicts.toString()}`)).body);
  const ids = list(found["items"])
    .flatMap((item) => list(object(item)["claims"]))
    .map(object)
    .filter((each) => each["status"] === "candidate" && (article === "" || each["pmid"] === article))
    .map((each) => text(each["claim"]));
  const known = new Set(first.claims.map((each) => each.id));
  const fresh = [...new Set(ids)].filter((id) => !known.has(id));
  const more = await Promise.all(fresh.map(async (id) => benchClaim((await call("GET", `${BASE}/claims/${id}`)).body)));
  return { claims: [...first.claims, ...more], total: first.claims.length + more.length, next: null };
}

export async function caseOf(id: string): Promise<Case> {
  const path = `${BASE}/claims/${segment(id)}`;
  const [reply, past] = await Promise.all([call("GET", path), call("GET", `${path}/history`)]);
  const claim = benchClaim(reply.body);
  const article = claim.article === null ? null : benchArticle((await call("GET", `${BASE}/articles/${segment(claim.article)}`)).body);
  return { claim, etag: reply.etag ?? "*", article, history: list(object(past.body)["items"]).map(decision) };
}

/** A decision as the service takes it. */
export type Body = Readonly<Record<string, unknown>> & { readonly type: string };

/** A key that makes it safe to send a write again; `crypto.randomUUID` is there by https alone. */
function onceKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export async function decide(id: string, etag: string, body: Body): Promise<Reply> {
  return send("POST", `${BASE}/claims/${segment(id)}/decisions`, body, { "if-match": etag, "idempotency-key": onceKey() });
}

export async function add(draft: Draft, article: string): Promise<BenchClaim> {
  const path = `${BASE}/claims?${new URLSearchParams({ article }).toString()}`;
  return benchClaim((await send("POST", path, draft, { "idempotency-key": onceKey() })).body);
}

export interface EntityHit extends Grounding {
  readonly category: string;
  readonly matched: string;
}

export async function entities(query: string): Promise<EntityHit[]> {
  const parameters = new URLSearchParams({ q: query, limit: "8" });
  const json = object((await call("GET", `${BASE}/entities?${parameters.toString()}`)).body);
  return list(json["items"]).map((item) => {
    const entity = object(object(item)["entity"]);
    const id = text(entity["id"]);
    return { id, name: text(entity["name"], id), category: text(entity["category"]), matched: text(object(item)["matched"]), score: 1 };
  });
}

/** The claims that speak of the same agent and outcome as this one, in any article. */
export async function alike(claim: BenchClaim): Promise<readonly BenchClaim[]> {
  const agent = claim.slots.agent.groundings[0]?.id;
  const outcome = claim.slots.outcome.groundings[0]?.id;
  if (agent === undefined || outcome === undefined) return [];
  const parameters = new URLSearchParams({ agent, outcome, limit: "50" });
  return (await nextPage(`${BASE}/claims?${parameters.toString()}`)).claims;
}

export interface Term {
  readonly value: string;
  readonly definition: string;
  readonly direction: string | null;
}

export type Vocabularies = ReadonlyMap<string, readonly Term[]>;

let loaded: Promise<Vocabularies> | null = null;

/** The vocabularies of the typed graph with their definitions; read once. */
export function vocabularies(): Promise<Vocabularies> {
  loaded ??= call("GET", `${BASE}/schema`).then((reply) => new Map(
    list(object(reply.body)["vocabularies"]).map((each) => [
      text(object(each)["name"]),
      list(object(each)["values"]).map((value) => ({
        value: text(object(value)["value"]),
        definition: text(object(value)["definition"]).replaceAll("``", ""),
        direction: words(object(object(value)["facts"])["direction"]),
      })),
    ]),
  ));
  loaded.catch(() => (loaded = null));
  return loaded;
}
