/**
 * From the JSON of the REST interface to the page's types.
 *
 * A field that is absent becomes null or empty, so that an older or newer service still reads;
 * what the page can't do without (an answer's list of interventions) throws a `WireError`.
 */

import { flag, list, number, object, text, texts, truth, words } from "./fields.ts";
import { TIERS, VERDICTS } from "./types.ts";
import type {
  Answer,
  Article,
  Claim,
  ContextAgreement,
  ContextFailure,
  CounterEvidence,
  EntityRef,
  Evidence,
  Exclusion,
  Intervention,
  LinkWorth,
  Path,
  Problem,
  Query,
  SideEffect,
  Sign,
  Simulated,
  Snapshot,
  Step,
  Tier,
  Why,
} from "./types.ts";

/** The service answered with something that is not what its contract says. */
export class WireError extends Error {}

/** An entity given as an object or as its bare CURIE. */
export function entity(value: unknown): EntityRef {
  if (typeof value === "string") return { id: value, name: value };
  const json = object(value);
  const id = text(json["id"]);
  return { id, name: text(json["name"], id) };
}

export function sign(value: unknown): Sign {
  return value === "+" || value === "-" ? value : "0";
}

function tier(value: unknown): Tier {
  const known = TIERS.find((name) => name === value);
  if (known === undefined) throw new WireError(`an answer of unknown tier ${JSON.stringify(value)}`);
  return known;
}

function query(value: unknown): Query {
  const json = object(value);
  return {
    outcome: entity(json["outcome"]),
    effect: text(json["effect"]),
    context: list(json["context"]).map((item) => ({ type: text(object(item)["type"]), id: text(object(item)["id"]) })),
    maxHops: number(json["max_hops"]) ?? 3,
    candidates: flag(json["include_candidates"]),
    background: flag(json["include_background"]),
    matched: flag(json["matched_only"]),
    order: text(json["order"], "standing"),
    simulate: flag(json["simulate"]),
    excluding: list(json["excluding"]).map(sideEffect),
    asOf: words(json["as_of"]),
  };
}

function sideEffect(value: unknown): SideEffect {
  const json = object(value);
  return { outcome: entity(json["outcome"]), effect: text(json["effect"]) };
}

export function snapshot(value: unknown): Snapshot | null {
  const json = object(value);
  const id = words(json["id"]);
  if (id === null) return null;
  return { id, revision: number(json["revision"]) ?? 0, createdAt: text(json["created_at"]) };
}

function agreements(value: unknown): ContextAgreement[] {
  return Object.entries(object(value)).map(([kind, found]) => {
    const row = object(found);
    return { kind, asked: words(row["asked"]), found: words(row["found"]), agreement: text(row["agreement"], "unasked"), inferred: flag(row["inferred"]) };
  });
}

function step(value: unknown): Step {
  const json = object(value);
  const end = (which: "subject" | "object"): EntityRef => {
    const { id, name } = entity(json[which]);
    return { id, name: text(json[`${which}_name`], name) };
  };
  return {
    subject: end("subject"),
    object: end("object"),
    sign: sign(json["sign"]),
    aspect: words(json["aspect"]),
    side: words(json["side"]),
    rule: text(json["rule"]),
    matched: flag(json["matched"]),
    belief: number(json["belief"]),
    claims: texts(json["claims"]),
    candidates: texts(json["candidates"]),
    kinship: words(json["kinship"]),
    condition: texts(json["condition"]),
    sentenceMissing: flag(json["sentence_missing"]),
  };
}

export function path(value: unknown): Path {
  const json = object(value);
  return {
    steps: list(json["steps"]).map(step),
    arithmetic: text(json["arithmetic"]),
    belief: number(json["belief"]),
    weakest: number(json["weakest"]),
    matched: flag(json["matched"]),
    context: agreements(json["context"]),
    failures: list(json["failures"]).map(failure),
  };
}

function failure(value: unknown): ContextFailure {
  const json = object(value);
  return {
    hop: number(json["hop"]) ?? 1,
    slot: text(json["slot"]),
    asked: text(json["asked"]),
    found: words(json["found"]),
    agreement: text(json["agreement"]),
  };
}

