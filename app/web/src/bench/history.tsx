/** Every decision on a claim: who, when, why; and each can be taken back. */

import type { VNode } from "preact";
import { momentOf } from "../account/tokens.tsx";
import { place } from "../router.ts";
import { inWords } from "../words.ts";
import { Inert } from "../views/text.tsx";
import { holding } from "./claim.ts";
import type { Decision } from "./claim.ts";

interface Props {
  readonly decisions: readonly Decision[];
  readonly undo: (decision: Decision) => void;
  readonly busy: boolean;
}

export function History({ decisions, undo, busy }: Props): VNode {
  const holds = new Set(holding(decisions).map((each) => each.id));
  return (
    <section class="history" aria-labelledby="history-title">
      <h3 id="history-title" tabIndex={-1}>Decisions</h3>
      {decisions.length === 0 ? <p class="quiet">Nobody has judged it yet.</p> : (
        <ol>
          {[...decisions].reverse().map((each) => (
            <li key={each.id} class={holds.has(each.id) ? "" : "undone"}>
              <Said decision={each} all={decisions} />
              {holds.has(each.id) && <button type="button" class="small" disabled={busy} onClick={() => undo(each)}>Take back<span class="unseen"> {inWords(each.type)} of {each.actor}</span></button>}
              {!holds.has(each.id) && <span class="quiet">taken back</span>}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

/** One decision in words. */
export function Said({ decision, all }: { readonly decision: Decision; readonly all: readonly Decision[] }): VNode {
  const undone = all.find((each) => each.id === decision.undoes);
  return (
    <p>
      <strong><Inert text={decision.actor} /></strong> {PAST[decision.type] ?? inWords(decision.type)}
      {undone !== undefined && <> what {undone.actor === decision.actor ? "they" : undone.actor} {PAST[undone.type] ?? inWords(undone.type)}</>}
      {decision.link !== null && <>: {inWords(decision.link.type)} <a href={place("claim", decision.link.claim)} data-inside>a claim</a></>}
      {decision.replacements.length > 0 && <> into {decision.replacements.map((id, index) => <span key={id}>{index > 0 && ", "}<a href={place("claim", id)} data-inside>{index === 0 ? "this claim" : `claim ${index + 1}`}</a></span>)}</>}
      {decision.createdAt !== "" && <>, <time dateTime={decision.createdAt}>{momentOf(decision.createdAt)}</time></>}
      {decision.reason !== null && <>: “<Inert text={decision.reason} />”</>}
      {decision.source !== null && !decision.source.startsWith("decision:") && <span class="quiet"> ({decision.source})</span>}
    </p>
  );
}

export const PAST: Readonly<Record<string, string>> = {
  accept: "accepted it",
  reject: "rejected it",
  correct: "corrected it",
  split: "split it",
  merge: "merged it",
  link: "linked it",
  unlink: "took a link away",
  undo: "took back",
};
