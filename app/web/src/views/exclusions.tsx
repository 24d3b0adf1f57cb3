/** The side effects that were asked about: what is known of each, and which answers are shown for it. */

import type { VNode } from "preact";
import { go, here } from "../router.ts";
import type { Answer, Evidence, Exclusion, Intervention, Verdict } from "../types.ts";
import { count, inWords } from "../words.ts";
import { EffectBar, effectInWords } from "./effect.tsx";
import { QuoteView } from "./evidence.tsx";
import { PathView } from "./path.tsx";
import { Inert } from "./text.tsx";

const LOOK: Record<Verdict, string> = { excluded: "badge badge-warn", clear: "badge badge-entailed", never_measured: "badge" };

export function Exclusions({ found }: { readonly found: Intervention }): VNode | null {
  if (found.exclusions.length === 0) return null;
  return (
    <ul class="exclusions" aria-label="Side effects">
      {found.exclusions.map((each) => <li key={`${each.effect} ${each.outcome.id}`}><ExclusionLine each={each} /></li>)}
    </ul>
  );
}

function ExclusionLine({ each }: { readonly each: Exclusion }): VNode {
  const experiments = each.evidence.length + each.against.length;
  const known = experiments > 0 || each.predicted !== null;
  const line = (
    <>
      <span class={LOOK[each.verdict]}>{inWords(each.verdict)}</span> {inWords(each.effect)} <Inert text={each.outcome.name} />
      {each.simulated !== null && <span class="quiet"> · simulated {effectInWords(each.simulated)} <EffectBar of={each.simulated} /></span>}
      {known && <span class="quiet"> · {experiments > 0 ? count(experiments, "quote") : "a path leads there"}</span>}
    </>
  );
  return (
    <>
      {known ? (
        <details>
          <summary>{line}</summary>
          <Quotes title="Showed it" items={each.evidence} />
          <Quotes title="Showed none of it, or the opposite" items={each.against} />
          {each.predicted !== null && <><p class="quiet">Nobody measured it; a path leads to it all the same:</p><PathView path={each.predicted} open /></>}
        </details>
      ) : <p>{line}</p>}
      {each.note !== null && <p class="quiet"><Inert text={each.note} /></p>}
    </>
  );
}

function Quotes({ title, items }: { readonly title: string; readonly items: readonly Evidence[] }): VNode | null {
  if (items.length === 0) return null;
  return (
    <>
      <h4>{title}</h4>
      <ul class="quotes">{items.map((item, index) => <li key={index}><QuoteView item={item} /></li>)}</ul>
    </>
  );
}

const SHOWN = [
  ["", "all, with what is known of the side effects"],
  ["unexcluded", "without those that have one of the side effects"],
  ["clear", "only those clear of all of them"],
] as const;

/** The answers of which nothing is known that the reader does not want; `shown` stands in the address. */
export function withoutExcluded(answer: Answer, shown: string | null): Answer {
  if (answer.query.excluding.length === 0 || (shown !== "unexcluded" && shown !== "clear")) return answer;
  const passes = (verdict: Verdict): boolean => (shown === "clear" ? verdict === "clear" : verdict !== "excluded");
  return { ...answer, interventions: answer.interventions.filter(({ exclusions }) => exclusions.every(({ verdict }) => passes(verdict))) };
}

interface FilterProps {
  readonly answer: Answer;
  readonly shown: string | null;
  /** How many of the answers that came are not shown. */
  readonly hidden: number;
}

/** Which answers are shown, by their side effects. */
export function ExclusionFilter({ answer, shown, hidden }: FilterProps): VNode | null {
  if (answer.query.excluding.length === 0) return null;
  return (
    <p class="exclusion-filter">
      <label>
        Show{" "}
        <select value={shown ?? ""} onChange={(event) => go(here({ side: event.currentTarget.value }), true)}>
          {SHOWN.map(([key, words]) => <option key={key} value={key} selected={key === (shown ?? "")}>{words}</option>)}
        </select>
      </label>{" "}
      <span role="status" class="quiet">{hidden > 0 ? `${hidden} of ${answer.interventions.length} not shown` : ""}</span>
    </p>
  );
}