export function evidence(value: unknown): Evidence {
  const json = object(value);
  return {
    claim: text(json["claim"]),
    statement: text(json["statement"]),
    article: text(json["pmid"]),
    further: texts(json["publications"]).filter((each) => each !== json["pmid"]),
    quote: words(json["quote"]),
    start: number(json["start"]),
    end: number(json["end"]),
    verified: truth(json["verified"]),
    epistemic: words(json["epistemic"]),
    status: text(json["status"], "accepted"),
    role: json["role"] === "beside" ? "beside" : "ground",
  };
}

function counter(value: unknown): CounterEvidence {
  const json = object(value);
  return {
    ...evidence(value),
    role: "counter",
    relation: json["relation"] === "contradicts" ? "contradicts" : "differs_in_scope",
    kind: text(json["kind"]),
    scope: texts(json["scope"]),
  };
}

/** A simulated effect, by the names that answers give it; null where there is none. */
function simulated(json: Readonly<Record<string, unknown>>): Simulated | null {
  const effect = number(json["simulated_effect"]);
  return effect === null ? null : { effect, error: number(json["simulated_error"]) };
}

function exclusion(value: unknown): Exclusion {
  const json = object(value);
  const held = json["predicted"];
  const verdict = VERDICTS.find((name) => name === json["verdict"]);
  if (verdict === undefined) throw new WireError(`a side effect with the verdict ${JSON.stringify(json["verdict"])}`);
  return {
    ...sideEffect(value),
    verdict,
    evidence: list(json["evidence"]).map(evidence),
    against: list(json["against"]).map(evidence),
    predicted: held === null || held === undefined ? null : path(held),
    simulated: simulated(json),
    note: words(json["note"]),
  };
}

export function intervention(value: unknown): Intervention {
  const json = object(value);
  const done = object(json["perturbation"]);
  const shown = list(json["evidence"]).map(evidence);
  const papers = number(json["papers"]) ?? new Set(shown.map((item) => item.article)).size;
  return {
    target: entity(json["target"]),
    perturbation: { type: text(done["type"], "none"), direction: sign(done["direction"]) },
    tier: tier(json["tier"]),
    belief: number(json["belief"]),
    matched: flag(json["matched"]),
    contradicted: flag(json["contradicted"]),
    agreement: text(json["agreement"], "unasked"),
    paths: list(json["paths"]).map(path),
    evidence: shown,
    counter: list(json["counter_evidence"]).map(counter),
    claimCount: number(json["claim_count"]) ?? shown.length,
    papers,
    independentPapers: number(json["independent_papers"]) ?? papers,
    weakest: number(json["weakest"]),
    candidatesUsed: list(json["candidates_used"]).length,
    influence: number(json["influence"]),
    competing: number(json["competing"]),
    simulated: simulated(json),
    exclusions: list(json["exclusions"]).map(exclusion),
  };
}

