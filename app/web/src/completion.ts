/** What the box offers while one types: questions, entities, an article, a claim. */

import { EFFECTS, askedAt, inQuestion, simply } from "./asking.ts";
import { place } from "./router.ts";
import type { EntityHit } from "./types.ts";

export interface Offer {
  readonly kind: "question" | "entity" | "article" | "claim";
  readonly id: string;
  /** What is chosen, as it stands in the list. */
  readonly text: string;
  readonly note: string;
  readonly detail: string;
  /** Where choosing it leads; null where it only goes on in the box with `text`. */
  readonly to: string | null;
}

const ARTICLE = /^(?:(?:pmid|pubmed)[:\s]*([1-9]\d{0,8})|([1-9]\d{3,8})|(pmc[:\s]*\d{3,9})|(?:doi:\s*|https?:\/\/(?:dx\.)?doi\.org\/)?(10\.\d{4,9}\/\S+)|https?:\/\/pubmed\.ncbi\.nlm\.nih\.gov\/([1-9]\d{0,8})\/?)$/iu;

/** The identifier of the article that `text` names; null where it names none. */
export function articleIn(text: string): string | null {
  const [, pmid, bare, pmc, doi, page] = ARTICLE.exec(text.trim()) ?? [];
  const number = pmid ?? bare ?? page;
  if (number !== undefined) return `PMID:${number}`;
  if (pmc !== undefined) return `PMC:${pmc.replace(/\D/gu, "")}`;
  return doi === undefined ? null : `doi:${doi}`;
}

/** The address that `text` names by itself: an article, or a claim by its id; else null. */
export function addressIn(text: string): string | null {
  const article = articleIn(text);
  if (article !== null) return place("article", article);
  return /^[0-9a-f]{64}$/u.test(text.trim()) ? place("claim", text.trim()) : null;
}

const VERBS = EFFECTS.map(({ name, verb }) => ({
  name,
  form: new RegExp(`^(?:which|what)(?: interventions?| treatments?| targets?)? (?:${verb}|${name.replace("no_effect", "has no effect on")})s? +(?<rest>.*)$`, "iu"),
}));

/** The effect that a question begun names, and what stands behind it; null where it names none. */
export function begun(text: string): { readonly effect: string; readonly rest: string } | null {
  for (const { name, form } of VERBS) {
    const rest = form.exec(text)?.groups?.["rest"];
    if (rest !== undefined) return { effect: name, rest: rest.trim() };
  }
  return null;
}

/** The name that the entities on offer are searched by; null where none are. */
export function nameSought(text: string): string | null {
  const typed = text.trim();
  if (typed === "" || addressIn(typed) !== null) return null;
  const question = begun(text.trimStart());
  if (question !== null) return question.rest === "" ? null : question.rest;
  return openings(text).length > 0 ? null : typed;
}

/** What happens, and so can be an outcome before all else. */
const EVENTS = new Set(["BiologicalProcess", "Pathway", "Disease", "PhenotypicFeature"]);

function eventsFirst(hits: readonly EntityHit[]): readonly EntityHit[] {
  const is = (hit: EntityHit): boolean => EVENTS.has(hit.category);
  return [...hits.filter(is), ...hits.filter((hit) => !is(hit))];
}

/** What is on offer for `text`, with the entities that the service found for `nameSought`. */
export function offers(text: string, hits: readonly EntityHit[]): readonly Offer[] {
  const article = articleIn(text);
  if (article !== null) return [{ kind: "article", id: article, text: article, note: "article", detail: "", to: place("article", article) }];
  const claim = addressIn(text);
  if (claim !== null) return [{ kind: "claim", id: claim, text: "The claim with this id", note: "claim", detail: "", to: claim }];
  const question = begun(text.trimStart());
  if (question !== null) return eventsFirst(hits).map((hit) => asQuestion(hit, question.effect));
  if (text.trim() !== "" && hits.length === 0) return openings(text);
  const first = hits.find((hit) => EVENTS.has(hit.category));
  const questions = first === undefined ? [] : ["reverses", "prevents", "promotes"].map((effect) => asQuestion(first, effect));
  return [...hits.map(asEntity), ...questions];
}

/** The beginnings of questions that begin as `text` does. */
function openings(text: string): readonly Offer[] {
  const typed = text.trimStart().toLowerCase();
  if (typed.length < 2) return [];
  return EFFECTS.map(({ name, meaning }) => ({ name, meaning, text: `${inQuestion(name, "")}` }))
    .filter((each) => each.text.startsWith(typed))
    .map((each) => ({ kind: "question", id: each.name, text: each.text, note: "question", detail: each.meaning, to: null }));
}

function asQuestion(hit: EntityHit, effect: string): Offer {
  const name = hit.abbreviation ?? hit.name;
  return {
    kind: "question",
    id: `${effect} ${hit.id}`,
    text: inQuestion(effect, name),
    note: "question",
    detail: name === hit.name ? hit.id : `${hit.name}, ${hit.id}`,
    to: askedAt(simply(hit.id, effect), null),
  };
}

function asEntity(hit: EntityHit): Offer {
  const synonyms = hit.synonyms.filter((name) => name !== hit.name).slice(0, 3);
  return {
    kind: "entity",
    id: hit.id,
    text: hit.name,
    note: hit.category,
    detail: [hit.id, ...synonyms].join(", "),
    to: place("entity", hit.id),
  };
}
