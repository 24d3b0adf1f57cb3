/** A signed path: its arithmetic in words, and hop by hop what each step rests on. */

import type { VNode } from "preact";
import { place } from "../router.ts";
import type { ContextAgreement, Path, Step } from "../types.ts";
import { agreementInWords, beliefInWords, count, inWords, signInWords, signMark } from "../words.ts";
import { Inert } from "./text.tsx";

/** `open` offers the path hop by hop; else its arithmetic stands alone. */
export function PathView({ path, open }: { readonly path: Path; readonly open: boolean }): VNode {
  return (
    <div class="path">
      <p class="arithmetic"><Inert text={path.arithmetic} /></p>
      {open && (
        <details>
          <summary>Hop by hop{path.weakest !== null && path.steps.length > 1 ? `, weakest link ${beliefInWords(path.weakest)}` : ""}</summary>
          <ol class="hops">{path.steps.map((step, index) => <li key={index}><Hop step={step} /></li>)}</ol>
          <Contexts context={path.context} />
          {path.failures.map((failure, index) => (
            <p class="quiet" key={index}>
              Hop {failure.hop}: {inWords(failure.slot)} asked <Inert text={failure.asked} />, {agreementInWords(failure.agreement)}
              {failure.found === null ? "" : <> (<Inert text={failure.found} />)</>}
            </p>
          ))}
        </details>
      )}
    </div>
  );
}

function Contexts({ context }: { readonly context: readonly ContextAgreement[] }): VNode | null {
  const said = context.filter((row) => row.found !== null || row.asked !== null);
  if (said.length === 0) return null;
  return (
    <dl class="contexts">
      {said.map((row) => (
        <div key={row.kind}>
          <dt>{inWords(row.kind)}</dt>
          <dd>
            <Inert text={row.found ?? "not stated"} />
            {row.inferred && <span class="quiet"> (concluded, not said)</span>}
            {row.asked !== null && <span class="quiet"> · asked <Inert text={row.asked} />: {agreementInWords(row.agreement)}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Hop({ step }: { readonly step: Step }): VNode {
  return (
    <>
      <a href={place("entity", step.subject.id)} data-inside><Inert text={step.subject.name} /></a>{" "}
      <span class={step.sign === "-" ? "lowers" : "raises"}>{signInWords(step.sign)} ({signMark(step.sign)})</span>{" "}
      <a href={place("entity", step.object.id)} data-inside><Inert text={step.object.name} /></a>
      {step.aspect === null ? "" : `, ${step.aspect}`}
      {step.condition.length > 0 && <> where <Inert text={step.condition.join(", ")} /></>}
      <span class="quiet"> · {basis(step)} · {step.matched ? "direction matched" : "extrapolated"} · {inWords(step.rule)}</span>
      {step.belief !== null && <span class="quiet"> · belief {beliefInWords(step.belief)}</span>}
      {step.claims.map((claim, index) => (
        <span key={claim}> <a href={place("claim", claim)} data-inside>{step.claims.length === 1 ? "claim" : `claim ${index + 1}`}</a></span>
      ))}{" "}
      {step.candidates.length > 0 && <span class="badge badge-warn">{count(step.candidates.length, "candidate claim")}</span>}
      {step.sentenceMissing && <span class="badge badge-warn">imported, no sentence</span>}
    </>
  );
}

function basis(step: Step): string {
  if (step.kinship !== null) return `curated: ${inWords(step.kinship)}`;
  return step.side === null ? "the text states a sign only" : `shown by ${step.side} of function`;
}
