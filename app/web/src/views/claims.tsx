/** The claims behind the node or edge that is chosen in the graph. */

import { useEffect, useRef, useState } from "preact/hooks";
import type { VNode } from "preact";
import type { AnswerGraph, GraphEdge } from "../graph/elements.ts";
import { useClaim } from "../state.ts";
import type { Claim } from "../types.ts";
import { count, inWords, signInWords } from "../words.ts";
import { ArticleQuotes, QuoteView } from "./evidence.tsx";
import { PartProblem } from "./problem.tsx";
import { Inert } from "./text.tsx";

const FIRST = 20;

interface Props {
  readonly graph: AnswerGraph;
  readonly shown: string | null;
  readonly close: () => void;
}

export function Selection({ graph, shown, close }: Props): VNode | null {
  const title = useRef<HTMLHeadingElement>(null);
  const chosen = pick(graph, shown);
  useEffect(() => {
    if (shown !== null && title.current !== null) title.current.scrollIntoView({ block: "nearest" });
  }, [shown]);
  if (shown === null) return <p class="hint quiet">Choose a node or an edge to see its claims.</p>;
  return (
    <section class="selection" aria-labelledby="selection-title">
      <header>
        <h3 id="selection-title" ref={title}>{chosen === null ? "Not in this answer" : <Inert text={chosen.title} />}</h3>
        <button type="button" aria-label="Close the claims" onClick={close}>×</button>
      </header>
      {chosen !== null && chosen.curie !== null && <p><code>{chosen.curie}</code></p>}
      <p role="status" class="quiet">{chosen === null ? "The address names what this graph does not hold." : chosen.note}</p>
      {chosen !== null && <ClaimList key={shown} ids={chosen.claims} />}
    </section>
  );
}

interface Chosen {
  readonly title: string;
  readonly curie: string | null;
  readonly note: string;
  readonly claims: readonly string[];
}

function pick(graph: AnswerGraph, id: string | null): Chosen | null {
  const node = graph.nodes.find((item) => item.id === id);
  if (node !== undefined) {
    const note = `${count(node.claims.length, "claim")} in this answer`;
    return { title: node.entity.name, curie: node.entity.id, note, claims: node.claims };
  }
  const edge = graph.edges.find((item) => item.id === id);
  return edge === undefined ? null : { title: edgeTitle(graph, edge), curie: null, note: edgeNote(edge), claims: edge.claims };
}

function edgeTitle(graph: AnswerGraph, edge: GraphEdge): string {
  const name = (id: string): string => graph.nodes.find((node) => node.id === id)?.entity.name ?? id;
  const aspect = edge.aspect === null ? "" : `, ${edge.aspect}`;
  return `${name(edge.source)} ${signInWords(edge.sign)} ${name(edge.target)}${aspect}`;
}

function edgeNote(edge: GraphEdge): string {
  if (edge.kind === "membership") return "A membership with its curated role; it rests on no claim.";
  return `${count(edge.claims.length, "claim")}${edge.side === null ? "" : `, shown by ${edge.side} of function`}`;
}

export function ClaimList({ ids }: { readonly ids: readonly string[] }): VNode {
  const [limit, setLimit] = useState(FIRST);
  return (
    <>
      <ul class="claims">{ids.slice(0, limit).map((id) => <li key={id}><ClaimItem id={id} /></li>)}</ul>
      {ids.length > limit && (
        <button type="button" onClick={() => setLimit(limit + FIRST)}>Show more claims ({ids.length - limit} left)</button>
      )}
    </>
  );
}

function ClaimItem({ id }: { readonly id: string }): VNode {
  const [claim, retry] = useClaim(id);
  switch (claim.state) {
    case "loading":
      return <p role="status" class="quiet">Loading a claim …</p>;
    case "failed":
      return <PartProblem problem={claim.problem} retry={retry} />;
    case "ready":
      return <ClaimView claim={claim.value} />;
  }
}

function ClaimView({ claim }: { readonly claim: Claim }): VNode {
  return (
    <article class="claim">
      <h4><Inert text={claim.statement} /></h4>
      <p class="quote-foot">
        <span class="badge">{inWords(claim.status)}</span>
        {claim.evidenceType !== "" && <span class="badge">{inWords(claim.evidenceType)}</span>}
        {claim.supports !== null && claim.supports !== "none" && <span class="badge">supports {inWords(claim.supports)}</span>}
      </p>
      {claim.context.length > 0 && <p class="quiet">{claim.context.map((item, index) => <span key={index}><Inert text={item} />{index < claim.context.length - 1 ? " · " : ""}</span>)}</p>}
      {claim.quotes.map((quote, index) => <QuoteView key={index} item={quote} />)}
      {claim.article !== null && <ArticleQuotes id={claim.article} quotes={claim.quotes} open={false} />}
    </article>
  );
}
