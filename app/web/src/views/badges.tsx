/** Short facts about an intervention, each in words as well as in form. */

import type { VNode } from "preact";
import type { Intervention } from "../types.ts";
import { agreementInWords, beliefInWords, count } from "../words.ts";
import { EffectBar, effectInWords } from "./effect.tsx";

export function Badges({ found }: { readonly found: Intervention }): VNode {
  return (
    <ul class="badges" aria-label="In short">
      <li class={`badge badge-${found.tier}`}>{found.tier}</li>
      {found.belief !== null && <li class="badge"><Belief value={found.belief} /></li>}
      {found.weakest !== null && (found.paths[0]?.steps.length ?? 0) > 1 && <li class="badge">weakest link {beliefInWords(found.weakest)}</li>}
      <li class="badge">{papers(found)}</li>
      <li class="badge">{count(found.claimCount, "claim")}</li>
      <li class={found.agreement === "mismatch" ? "badge badge-warn" : "badge"}>{agreementInWords(found.agreement)}</li>
      {!found.matched && <li class="badge badge-warn">extrapolated</li>}
      {found.contradicted && <li class="badge badge-warn">contradicted</li>}
      {found.candidatesUsed > 0 && <li class="badge badge-warn">rests on {count(found.candidatesUsed, "unjudged claim")}</li>}
      {found.influence !== null && <li class="badge" title="The damped sum over all signed walks to the outcome; below 0 it works against the effect">{influence(found.influence, found.competing)}</li>}
      {found.simulated !== null && (
        <li class="badge" title="The share of the phenotype that this changes in an ensemble of networks, with its standard error; a model and no finding">
          simulated effect {effectInWords(found.simulated)}<EffectBar of={found.simulated} />
        </li>
      )}
    </ul>
  );
}

function papers(found: Intervention): string {
  const all = count(found.papers, "paper");
  return found.independentPapers === found.papers ? all : `${all}, ${found.independentPapers} independent`;
}

function influence(net: number, competing: number | null): string {
  const against = competing === null || competing === 0 ? "" : `, ${Math.round(competing * 100)} % of the walks the other way`;
  return `net influence ${net.toFixed(3).replace("-", "−")}${against}`;
}

function Belief({ value }: { readonly value: number }): VNode {
  return (
    <>
      belief {beliefInWords(value)}
      <svg class="meter" viewBox="0 0 40 6" aria-hidden="true">
        <rect class="meter-all" width="40" height="6" rx="3" />
        <rect class="meter-part" width={40 * Math.min(1, Math.max(0, value))} height="6" rx="3" />
      </svg>
    </>
  );
}
