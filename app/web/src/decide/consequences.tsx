/** What follows from an intervention: a table of outcomes, each with its paths and quotes and the way to its answer. */

import type { VNode } from "preact";
import { PLAIN, askedAt } from "../asking.ts";
import * as decode from "../decode.ts";
import { list, number, object, text, words } from "../fields.ts";
import type { Listing } from "../records.ts";
import { go, here } from "../router.ts";
import type { EntityRef, Intervention, Sign } from "../types.ts";
import { beliefInWords, count, inWords, perturbationInWords } from "../words.ts";
import type { ViewProps } from "../views/lazy.tsx";
import { Counter } from "../views/counter.tsx";
import { PathView } from "../views/path.tsx";
import { SnapshotLine } from "../views/record.tsx";
import { Inert } from "../views/text.tsx";
import { Asked, Candidates, Choice, OpenQuotes } from "./asked.tsx";
import { PickOne } from "./pick.tsx";

interface Consequence extends Intervention {
  readonly outcome: EntityRef;
  readonly direction: Sign;
  readonly effect: string;
  /** The narrower effects that an experiment states of the outcome. */
  readonly also: readonly { readonly effect: string; readonly tier: string }[];
}

interface Consequences extends Listing<Consequence> {
  readonly target: EntityRef;
  readonly done: { readonly type: string; readonly direction: Sign };
  readonly note: string | null;
}

function consequence(value: unknown): Consequence {
  const json = object(value);
  const also = list(json["also"]).map((item) => ({ effect: text(object(item)["effect"]), tier: text(object(item)["tier"]) }));
  return { ...decode.intervention(value), outcome: decode.entity(json["outcome"]), direction: decode.sign(json["direction"]), effect: text(json["effect"]), also };
}

function consequences(value: unknown): Consequences {
  const json = object(value);
  const done = object(json["perturbation"]);
  if (!Array.isArray(json["consequences"])) throw new decode.WireError("an answer without consequences");
  const items = json["consequences"].map(consequence);
  return {
    target: decode.entity(json["target"]),
    done: { type: text(done["type"]), direction: decode.sign(done["direction"]) },
    items,
    total: number(json["total"]) ?? items.length,
    next: words(json["next"]),
    snapshot: decode.snapshot(json["snapshot"]),
    note: words(json["note"]),
  };
}

export function ConsequencesQuestion({ route }: ViewProps): VNode {
  const { parameters } = route;
  const target = parameters.get("target") ?? "";
  const direction = parameters.get("direction") === "positive" ? "positive" : "negative";
  const candidates = parameters.get("include_candidates") === "true";
  return (
    <>
      <div class="picks">
        <PickOne id="target" label="Target" value={target} put={(value) => go(here({ target: value }))} />
        <Choice label="What is done to it" value={direction} put={(value) => go(here({ direction: value }))} values={[["negative", "lowered"], ["positive", "raised"]]} />
        <Candidates on={candidates} />
      </div>
      {target === "" ? <p class="quiet">Name a target to see what follows.</p> : (
        <Asked path="consequences" asked={{ target, direction, include_candidates: candidates ? "true" : null, as_of: route.asOf }} as={consequences} waiting="Following every path from it" what="outcomes">
          {(answer, more) => (
            <section aria-labelledby="follows-title">
              <h2 id="follows-title">What follows from {perturbationInWords(answer.done.type, answer.done.direction)} of <Inert text={answer.target.name} /> <span class="quiet">{count(answer.total, "outcome")}</span></h2>
              <SnapshotLine snapshot={answer.snapshot} route={route} />
              {answer.note !== null && <p class="quiet"><Inert text={answer.note} /></p>}
              {answer.items.length === 0 ? answer.note === null && <p class="quiet">Nothing is known to follow.</p> : <Table items={answer.items} asOf={answer.snapshot === null ? null : String(answer.snapshot.revision)} candidates={candidates} />}
              {more}
            </section>
          )}
        </Asked>
      )}
    </>
  );
}

interface TableProps {
  readonly items: readonly Consequence[];
  readonly asOf: string | null;
  readonly candidates: boolean;
}

function Table({ items, asOf, candidates }: TableProps): VNode {
  return (
    <div class="table-wrap" role="region" aria-label="What follows" tabIndex={0}>
      <table class="matrix">
        <thead><tr>{["Outcome", "Change", "Tier", "Belief", "Rests on"].map((name) => <th key={name} scope="col">{name}</th>)}</tr></thead>
        <tbody>
          {items.map((each) => (
            <tr key={`${each.outcome.id} ${each.effect}`}>
              <th scope="row"><a href={askedAt({ ...PLAIN, outcome: each.outcome.id, effect: each.effect, candidates }, asOf)} data-inside><Inert text={each.outcome.name} /></a></th>
              <td>
                {each.direction === "+" ? "rises" : each.direction === "-" ? "falls" : inWords(each.effect)}
                {each.also.map((one) => <span class="part" key={one.effect}><span class="quiet">also {inWords(one.effect)}, {one.tier}</span></span>)}
              </td>
              <td>
                <span class={`badge badge-${each.tier}`}>{each.tier}</span>
                {!each.matched && <span class="badge badge-warn">extrapolated</span>}
                {each.contradicted && <span class="badge badge-warn">contradicted</span>}
              </td>
              <td>{each.belief === null ? "–" : beliefInWords(each.belief)}</td>
              <td><Ground each={each} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Ground({ each }: { readonly each: Consequence }): VNode {
  return (
    <>
      {each.paths.slice(0, 1).map((path, index) => <PathView key={index} path={path} open={false} />)}
      <OpenQuotes items={each.evidence} />
      {each.counter.length > 0 && <details><summary>{count(each.counter.length, "quote")} against it, or of another scope</summary><Counter counter={each.counter} more={0} /></details>}
    </>
  );
}
