/** What the pages of entities, articles and claims share: lists that go on, claims in a line, decisions, the snapshot. */

import type { ComponentChildren, VNode } from "preact";
import type { Paged } from "../paged.ts";
import type { Decision, FullClaim } from "../records.ts";
import { here, place } from "../router.ts";
import type { Route } from "../router.ts";
import type { Snapshot } from "../types.ts";
import { beliefInWords, count, dayOf, inWords } from "../words.ts";
import { QuoteView } from "./evidence.tsx";
import { CopyAddress } from "./export.tsx";
import { PartProblem } from "./problem.tsx";
import { Inert } from "./text.tsx";

interface PagedProps<T> {
  readonly list: Paged<T>;
  readonly what: string;
  readonly empty: ComponentChildren;
  readonly children: (items: readonly T[]) => ComponentChildren;
}

/** A list with its waiting, empty and failed states, and the way to its next page. */
export function PagedList<T>({ list, what, empty, children }: PagedProps<T>): VNode {
  if (list.state === "loading") return <p role="status" class="quiet">Loading {what} …</p>;
  return (
    <>
      {list.state === "ready" && (list.items.length === 0 ? <p class="quiet">{empty}</p> : children(list.items))}
      {list.problem !== null && <PartProblem problem={list.problem} retry={list.more ?? list.retry} />}
      {list.more !== null && (
        <p class="more">
          <button type="button" onClick={list.more} aria-busy={list.waiting}>Show more {what} ({list.total - list.items.length} left)</button>
        </p>
      )}
    </>
  );
}

/** The state of the graph that a page shows. */
export function SnapshotLine({ snapshot, route }: { readonly snapshot: Snapshot | null; readonly route: Route }): VNode {
  return (
    <p class="snapshot">
      {snapshot !== null && <span class="quiet" title={snapshot.id}>From revision {snapshot.revision} of the graph, {dayOf(snapshot.createdAt)}</span>}
      {route.asOf !== null && <a href={here({ as_of: null })} data-inside>See the latest</a>}
      {route.asOf === null && snapshot !== null && <a href={here({ as_of: String(snapshot.revision) })} data-inside>Keep to this revision</a>}
      <CopyAddress />
    </p>
  );
}

/** A claim in a list: what it says, where it stands, who read it, and its words. */
export function ClaimLine({ claim, asOf }: { readonly claim: FullClaim; readonly asOf: string | null }): VNode {
  const readers = [...new Set(claim.readings.map(({ reader }) => reader))];
  return (
    <article class="claim">
      <h3><a href={place("claim", claim.id, { as_of: asOf })} data-inside><Inert text={claim.statement} /></a></h3>
      <p class="quote-foot">
        <StatusBadge status={claim.status} />
        {claim.negated && <span class="badge">negated</span>}
        {claim.evidenceType !== "" && <span class="badge">evidence: {inWords(claim.evidenceType)}</span>}
        {claim.retracted && <span class="badge badge-warn">retracted article</span>}
        {readers.length > 0 && <span class="quiet">read by <Inert text={readers.map(inWords).join(", ")} /></span>}
        {claim.confidence !== null && claim.status === "candidate" && <span class="quiet">confidence {beliefInWords(claim.confidence)}</span>}
        {claim.article !== null && <a href={place("article", claim.article, { as_of: asOf })} data-inside>article {claim.article}</a>}
      </p>
      {claim.quotes.slice(0, 1).map((quote, index) => <QuoteView key={index} item={quote} own />)}
    </article>
  );
}

export function StatusBadge({ status }: { readonly status: string }): VNode {
  const look = status === "accepted" ? "badge-entailed" : status === "candidate" || status === "disputed" ? "badge-warn" : "";
  return <span class={`badge ${look}`}>{inWords(status)}</span>;
}

/** Every decision, oldest first, with who, when and why. */
export function Decisions({ items, asOf }: { readonly items: readonly Decision[]; readonly asOf: string | null }): VNode {
  const undone = new Set(items.flatMap(({ undoes }) => undoes ?? []));
  return (
    <ol class="decisions">
      {items.map((each) => (
        <li key={each.id} class={undone.has(each.id) ? "undone" : ""}>
          <strong>{inWords(each.type)}</strong> by <Inert text={each.actor} />,{" "}
          <time dateTime={each.at}>{momentOf(each.at)}</time>
          {each.revision !== null && <span class="quiet"> · revision {each.revision}</span>}
          {undone.has(each.id) && <span class="badge">undone since</span>}
          {each.reason !== null && <> · <q><Inert text={each.reason} /></q></>}
          {each.source !== null && <span class="quiet"> · from <Inert text={each.source} /></span>}
          {each.into.map((id) => <span key={id}> → <a href={place(id.length === 64 ? "claim" : "article", id, { as_of: asOf })} data-inside>{id.length === 64 ? `claim ${id.slice(0, 8)}` : id}</a></span>)}
        </li>
      ))}
    </ol>
  );
}

function momentOf(time: string): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return time;
  return `${dayOf(time)}, ${date.toISOString().slice(11, 16)} UTC`;
}

export function counted(list: Paged<unknown>, one: string): string {
  return list.state === "ready" ? count(list.total, one) : "";
}
