/** An article: its citation, its text with what it mentions and what was read from it, and its history. */

import { useState } from "preact/hooks";
import type { VNode } from "preact";
import * as api from "../api.ts";
import { LOADED } from "../places.ts";
import type { FullArticle, Mention } from "../records.ts";
import { go, here, place } from "../router.ts";
import type { Route } from "../router.ts";
import { useResource } from "../state.ts";
import { citationLine } from "../text/citation.ts";
import { codePoints, segments, within } from "../text/offsets.ts";
import { count, inWords } from "../words.ts";
import { Source } from "./evidence.tsx";
import type { ViewProps } from "./lazy.tsx";
import { Skeleton } from "./loading.tsx";
import { PartProblem, ProblemView } from "./problem.tsx";
import { ClaimLine, Decisions, SnapshotLine } from "./record.tsx";
import { Inert } from "./text.tsx";
import "../styles/records.css";

export default function ArticleView({ route }: ViewProps): VNode {
  const [attempt, setAttempt] = useState(0);
  const article = useResource(`article ${route.asOf} ${route.id}`, (signal) => api.fullArticle(route.id, route.asOf, signal), attempt);
  switch (article.state) {
    case "loading":
      return <Skeleton label={`Loading ${route.id}`} />;
    case "failed":
      return (
        <>
          <ProblemView problem={article.problem} retry={() => setAttempt(attempt + 1)} />
          {article.problem.status === 404 && LOADED.ingest !== undefined && (
            <p class="notice">It can be read in: <a href={place("ingest")} data-inside>ingest its abstract</a>, or look at <Source id={route.id} /> itself.</p>
          )}
        </>
      );
    case "ready":
      return <ArticlePage article={article.value} route={route} />;
  }
}

type Marked = "both" | "mentions" | "quotes";

function ArticlePage({ article, route }: { readonly article: FullArticle; readonly route: Route }): VNode {
  const asOf = route.asOf;
  const marked = (route.parameters.get("mark") ?? "both") as Marked;
  const [title = "", ...lines] = article.text.split("\n");
  const titleEnd = codePoints(title);
  const marks: Mark[] = [
    ...(marked === "quotes" ? [] : article.mentions.map((mention) => ({ start: mention.start, end: mention.end, mention, claim: null }))),
    ...(marked === "mentions" ? [] : article.claims.flatMap((claim) => claim.quotes.flatMap(({ start, end, verified }) => (start === null || end === null || verified === false ? [] : [{ start, end, mention: null, claim: claim.id }])))),
  ];
  return (
    <article class="record">
      <header>
        <p class="kind">Article{article.retracted && <> <span class="badge badge-warn">retracted</span></>}</p>
        <h1><Inert text={article.title} /></h1>
        <p class="citation"><Inert text={citationLine(article)} /> {article.identifiers.map((id) => <span key={id}><Source id={id} /> </span>)}</p>
        <SnapshotLine snapshot={article.snapshot} route={route} />
      </header>
      <div class="record-columns">
        <section aria-labelledby="text">
          <h2 id="text">Its text</h2>
          <label class="filter">
            Marked{" "}
            <select value={marked} onChange={(event) => go(here({ mark: event.currentTarget.value === "both" ? null : event.currentTarget.value }), true)}>
              <option value="both">mentions and quotes</option>
              <option value="mentions">mentions</option>
              <option value="quotes">quotes of claims</option>
            </select>
          </label>
          <div class="abstract-text reading-text">
            <p class="abstract-title"><Text text={title} marks={within(marks, 0, titleEnd)} asOf={asOf} /></p>
            <p><Text text={lines.join("\n")} marks={within(marks, titleEnd + 1, Infinity)} asOf={asOf} /></p>
          </div>
          <p class="quiet">
            {count(new Set(article.mentions.map(({ start, end }) => `${start} ${end}`)).size, "mention")}
            {article.version !== null && `, version ${article.version} of the text`}
            {article.records.length > 0 && `, from ${article.records.map(inWords).join(", ")}`}
          </p>
        </section>
        <div>
          <section aria-labelledby="claims">
            <h2 id="claims">What was read from it <span class="quiet">{count(article.claims.length, "claim")}</span></h2>
            {article.claims.length === 0 && <p class="quiet">No claim was read from it.</p>}
            <ul class="claims">{article.claims.map((claim) => <li key={claim.id}><ClaimLine claim={claim} asOf={asOf} /></li>)}</ul>
          </section>
          <History id={article.id} asOf={asOf} />
        </div>
      </div>
    </article>
  );
}

interface Mark {
  readonly start: number;
  readonly end: number;
  readonly mention: Mention | null;
  readonly claim: string | null;
}

interface TextProps {
  readonly text: string;
  readonly marks: readonly Mark[];
  readonly asOf: string | null;
}

/** A text whose mentions lead to their entities; what a claim quotes is filled. */
function Text({ text, marks, asOf }: TextProps): VNode {
  return (
    <>
      {segments(text, marks).map(({ text: words, marks: over }, index) => {
        const quoted = over.some(({ claim }) => claim !== null);
        // The innermost mention is the one that is meant.
        const mention = over.flatMap((mark) => mark.mention ?? []).sort((a, b) => a.end - a.start - (b.end - b.start))[0];
        const shown = mention === undefined ? <Inert text={words} /> : <Named mention={mention} words={words} asOf={asOf} />;
        return quoted ? <mark key={index}>{shown}</mark> : <span key={index}>{shown}</span>;
      })}
    </>
  );
}

function Named({ mention, words, asOf }: { readonly mention: Mention; readonly words: string; readonly asOf: string | null }): VNode {
  const [best] = mention.groundings;
  if (best === undefined) return <span class="mention mention-unknown" title="It is not known what this means"><Inert text={words} /></span>;
  const others = mention.groundings.slice(1).map(({ name, id }) => `${name} (${id})`);
  const title = `${best.name}, ${best.id}${others.length === 0 ? "" : `; or ${others.join(", ")}`}`;
  return <a class="mention" href={place("entity", best.id, { as_of: asOf })} data-inside title={title}><Inert text={words} /></a>;
}

function History({ id, asOf }: { readonly id: string; readonly asOf: string | null }): VNode | null {
  const [attempt, setAttempt] = useState(0);
  const history = useResource(`article history ${asOf} ${id}`, (signal) => api.articleHistory(id, asOf, signal), attempt);
  if (history.state === "loading") return null;
  if (history.state === "failed") return <PartProblem problem={history.problem} retry={() => setAttempt(attempt + 1)} />;
  if (history.value.items.length === 0) return null;
  return (
    <section aria-labelledby="history">
      <h2 id="history">Decisions on it</h2>
      <Decisions items={history.value.items} asOf={asOf} />
    </section>
  );
}
