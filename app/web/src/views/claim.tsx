/** A claim: what it says slot by slot, its words in the abstract, who read and who judged it. */

import { useState } from "preact/hooks";
import type { VNode } from "preact";
import * as api from "../api.ts";
import { LOADED } from "../places.ts";
import type { FullClaim, Slot } from "../records.ts";
import { place } from "../router.ts";
import type { Route } from "../router.ts";
import { useEntityName, useResource } from "../state.ts";
import type { Article } from "../types.ts";
import { citationLine } from "../text/citation.ts";
import { codePoints, segments, slice, within } from "../text/offsets.ts";
import { beliefInWords, inWords, signInWords } from "../words.ts";
import { QuoteView, Source } from "./evidence.tsx";
import type { ViewProps } from "./lazy.tsx";
import { Skeleton } from "./loading.tsx";
import { PartProblem, ProblemView } from "./problem.tsx";
import { Decisions, SnapshotLine, StatusBadge } from "./record.tsx";
import { Inert } from "./text.tsx";
import "../styles/records.css";

export default function ClaimView({ route }: ViewProps): VNode {
  const [attempt, setAttempt] = useState(0);
  const claim = useResource(`full claim ${route.asOf} ${route.id}`, (signal) => api.fullClaim(route.id, route.asOf, signal), attempt);
  switch (claim.state) {
    case "loading":
      return <Skeleton label="Loading a claim" />;
    case "failed":
      return <ProblemView problem={claim.problem} retry={() => setAttempt(attempt + 1)} />;
    case "ready":
      return <ClaimPage claim={claim.value} route={route} />;
  }
}

function ClaimPage({ claim, route }: { readonly claim: FullClaim; readonly route: Route }): VNode {
  const asOf = route.asOf;
  return (
    <article class="record">
      <header>
        <p class="kind">Claim</p>
        <h1><Inert text={claim.statement} /></h1>
        <p class="quote-foot">
          <StatusBadge status={claim.status} />
          <span class="badge">stated as {inWords(claim.epistemic)}</span>
          {claim.negated && <span class="badge">negated</span>}
          {claim.evidenceType !== "" && <span class="badge">evidence: {inWords(claim.evidenceType)}</span>}
          {claim.supports !== null && claim.supports !== "none" && <span class="badge">supports {inWords(claim.supports)}</span>}
          {claim.retracted && <span class="badge badge-warn">its article is retracted</span>}
          {claim.imported !== null && <span class="badge">imported from <Inert text={claim.imported} /></span>}
          {LOADED.curate !== undefined && <a href={place("curate", "", { claim: claim.id })} data-inside>Judge it</a>}
        </p>
        {claim.supersededBy.map((id) => <p key={id}>Another claim stands in its place: <a href={place("claim", id, { as_of: asOf })} data-inside>claim {id.slice(0, 8)}</a></p>)}
        <SnapshotLine snapshot={null} route={route} />
      </header>
      <div class="record-columns">
        <div>
          <section aria-labelledby="slots">
            <h2 id="slots">What it says</h2>
            <dl class="slots">{claim.slots.map((slot, index) => <SlotLine key={index} slot={slot} index={index} asOf={asOf} />)}</dl>
          </section>
          <section aria-labelledby="words">
            <h2 id="words">In whose words</h2>
            {claim.quotes.map((quote, index) => <QuoteView key={index} item={quote} own />)}
            {claim.quotes.length === 0 && <p class="quiet">Imported, no sentence.</p>}
            {claim.article !== null && <Words id={claim.article} claim={claim} asOf={asOf} />}
          </section>
        </div>
        <div>
          <section aria-labelledby="edges">
            <h2 id="edges">What follows from it</h2>
            {claim.edges.length === 0 && <p class="quiet">No signed edge: it is not used in paths.</p>}
            <ul>{claim.edges.map((edge, index) => (
              <li key={index}>
                <EntityLink id={edge.subject} asOf={asOf} /> <span class={edge.sign === "-" ? "lowers" : "raises"}>{signInWords(edge.sign)}</span> <EntityLink id={edge.object} asOf={asOf} />
                {edge.aspect === null ? "" : `, ${edge.aspect}`}
                <span class="quiet"> · {edge.side === null ? "a sign only" : `${edge.side} of function`} · rule {inWords(edge.rule)}</span>
              </li>
            ))}</ul>
          </section>
          {claim.links.length > 0 && (
            <section aria-labelledby="linked">
              <h2 id="linked">Linked claims</h2>
              <ul>{claim.links.map((link, index) => <li key={index}>{inWords(link.type)} <a href={place("claim", link.claim, { as_of: asOf })} data-inside>claim {link.claim.slice(0, 8)}</a></li>)}</ul>
            </section>
          )}
          <section aria-labelledby="read-by">
            <h2 id="read-by">Who read it</h2>
            <ul>{claim.readings.map((reading, index) => (
              <li key={index}>
                <Inert text={`${inWords(reading.reader)} ${reading.version}`} />{reading.rule !== null && <>, rule <code>{reading.rule}</code></>}
                {reading.confidence !== null && <span class="quiet">, confidence {beliefInWords(reading.confidence)}</span>}
              </li>
            ))}</ul>
            {claim.eco.length > 0 && <p class="quiet">Evidence codes: {claim.eco.join(", ")}</p>}
          </section>
          <History id={claim.id} asOf={asOf} />
          <p class="quiet identifier">Identifier <code>{claim.id}</code></p>
        </div>
      </div>
    </article>
  );
}

