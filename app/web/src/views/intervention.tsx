/** One intervention: what to do, why it follows, whose words it rests on, and what speaks against it. */

import type { VNode } from "preact";
import type { Intervention, Path, Step } from "../types.ts";
import { beliefInWords, count, inWords, signInWords, signMark } from "../words.ts";
import { Badges } from "./badges.tsx";
import { Counter } from "./counter.tsx";
import { Abstracts, EvidenceList } from "./evidence.tsx";
import { Inert } from "./text.tsx";

interface Props {
  readonly found: Intervention;
  /** Whether the abstracts stand open at first. */
  readonly open: boolean;
}

export function InterventionCard({ found, open }: Props): VNode {
  const [best, ...others] = found.paths;
  return (
    <article class="card">
      <h3 tabIndex={-1}>
        {inWords(found.perturbation.type)} of <strong><Inert text={found.target.name} /></strong>{" "}
        <code>{found.target.id}</code>
      </h3>
      <Badges found={found} />
      {best !== undefined && <PathView path={best} />}
      {others.length > 0 && (
        <details class="others">
          <summary>{count(others.length, "further path")}</summary>
          {others.map((path, index) => <PathView key={index} path={path} />)}
        </details>
      )}
      <div class={found.counter.length === 0 ? "proof" : "proof proof-two"}>
        <EvidenceList evidence={found.evidence} />
        <Counter counter={found.counter} />
      </div>
      <Abstracts evidence={[...found.evidence, ...found.counter]} open={open} />
    </article>
  );
}

function PathView({ path }: { readonly path: Path }): VNode {
  return (
    <div class="path">
      <p class="arithmetic"><Inert text={path.arithmetic} /></p>
      <details>
        <summary>Hop by hop{path.weakest !== null && path.steps.length > 1 ? `, weakest link ${beliefInWords(path.weakest)}` : ""}</summary>
        <ol class="hops">{path.steps.map((step, index) => <li key={index}><Hop step={step} /></li>)}</ol>
        {path.context.filter((row) => row.found !== null || row.asked !== null).map((row) => (
          <p class="quiet" key={row.kind}>
            {inWords(row.kind)}: {row.found ?? "not stated"}{row.asked === null ? "" : `, asked ${row.asked}: ${inWords(row.agreement)}`}
          </p>
        ))}
      </details>
    </div>
  );
}

function Hop({ step }: { readonly step: Step }): VNode {
  return (
    <>
      <Inert text={step.subject.name} />{" "}
      <span class={step.sign === "-" ? "lowers" : "raises"}>{signInWords(step.sign)} ({signMark(step.sign)})</span>{" "}
      <Inert text={step.object.name} />
      {step.aspect === null ? "" : `, ${step.aspect}`}
      {step.condition.length > 0 && <> where <Inert text={step.condition.join(", ")} /></>}
      <span class="quiet"> · {basis(step)} · {step.matched ? "direction matched" : "extrapolated"} · {inWords(step.rule)}</span>
      {step.candidates.length > 0 && <span class="badge badge-warn">{count(step.candidates.length, "candidate claim")}</span>}
      {step.sentenceMissing && <span class="badge badge-warn">imported, no sentence</span>}
    </>
  );
}

function basis(step: Step): string {
  if (step.kinship !== null) return `curated: ${inWords(step.kinship)}`;
  return step.side === null ? "the text states a sign only" : `shown by ${step.side} of function`;
}
