/** The sentences an answer rests on, and each of them inside its abstract. */

import { useState } from "preact/hooks";
import type { VNode } from "preact";
import { place } from "../router.ts";
import { useArticle } from "../state.ts";
import { addressOf, citationLine } from "../text/citation.ts";
import { codePoints, within } from "../text/offsets.ts";
import type { Article, Evidence } from "../types.ts";
import { count, inWords } from "../words.ts";
import { PartProblem } from "./problem.tsx";
import { Inert, MarkLegend, Marked } from "./text.tsx";
import type { Mark } from "./text.tsx";

export function EvidenceList({ evidence }: { readonly evidence: readonly Evidence[] }): VNode {
  const beside = evidence.filter((item) => item.role !== "ground");
  return (
    <section class="evidence">
      <h4>Evidence</h4>
      {evidence.length === 0 && <p class="quiet">No sentence of its own; it follows from the path.</p>}
      <Quotes items={evidence.filter((item) => item.role === "ground")} />
      {beside.length > 0 && <h5>Beside it, adding no belief</h5>}
      <Quotes items={beside} />
    </section>
  );
}

/** The abstract of every article that is quoted; `open` are those that don't only speak against. */
export function Abstracts({ evidence, open }: { readonly evidence: readonly Evidence[]; readonly open: boolean }): VNode {
  const articles = [...new Set(evidence.map((item) => item.article))].filter((id) => id !== "");
  return (
    <>
      {articles.map((id) => {
        const quotes = evidence.filter((item) => item.article === id);
        return <ArticleQuotes key={id} id={id} quotes={quotes} open={open && quotes.some((item) => item.role !== "counter")} />;
      })}
    </>
  );
}

function Quotes({ items }: { readonly items: readonly Evidence[] }): VNode | null {
  if (items.length === 0) return null;
  return <ul class="quotes">{items.map((item, index) => <li key={index}><QuoteView item={item} /></li>)}</ul>;
}

interface QuoteProps {
  readonly item: Evidence;
  /** Whether the quote stands beside its claim, and needs no way to it. */
  readonly own?: boolean;
}

export function QuoteView({ item, own = false }: QuoteProps): VNode {
  if (item.quote === null) return <p class="quiet">Imported, no sentence. <Sources item={item} /> {!own && <ClaimLink id={item.claim} />}</p>;
  return (
    <>
      <blockquote><Inert text={item.quote} /></blockquote>
      <p class="quote-foot">
        {item.epistemic !== null && <span class="badge">{inWords(item.epistemic)}</span>}
        {item.status !== "accepted" && <span class="badge badge-warn">{inWords(item.status)}</span>}
        {item.verified === true && <span class="verified">verbatim in the text</span>}
        {item.verified === false && <span class="badge badge-warn">does not stand in the present text</span>}
        {item.verified === null && <span class="badge badge-warn">place in the text not known</span>}
        <Sources item={item} />
        {!own && <ClaimLink id={item.claim} />}
      </p>
    </>
  );
}

function ClaimLink({ id }: { readonly id: string }): VNode {
  return <a href={place("claim", id)} data-inside>The claim</a>;
}

function Sources({ item }: { readonly item: Evidence }): VNode {
  return <>{[item.article, ...(item.further ?? [])].map((id) => <Source key={id} id={id} />)}</>;
}

/** Where the world knows an article. */
export function Source({ id }: { readonly id: string }): VNode | null {
  if (id === "") return null;
  const address = addressOf(id);
  return address === null ? <code>{id}</code> : <a href={address} rel="noopener noreferrer">{id}</a>;
}

interface ArticleProps {
  readonly id: string;
  readonly quotes: readonly Evidence[];
  readonly open: boolean;
}

/** An article's abstract with the given quotes marked, behind a button. */
export function ArticleQuotes({ id, quotes, open }: ArticleProps): VNode {
  const [shown, setShown] = useState(open);
  return (
    <div class="in-abstract">
      <button type="button" class="reveal" aria-expanded={shown} onClick={() => setShown(!shown)}>
        {shown ? "Hide the abstract" : `Read ${count(quotes.length, "quote")} in the abstract`} of {id}
      </button>
      {shown && <Abstract id={id} quotes={quotes} />}
    </div>
  );
}

function Abstract({ id, quotes }: { readonly id: string; readonly quotes: readonly Evidence[] }): VNode {
  const [article, retry] = useArticle(id);
  switch (article.state) {
    case "loading":
      return <p role="status" class="quiet">Loading {id} …</p>;
    case "failed":
      return <PartProblem problem={article.problem} retry={retry} />;
    case "ready":
      return <AbstractText article={article.value} quotes={quotes} />;
  }
}

function AbstractText({ article, quotes }: { readonly article: Article; readonly quotes: readonly Evidence[] }): VNode {
  const marks: Mark[] = quotes.flatMap(({ start, end, claim, role, verified }) =>
    start === null || end === null || verified === false ? [] : [{ start, end, claim, role }],
  );
  const [title = "", ...lines] = article.text.split("\n");
  const body = lines.join("\n");
  const titleEnd = codePoints(title);
  return (
    <section class="abstract" aria-label={`Abstract of ${article.id}`}>
      <p class="citation">
        <Inert text={citationLine(article)} />{" "}
        {article.identifiers.map((id) => <span key={id}><Source id={id} /> </span>)}
        <a href={place("article", article.id)} data-inside>All that was read from it</a>{" "}
        {article.retracted && <span class="badge badge-warn">retracted</span>}
      </p>
      <div class="abstract-text">
        <p class="abstract-title"><Marked text={title} marks={within(marks, 0, titleEnd)} /></p>
        <p><Marked text={body} marks={within(marks, titleEnd + 1, Infinity)} /></p>
      </div>
      <MarkLegend marks={marks} />
    </section>
  );
}