/** An answer, bare or beside the query that a question in words was read as. */
export function answer(value: unknown): Answer {
  const outer = object(value);
  const json = "answer" in outer ? object(outer["answer"]) : outer;
  if (!Array.isArray(json["interventions"])) throw new WireError("an answer without interventions");
  return {
    query: query("query" in json ? json["query"] : outer["query"]),
    snapshot: snapshot(json["snapshot"]),
    interventions: json["interventions"].map(intervention),
    total: number(json["total"]) ?? json["interventions"].length,
    complete: json["complete"] !== false,
    note: words(json["note"]),
    next: words(json["next"]),
  };
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** A date as PubMed prints it (`2004 Aug 1`), as precise as its source; else the source's words. */
function partialDate(value: unknown): string | null {
  const json = object(value);
  const year = number(json["year"]);
  if (year === null) return words(value) ?? words(json["source"]);
  const month = MONTHS[(number(json["month"]) ?? 0) - 1];
  return [year, month, number(json["day"])].filter((part) => part !== null && part !== undefined).join(" ");
}

function author(value: unknown): string {
  const json = object(value);
  const person = [json["last_name"], json["initials"], json["suffix"]].flatMap((part) => words(part) ?? []);
  return words(value) ?? words(json["name"]) ?? words(json["collective"]) ?? person.join(" ");
}

export function article(value: unknown): Article {
  const json = object(value);
  const citation = object(json["citation"]);
  const whole = text(json["text"]);
  const journal = object(citation["journal"]);
  return {
    id: text(json["curie"], text(json["id"])),
    text: whole,
    title: text(citation["title"], whole.split("\n", 1)[0] ?? ""),
    authors: list(citation["authors"]).map(author).filter((name) => name !== ""),
    journal: words(citation["journal"]) ?? words(journal["iso_abbreviation"]) ?? words(journal["medline_ta"]) ?? words(journal["title"]),
    published: partialDate(citation["published"]),
    volume: words(citation["volume"]),
    issue: words(citation["issue"]),
    pages: words(citation["pages"]),
    identifiers: texts(citation["identifiers"]),
    retracted: flag(json["retracted"]) || flag(citation["retracted"]) || texts(citation["publication_types"]).includes("Retracted Publication"),
  };
}

function contextInWords(value: unknown): string {
  const json = object(value);
  const name = words(object(json["mention"])["text"]) ?? words(json["name"]) ?? words(object(list(json["groundings"])[0])["name"]) ?? text(json["value"]);
  const state = words(json["state"]);
  const kind = text(json["type"]).replaceAll("_", " ");
  return `${kind}: ${name.replaceAll("_", " ")}${state === null ? "" : ` ${state}`}`;
}

export function claim(value: unknown): Claim {
  const json = object(value);
  const shown = object(json["evidence"]);
  const id = text(json["id"]);
  const source = words(json["article"]);
  const epistemic = text(json["epistemic"], "unstated");
  const status = text(json["status"], "candidate");
  return {
    id,
    status,
    article: source,
    statement: text(json["statement"], "A claim without a statement"),
    epistemic,
    evidenceType: text(shown["type"]),
    supports: words(shown["supports"]),
    negated: flag(json["negated"]),
    context: list(json["context"]).map(contextInWords),
    quotes: list(json["quotes"]).map((item) => ({
      ...evidence(item),
      quote: words(object(item)["text"]),
      claim: id,
      article: source ?? "",
      epistemic,
      status,
    })),
  };
}

/** A problem document (RFC 9457) in the page's words; `retryAfter` is the header of that name. */
export function problem(status: number, value: unknown, retryAfter: string | null = null): Problem {
  const json = object(value);
  return {
    kind: status === 503 || status === 429 ? "busy" : status >= 500 ? "broken" : "refused",
    status,
    title: text(json["title"], status >= 500 ? "The service failed" : "The question was refused"),
    detail: text(json["detail"]),
    name: words(json["name"]),
    retryAfter: seconds(retryAfter),
    fields: list(json["errors"]).map((item) => ({
      pointer: text(object(item)["pointer"]),
      detail: text(object(item)["detail"]),
    })),
    candidates: [...list(json["candidates"]), ...list(json["nearest"])].map(entity),
    suggestions: [...texts(json["can_be_asked"]), ...texts(json["examples"]), ...texts(json["suggestions"])],
  };
}

/** The seconds that a `Retry-After` header names; null for one that names a date, or none. */
function seconds(header: string | null): number | null {
  return header !== null && /^\d{1,4}$/.test(header) ? Number(header) : null;
}

function worth(value: unknown): LinkWorth {
  const json = object(value);
  return {
    subject: text(json["subject"]),
    object: text(json["object"]),
    sign: sign(json["sign"]),
    side: words(json["side"]),
    aspect: words(json["aspect"]),
    claims: list(json["claims"]).map((item) => {
      const row = object(item);
      return { claim: text(row["claim"]), reliability: number(row["reliability"]) ?? 0, group: number(row["group"]) ?? 0, counts: flag(row["counts"]) };
    }),
    together: number(json["together"]) ?? 0,
    opposite: number(json["opposite"]) ?? 0,
    weight: number(json["weight"]) ?? 0,
    belief: number(json["belief"]) ?? 0,
  };
}

export function why(value: unknown): Why {
  const json = object(value);
  return {
    target: entity(json["target"]),
    answers: list(json["answers"]).map((item) => {
      const row = object(item);
      return {
        intervention: intervention(row["intervention"]),
        links: list(row["links"]).map(worth),
        net: number(row["net"]) ?? 0,
        total: number(row["total"]) ?? 0,
        strength: number(row["strength"]) ?? 0,
      };
    }),
    lacking: list(json["lacking"]).map((item) => {
      const row = object(item);
      const held = row["path"];
      return {
        direction: sign(row["direction"]),
        reason: text(row["reason"]),
        note: text(row["note"]),
        path: held === null || held === undefined ? null : path(held),
      };
    }),
  };
}