function SlotLine({ slot, index, asOf }: { readonly slot: Slot; readonly index: number; readonly asOf: string | null }): VNode {
  const [best, ...others] = slot.groundings;
  return (
    <div>
      <dt><span class={slot.span === null ? "" : `slot slot-${index % 6}`}>{slot.name}</span></dt>
      <dd>
        {slot.span !== null && <q><Inert text={slot.span.text} /></q>} {slot.said !== "" && <Inert text={slot.said} />}{" "}
        {best !== undefined && <a href={place("entity", best.id, { as_of: asOf })} data-inside><Inert text={best.name} /> <code>{best.id}</code></a>}
        {others.length > 0 && <span class="quiet"> or <Inert text={others.map(({ id, name }) => `${name} (${id})`).join(", ")} /></span>}
      </dd>
    </div>
  );
}

function EntityLink({ id, asOf }: { readonly id: string; readonly asOf: string | null }): VNode {
  return <a href={place("entity", id, { as_of: asOf })} data-inside><Inert text={useEntityName(id)} /></a>;
}

/** The abstract with the claim's quotes filled and each slot's words underlined in its colour. */
function Words({ id, claim, asOf }: { readonly id: string; readonly claim: FullClaim; readonly asOf: string | null }): VNode {
  const [attempt, setAttempt] = useState(0);
  const article = useResource(`article ${asOf} ${id}`, (signal) => api.fullArticle(id, asOf, signal), attempt);
  switch (article.state) {
    case "loading":
      return <p role="status" class="quiet">Loading {id} …</p>;
    case "failed":
      return <PartProblem problem={article.problem} retry={() => setAttempt(attempt + 1)} />;
    case "ready":
      return <WordsIn article={article.value} claim={claim} asOf={asOf} />;
  }
}

interface WordsProps {
  readonly article: Article;
  readonly claim: FullClaim;
  readonly asOf: string | null;
}

function WordsIn({ article, claim, asOf }: WordsProps): VNode {
  const [title = "", ...lines] = article.text.split("\n");
  const titleEnd = codePoints(title);
  // Words are marked only where they stand: the text may be a later one than was read.
  const stands = (start: number | null, end: number | null, words: string | null): boolean =>
    start !== null && end !== null && words !== null && slice(article.text, start, end) === words;
  const quotes = claim.quotes.flatMap(({ start, end, quote }) => (stands(start, end, quote) ? [{ start: start ?? 0, end: end ?? 0, slot: null as number | null }] : []));
  const slots = claim.slots.flatMap(({ span }, slot) => (span !== null && stands(span.start, span.end, span.text) ? [{ start: span.start, end: span.end, slot: slot as number | null }] : []));
  const part = (text: string, start: number, end: number): VNode[] =>
    segments(text, within([...quotes, ...slots], start, end)).map(({ text: words, marks }, index) => {
      const slot = marks.find((mark) => mark.slot !== null)?.slot ?? null;
      const inner = slot === null ? <Inert text={words} /> : <span class={`slot slot-${slot % 6}`} title={claim.slots[slot]?.name}><Inert text={words} /></span>;
      return marks.some((mark) => mark.slot === null) ? <mark key={index}>{inner}</mark> : <span key={index}>{inner}</span>;
    });
  return (
    <section class="abstract" aria-label={`Abstract of ${article.id}`}>
      <p class="citation"><Inert text={citationLine(article)} /> <Source id={article.id} /> <a href={place("article", article.id, { as_of: asOf })} data-inside>All that was read from it</a></p>
      <div class="abstract-text">
        <p class="abstract-title">{part(title, 0, titleEnd)}</p>
        <p>{part(lines.join("\n"), titleEnd + 1, Infinity)}</p>
      </div>
    </section>
  );
}

function History({ id, asOf }: { readonly id: string; readonly asOf: string | null }): VNode {
  const [attempt, setAttempt] = useState(0);
  const history = useResource(`claim history ${asOf} ${id}`, (signal) => api.claimHistory(id, asOf, signal), attempt);
  return (
    <section aria-labelledby="history">
      <h2 id="history">Who judged it</h2>
      {history.state === "loading" && <p role="status" class="quiet">Loading its history …</p>}
      {history.state === "failed" && <PartProblem problem={history.problem} retry={() => setAttempt(attempt + 1)} />}
      {history.state === "ready" && (history.value.items.length === 0 ? <p class="quiet">Nobody yet: it is a candidate as it was read.</p> : <Decisions items={history.value.items} asOf={asOf} />)}
      {asOf === null && LOADED.curate !== undefined && <p><a href={place("curate", "", { claim: id })} data-inside>Judge it, or take a decision back, on the bench</a></p>}
    </section>
  );
}
