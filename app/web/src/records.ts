/** What the page shows of entities, claims, decisions and jobs, decoded from the REST interface. */

import * as decode from "./decode.ts";
import { flag, list, number, object, text, texts, truth, words } from "./fields.ts";
import type { Article, Claim, EntityHit, EntityRef, Sign, Snapshot } from "./types.ts";
import type { Span } from "./text/offsets.ts";

/** A page of a list. */
export interface Listing<T> {
  readonly items: readonly T[];
  readonly total: number;
  readonly next: string | null;
  readonly snapshot: Snapshot | null;
}

export function listing<T>(item: (value: unknown) => T): (value: unknown) => Listing<T> {
  return (value) => {
    const json = object(value);
    if (!Array.isArray(json["items"])) throw new decode.WireError("a list without items");
    const items = json["items"].map(item);
    return { items, total: number(json["total"]) ?? items.length, next: words(json["next"]), snapshot: decode.snapshot(json["snapshot"]) };
  };
}

export interface Entity extends EntityHit {
  readonly description: string | null;
  readonly taxon: string | null;
  readonly xrefs: readonly string[];
  readonly source: string | null;
  /** The id that stands for it and its equivalents in answers. */
  readonly canonical: string;
  readonly equivalents: readonly string[];
  readonly snapshot: Snapshot | null;
}

export function entity(value: unknown): Entity {
  const json = object(value);
  const id = text(json["id"]);
  return {
    id,
    name: text(json["name"], id),
    abbreviation: words(json["abbreviation"]),
    category: text(json["category"], "NamedThing"),
    synonyms: texts(json["synonyms"]),
    description: words(json["description"]),
    taxon: words(json["taxon"]),
    xrefs: texts(json["xrefs"]),
    source: words(json["source"]),
    canonical: text(json["canonical"], id),
    equivalents: texts(json["equivalents"]),
    snapshot: decode.snapshot(json["snapshot"]),
  };
}

export function hit(value: unknown): EntityHit {
  return entity(object(value)["entity"]);
}

/** A signed link with the claims that carry it, or a stable relation. */
export interface Neighbour {
  readonly neighbour: EntityRef;
  readonly category: string;
  readonly outgoing: boolean;
  readonly sign: Sign;
  readonly aspect: string | null;
  readonly side: string | null;
  readonly belief: number | null;
  readonly claims: readonly string[];
  /** The stable relation, such as `member_of`; null for a signed link. */
  readonly relation: string | null;
  readonly source: string | null;
}

export function neighbour(value: unknown): Neighbour {
  const json = object(value);
  return {
    neighbour: decode.entity(json["neighbour"]),
    category: text(object(json["neighbour"])["category"]),
    outgoing: flag(json["outgoing"]),
    sign: decode.sign(json["sign"] ?? json["role"]),
    aspect: words(json["aspect"]),
    side: words(json["side"]),
    belief: number(json["belief"]),
    claims: texts(json["claims"]),
    relation: words(json["relation"]),
    source: words(json["source"]),
  };
}

/** Words of a text that name something, with what they may mean, best first. */
export interface Mention extends Span {
  readonly text: string;
  readonly groundings: readonly EntityRef[];
}

function mention(value: unknown): Mention | null {
  const json = object(value);
  const span = object(json["mention"] ?? json);
  const start = number(span["start"]);
  const end = number(span["end"]);
  if (start === null || end === null) return null;
  return { start, end, text: text(span["text"]), groundings: list(json["groundings"]).map(decode.entity) };
}

/** A slot of a claim: what it says in words, what it means, and the words that say so. */
export interface Slot {
  readonly name: string;
  readonly said: string;
  readonly span: Mention | null;
  readonly groundings: readonly EntityRef[];
}

export interface ClaimEdge {
  readonly subject: string;
  readonly object: string;
  readonly sign: Sign;
  readonly aspect: string | null;
  readonly side: string | null;
  readonly rule: string;
}

export interface Reading {
  readonly reader: string;
  readonly version: string;
  readonly rule: string | null;
  readonly confidence: number | null;
}

/** A claim with everything that is known of it. */
export interface FullClaim extends Claim {
  readonly slots: readonly Slot[];
  readonly edges: readonly ClaimEdge[];
  readonly links: readonly { readonly type: string; readonly claim: string }[];
  readonly supersededBy: readonly string[];
  readonly readings: readonly Reading[];
  readonly confidence: number | null;
  readonly retracted: boolean;
  readonly eco: readonly string[];
  /** The resource that an imported claim comes from; null for one read from a text. */
  readonly imported: string | null;
}

export function fullClaim(value: unknown): FullClaim {
  const json = object(value);
  return {
    ...decode.claim(value),
    slots: slotsOf(json),
    edges: list(json["edges"]).map(edge),
    links: list(json["links"]).map((item) => ({ type: text(object(item)["type"]), claim: text(object(item)["claim"]) })),
    supersededBy: texts(json["superseded_by"]),
    readings: list(json["extractions"]).map(reading),
    confidence: number(json["confidence"]),
    retracted: flag(json["retracted"]),
    eco: texts(object(json["evidence"])["eco"]),
    imported: words(object(json["source"])["resource"]),
  };
}

function edge(value: unknown): ClaimEdge {
  const json = object(value);
  return {
    subject: text(json["subject"]),
    object: text(json["object"]),
    sign: decode.sign(json["sign"]),
    aspect: words(json["aspect"]),
    side: words(json["side"]),
    rule: text(json["rule"]),
  };
}

