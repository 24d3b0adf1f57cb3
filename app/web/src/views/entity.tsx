/** An entity: what it is called, what is known of it and by whom, and what can be asked. */

import { useState } from "preact/hooks";
import type { VNode } from "preact";
import * as api from "../api.ts";
import { EFFECTS, askedAt, simply } from "../asking.ts";
import { usePaged } from "../paged.ts";
import * as records from "../records.ts";
import type { Entity, Neighbour } from "../records.ts";
import { LOADED } from "../places.ts";
import { go, here, place } from "../router.ts";
import type { Route } from "../router.ts";
import { AnswerRevision, useResource } from "../state.ts";
import { addressOf } from "../text/citation.ts";
import { beliefInWords, count, inWords, signInWords } from "../words.ts";
import { ClaimList } from "./claims.tsx";
import type { ViewProps } from "./lazy.tsx";
import { Skeleton } from "./loading.tsx";
import { ProblemView } from "./problem.tsx";
import { ClaimLine, PagedList, SnapshotLine, counted } from "./record.tsx";
import { Inert } from "./text.tsx";
import "../styles/records.css";

export default function EntityView({ route }: ViewProps): VNode {
  const [attempt, setAttempt] = useState(0);
  const entity = useResource(`entity ${route.asOf} ${route.id}`, (signal) => api.entity(route.id, route.asOf, signal), attempt);
  switch (entity.state) {
    case "loading":
      return <Skeleton label={`Loading ${route.id}`} />;
    case "failed":
      return <ProblemView problem={entity.problem} retry={() => setAttempt(attempt + 1)} />;
    case "ready":
      return <EntityPage entity={entity.value} route={route} />;
  }
}

const STATUSES = ["accepted", "candidate", "disputed", "rejected", "superseded"];

function EntityPage({ entity, route }: { readonly entity: Entity; readonly route: Route }): VNode {
  const asOf = route.asOf;
  const revision = entity.snapshot?.revision ?? null;
  const at = revision === null ? null : String(revision);
  const candidates = route.parameters.get("candidates") === "true";
  const status = route.parameters.get("status") ?? "accepted";
  const neighbours = usePaged(
    `neighbours ${at} ${candidates} ${entity.id}`,
    (signal) => api.neighbours(entity.id, { as_of: at, include_candidates: candidates ? "true" : null, limit: "50" }, signal),
    records.neighbour,
  );
  const claims = usePaged(
    `claims ${at} ${status} ${entity.id}`,
    (signal) => api.claims({ entity: entity.id, status: status === "all" ? null : status, as_of: at, limit: "20" }, signal),
    records.fullClaim,
  );
  return (
    <AnswerRevision.Provider value={revision}>
      <article class="record">
        <header>
          <p class="kind">{entity.category}</p>
          <h1><Inert text={entity.name} />{entity.abbreviation !== null && <span class="quiet"> <Inert text={entity.abbreviation} /></span>}</h1>
          <p><Curie id={entity.id} /></p>
          {entity.canonical !== entity.id && <p>Answers name it <a href={place("entity", entity.canonical, { as_of: asOf })} data-inside>{entity.canonical}</a>, which means the same.</p>}
          {entity.description !== null && <p class="about"><Inert text={entity.description} /></p>}
          <SnapshotLine snapshot={entity.snapshot} route={route} />
        </header>
        <div class="record-columns">
          <div>
            <section aria-labelledby="links">
              <h2 id="links">What it does, and what is done to it <span class="quiet">{counted(neighbours, "link")}</span></h2>
              <label class="filter"><input type="checkbox" checked={candidates} onChange={(event) => go(here({ candidates: event.currentTarget.checked ? "true" : null }), true)} /> with claims that no curator has judged</label>
              <PagedList list={neighbours} what="links" empty="Nothing is linked with it by a signed edge.">
                {(items) => <Links items={items} entity={entity} asOf={asOf} />}
              </PagedList>
            </section>
            <section aria-labelledby="claims">
              <h2 id="claims">Claims that name it <span class="quiet">{counted(claims, "claim")}</span></h2>
              <label class="filter">
                Status{" "}
                <select value={status} onChange={(event) => go(here({ status: event.currentTarget.value }), true)}>
                  {STATUSES.map((each) => <option key={each} value={each}>{each}</option>)}
                  <option value="all">all</option>
                </select>
              </label>
              <PagedList list={claims} what="claims" empty={`No ${status === "all" ? "" : `${status} `}claim names it.`}>
                {(items) => <ul class="claims">{items.map((claim) => <li key={claim.id}><ClaimLine claim={claim} asOf={asOf} /></li>)}</ul>}
              </PagedList>
            </section>
          </div>
          <aside>
            <Names entity={entity} asOf={asOf} />
            <section aria-labelledby="ask-of-it">
              <h2 id="ask-of-it">Ask</h2>
              <ul>
                {EFFECTS.map(({ name, meaning }) => (
                  <li key={name}><a href={askedAt(simply(entity.id, name), asOf)} data-inside title={meaning}>What {name === "no_effect" ? "has no effect on" : name} it?</a></li>
                ))}
                {LOADED.graph !== undefined && <li><a href={place("graph", "", { center: entity.id, as_of: asOf })} data-inside>Browse around it</a></li>}
              </ul>
            </section>
          </aside>
        </div>
      </article>
    </AnswerRevision.Provider>
  );
}

