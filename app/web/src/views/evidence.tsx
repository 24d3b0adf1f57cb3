/** The sentences an answer rests on, and each of them inside its abstract. */

import { useState } from "preact/hooks";
import type { VNode } from "preact";
import { useArticle } from "../state.ts";
import { addressOf, citationLine } from "../text/citation.ts";
import { codePoints, within } from "../text/offsets.ts";
import type { Mark } from "../text/offsets.ts";
import type { Article, Evidence } from "../types.ts";
import { count, inWords } from "../words.ts";
import { Inert, Marked } from "./text.tsx";

export function EvidenceList({ evidence }: { readonly evidence: readonly Evidence[] }): VNode {
  const beside = evidence.filter((item) => !item.ground);
  return (
    <section class="evidence">
      <h4>Evidence</h4>
      {evidence.length === 0 && <p class="quiet">No sentence of its own; it follows from the path.</p>}
      <Quotes items={evidence.filter((item) => item.ground)} />
      {beside.length > 0 && <h5>Beside it, adding no belief</h5>}
      <Quotes items={beside} />
    </section>
  );
}

/** The abstract of every article that is quoted. */
export function Abstracts({ evidence, open }: { readonly evidence: readonly Evidence[]; readonly open: boolean }): VNode {
  const articles = [...new Set(evidence.map((item) => item.article))].filter((id) => id !== "");
  return (
    <>
      {articles.map((id) => (
        <ArticleQuotes key={id} id={id} quotes={evidence.filter((item) => item.article === id)} open={open} />
      ))}
    </>
  );
}

function Quotes({ items }: { readonly items: readonly Evidence[] }): VNode | null {
  if (items.length === 0) return null;
  return <ul class="quotes">{items.map((item, index) => <li key={index}><QuoteView item={item} /></li>)}</ul>;
}

export function QuoteView({ item }: { readonly item: Evidence }): VNode {
  if (item.quote === null) return <p class="quiet">Imported, no sentence. <Source id={item.article} /></p>;
  return (
    <>
      <blockquote><Inert text={item.quote} /></blockquote>
      <p class="quote-foot">
        {item.epistemic !== null && <span class="badge">{inWords(item.epistemic)}</span>}
        {item.status !== "accepted" && <span class="badge badge-warn">{inWords(item.status)}</span>}
        {item.verified === true && <span class="verified">verbatim in the text</span>}
        {item.verified === false && <span class="badge badge-warn">does not stand in the present text</span>}
        {item.verified === null && <span class="badge badge-warn">place in the text not known</span>}
        <Source id={item.article} />
      </p>
    </>
  );
}

function Source({ id }: { readonly id: string }): VNode | null {
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
        {shown ? "Hide the abstract" : `Read ${quotes.length === 1 ? "it" : count(quotes.length, "quote")} in the abstract`}
      </button>
      {shown && <Abstract id={id} quotes={quotes} />}
    </div>
  );
}

function Abstract({ id, quotes }: { readonly id: string; readonly quotes: readonly Evidence[] }): VNode {
  const article = useArticle(id);
  switch (article.state) {
    case "loading":
      return <p role="status" class="quiet">Loading {id} …</p>;
    case "failed":
      return <p role="alert">{article.problem.title}. {article.problem.detail}</p>;
    case "ready":
      return <AbstractText article={article.value} quotes={quotes} />;
  }
}

function AbstractText({ article, quotes }: { readonly article: Article; readonly quotes: readonly Evidence[] }): VNode {
  const marks: Mark[] = quotes.flatMap(({ start, end, claim, verified }) =>
    start === null || end === null || verified === false ? [] : [{ start, end, key: claim }],
  );
  const beside = new Set(quotes.filter((item) => !item.ground).map((item) => item.claim));
  const [title = "", ...lines] = article.text.split("\n");
  const body = lines.join("\n");
  const titleEnd = codePoints(title);
  return (
    <section class="abstract" aria-label={`Abstract of ${article.id}`}>
      <p class="citation">
        <Inert text={citationLine(article)} />{" "}
        {article.identifiers.map((id) => <span key={id}><Source id={id} /> </span>)}
        {article.retracted && <span class="badge badge-warn">retracted</span>}
      </p>
      <div class="abstract-text">
        <p class="abstract-title"><Marked text={title} marks={within(marks, 0, titleEnd)} quiet={beside} /></p>
        <p><Marked text={body} marks={within(marks, titleEnd + 1, Infinity)} quiet={beside} /></p>
      </div>
    </section>
  );
}