function reading(value: unknown): Reading {
  const json = object(value);
  return { reader: text(json["reader"]), version: text(json["version"]), rule: words(json["rule"]), confidence: number(json["confidence"]) };
}

const plain = (term: string): string => term.replaceAll("_", " ");

function slotsOf(json: Readonly<Record<string, unknown>>): Slot[] {
  const agent = object(json["agent"]);
  const done = object(json["perturbation"]);
  const predicate = object(json["predicate"]);
  const outcome = object(json["outcome"]);
  const slots: (Slot | null)[] = [
    slot("agent", words(agent["measure"]), agent),
    text(done["type"], "none") === "none" ? null : slot("perturbation", plain(text(done["type"])), { mention: done["trigger"] }),
    done["means"] === null ? null : slot("means", null, object(done["means"])),
    slot("predicate", plain(text(predicate["type"])), { mention: predicate["trigger"] }),
    slot("outcome", [words(outcome["direction"]), words(outcome["aspect"])].filter((part) => part !== null).join(", ") || null, outcome),
    ...list(json["context"]).map((item) => {
      const each = object(item);
      const said = [words(each["value"]), words(each["name"]), words(each["state"]), flag(each["inferred"]) ? "concluded, not said" : null];
      return slot(`context: ${plain(text(each["type"]))}`, said.flatMap((part) => (part === null ? [] : plain(part))).join(", ") || null, each);
    }),
  ];
  return slots.filter((each) => each !== null);
}

function slot(name: string, said: string | null, json: Readonly<Record<string, unknown>>): Slot | null {
  const span = mention(json);
  const groundings = list(json["groundings"]).map(decode.entity);
  if (span === null && said === null && groundings.length === 0) return null;
  return { name, said: said ?? "", span, groundings };
}

/** An article with what its text mentions and what was read from it. */
export interface FullArticle extends Article {
  readonly mentions: readonly Mention[];
  readonly claims: readonly FullClaim[];
  readonly version: number | null;
  readonly records: readonly string[];
  readonly snapshot: Snapshot | null;
}

export function fullArticle(value: unknown): FullArticle {
  const json = object(value);
  return {
    ...decode.article(value),
    mentions: list(json["mentions"]).flatMap((item) => mention(item) ?? []),
    claims: list(json["claims"]).map(fullClaim),
    version: number(json["version"]),
    records: texts(json["records"]),
    snapshot: decode.snapshot(json["snapshot"]),
  };
}

/** What somebody decided: who, when, why. */
export interface Decision {
  readonly id: string;
  readonly type: string;
  readonly actor: string;
  readonly reason: string | null;
  readonly at: string;
  readonly revision: number | null;
  readonly undoes: string | null;
  readonly source: string | null;
  /** The claims, or the article, that stand in the place of what was decided on. */
  readonly into: readonly string[];
}

export function decision(value: unknown): Decision {
  const json = object(value);
  const into = words(json["into"]);
  const link = object(json["link"]);
  return {
    id: text(json["id"]),
    type: text(json["type"]),
    actor: text(json["actor"]),
    reason: words(json["reason"]),
    at: text(json["created_at"]),
    revision: number(json["revision"]),
    undoes: words(json["undoes"]),
    source: words(json["source"]),
    into: [...texts(json["replacements"]), ...(into === null ? [] : [into]), ...texts([link["claim"]])],
  };
}

export interface JobError {
  readonly source: string;
  readonly record: number | null;
  readonly line: number | null;
  readonly reason: string;
}

/** Long work and how far it is. */
export interface Job {
  readonly id: string;
  readonly kind: string;
  readonly status: string;
  readonly owner: string;
  readonly stage: string | null;
  readonly done: number;
  readonly total: number | null;
  readonly counts: readonly (readonly [what: string, number: number])[];
  readonly errors: readonly JobError[];
  readonly result: readonly string[];
  /** What a computation found, as its own call would have answered it. */
  readonly answer: unknown;
  readonly detail: string | null;
  readonly createdAt: string;
}

export function job(value: unknown): Job {
  const json = object(value);
  return {
    id: text(json["id"]),
    kind: text(json["kind"]),
    status: text(json["status"]),
    owner: text(json["owner"]),
    stage: words(json["stage"]),
    done: number(json["done"]) ?? 0,
    total: number(json["total"]),
    counts: Object.entries(object(json["counts"])).map(([what, count]) => [what, number(count) ?? 0] as const),
    errors: list(json["errors"]).map((item) => {
      const row = object(item);
      return { source: text(row["source"]), record: number(row["record"]), line: number(row["line"]), reason: text(row["reason"]) };
    }),
    result: texts(json["result"]),
    answer: json["answer"] ?? null,
    detail: words(json["detail"]),
    createdAt: text(json["created_at"]),
  };
}

/** How much the graph holds. */
export interface Stats {
  readonly articles: number;
  readonly accepted: number;
  readonly candidates: number;
  readonly snapshot: Snapshot | null;
}

export function stats(value: unknown): Stats {
  const json = object(value);
  const claims = object(json["claims_by_status"]);
  return {
    articles: number(json["articles"]) ?? 0,
    accepted: number(claims["accepted"]) ?? 0,
    candidates: number(claims["candidate"]) ?? 0,
    snapshot: decode.snapshot(json["snapshot"]),
  };
}

/** Who asks: without a token or a session, anybody, who may read. */
export interface Me {
  readonly name: string | null;
  readonly role: string;
  readonly authenticated: boolean;
}

export function me(value: unknown): Me {
  const json = object(value);
  return { name: words(json["name"]), role: text(json["role"], "reader"), authenticated: truth(json["authenticated"]) === true };
}