function Names({ entity, asOf }: { readonly entity: Entity; readonly asOf: string | null }): VNode {
  const equal = entity.equivalents.filter((id) => id !== entity.id);
  return (
    <section aria-labelledby="names">
      <h2 id="names">Names</h2>
      {entity.synonyms.length === 0 ? <p class="quiet">No synonyms.</p> : <ul class="names">{entity.synonyms.map((name) => <li key={name}><Inert text={name} /></li>)}</ul>}
      {equal.length > 0 && <><h3>The same as</h3><ul>{equal.map((id) => <li key={id}><a href={place("entity", id, { as_of: asOf })} data-inside>{id}</a></li>)}</ul></>}
      {entity.xrefs.length > 0 && <><h3>Cross references</h3><ul>{entity.xrefs.map((id) => <li key={id}><Curie id={id} /></li>)}</ul></>}
      {entity.taxon !== null && <p>Taxon <Curie id={entity.taxon} /></p>}
      {entity.source !== null && <p class="quiet">Source: <Inert text={entity.source} /></p>}
    </section>
  );
}

/** An identifier, with the way to where the world knows it. */
function Curie({ id }: { readonly id: string }): VNode {
  const outside = addressOf(id);
  return outside === null ? <code>{id}</code> : <a href={outside} rel="noopener noreferrer"><code>{id}</code></a>;
}

interface LinksProps {
  readonly items: readonly Neighbour[];
  readonly entity: Entity;
  readonly asOf: string | null;
}

function Links({ items, entity, asOf }: LinksProps): VNode {
  const groups = [
    ["It acts on", items.filter((each) => each.relation === null && each.outgoing)],
    ["It is acted on by", items.filter((each) => each.relation === null && !each.outgoing)],
    ["Membership and the like", items.filter((each) => each.relation !== null)],
  ] as const;
  return (
    <>
      {groups.map(([title, found]) => found.length > 0 && (
        <section key={title}>
          <h3>{title}</h3>
          <ul class="links">{found.map((each, index) => <li key={index}><LinkLine each={each} entity={entity} asOf={asOf} /></li>)}</ul>
        </section>
      ))}
    </>
  );
}

function LinkLine({ each, entity, asOf }: { readonly each: Neighbour } & Pick<LinksProps, "entity" | "asOf">): VNode {
  const [open, setOpen] = useState(false);
  const other = <a href={place("entity", each.neighbour.id, { as_of: asOf })} data-inside><Inert text={each.neighbour.name} /></a>;
  const self = <Inert text={entity.abbreviation ?? entity.name} />;
  const [from, to] = each.outgoing ? [self, other] : [other, self];
  if (each.relation !== null) {
    return <>{from} <em>{inWords(each.relation)}</em> {to} {each.source !== null && <span class="quiet"> · <Inert text={each.source} /></span>}</>;
  }
  return (
    <>
      {from} <span class={each.sign === "-" ? "lowers" : each.sign === "+" ? "raises" : ""}>{signInWords(each.sign)}</span> {to}
      {each.aspect !== null && <>, {each.aspect}</>}{" "}
      <span class="quiet">· {each.side === null ? "a sign only" : `shown by ${each.side} of function`}{each.belief === null ? "" : ` · belief ${beliefInWords(each.belief)}`}</span>{" "}
      <button type="button" class="cell" aria-expanded={open} onClick={() => setOpen(!open)}>{count(each.claims.length, "claim")}</button>
      {open && <ClaimList ids={each.claims} />}
    </>
  );
}
