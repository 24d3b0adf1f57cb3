/** How an answer's figures came about; and of a target that is no answer, what is missing. */

import { useContext, useState } from "preact/hooks";
import type { VNode } from "preact";
import * as api from "../api.ts";
import { PLAIN } from "../asking.ts";
import { go, here, place } from "../router.ts";
import { AnswerAsked, useResource } from "../state.ts";
import type { Resource } from "../state.ts";
import type { Explained, Intervention, LinkWorth, Why } from "../types.ts";
import { beliefInWords, count, inWords, signInWords } from "../words.ts";
import { ChooseEntity } from "./chips.tsx";
import { PathView } from "./path.tsx";
import { PartProblem } from "./problem.tsx";
import { Inert } from "./text.tsx";

function useWhy(target: string): readonly [Resource<Why>, retry: () => void] {
  const asked = useContext(AnswerAsked);
  const [attempt, setAttempt] = useState(0);
  const asking = asked?.asking ?? { ...PLAIN, outcome: "", effect: "" };
  const asOf = asked?.revision === null || asked?.revision === undefined ? null : String(asked.revision);
  const why = useResource(`why ${target} ${JSON.stringify(asking)} ${asOf}`, (signal) => api.why(target, asking, asOf, signal), attempt);
  return [why, () => setAttempt((past) => past + 1)];
}

export function WhyAnswer({ target }: { readonly target: string }): VNode {
  const [why, retry] = useWhy(target);
  switch (why.state) {
    case "loading":
      return <p role="status" class="quiet">Computing why …</p>;
    case "failed":
      return <PartProblem problem={why.problem} retry={retry} />;
    case "ready":
      return (
        <section class="why" aria-label="Why these figures">
          {why.value.answers.map((one, index) => <ExplainedView key={index} one={one} />)}
          {why.value.answers.length === 0 && <Missing why={why.value} />}
        </section>
      );
  }
}

/** A target that was asked about and is none of the answers. */
export function WhyNot({ target }: { readonly target: string }): VNode {
  const [why, retry] = useWhy(target);
  return (
    <section class="notice why-not" aria-label={`Why ${target} is no answer`}>
      <button type="button" class="close" aria-label="Close why" onClick={() => go(here({ why: null }), true)}>×</button>
      {why.state === "loading" && <p role="status" class="quiet">Computing why …</p>}
      {why.state === "failed" && <PartProblem problem={why.problem} retry={retry} />}
      {why.state === "ready" && (
        why.value.answers.length > 0
          ? why.value.answers.map((one, index) => <ExplainedView key={index} one={one} />)
          : <><h2>Why <Inert text={why.value.target.name} /> is no answer</h2><Missing why={why.value} /></>
      )}
    </section>
  );
}

/** Ask about a target that one expected to see. */
export function AskWhy(): VNode {
  return (
    <details class="ask-why">
      <summary>A target that you expected is not here?</summary>
      <ChooseEntity id="why" label="Why is it no answer" choose={(curie) => go(here({ why: curie }), true)} />
    </details>
  );
}

function Missing({ why }: { readonly why: Why }): VNode {
  if (why.lacking.length === 0) return <p>Nothing in the graph leads from it to the outcome.</p>;
  return (
    <ul class="lacking">
      {why.lacking.map((one, index) => (
        <li key={index}>
          <span class="badge">{one.direction === "+" ? "raised" : "lowered"}</span> <span class="badge badge-warn">{inWords(one.reason)}</span>{" "}
          <Inert text={one.note} />
          {one.path !== null && <PathView path={one.path} open />}
        </li>
      ))}
    </ul>
  );
}

function ExplainedView({ one }: { readonly one: Explained }): VNode {
  const names = namesIn(one.intervention);
  const groups = [...new Set(one.links.flatMap((link) => link.claims.map(({ group }) => group)))];
  return (
    <>
      <h4>Why {inWords(one.intervention.perturbation.type)} of <Inert text={one.intervention.target.name} /> has these figures</h4>
      <p>{sumOf(one.intervention)}</p>
      {one.intervention.tier === "predicted" && (
        <p class="quiet">
          All walks to the outcome weigh {one.total.toFixed(3)}, signed {one.net.toFixed(3)}; predictions stand in the order of {one.strength.toFixed(3)}, which is net × |net| / total.
        </p>
      )}
      <div class="table-wrap" role="region" aria-label="Links and their worth" tabIndex={0}>
        <table class="worth">
          <thead><tr><th scope="col">Link</th><th scope="col">Shown by</th><th scope="col">Claims by group of papers</th><th scope="col">Together</th><th scope="col">Against it</th><th scope="col">Belief</th></tr></thead>
          <tbody>{one.links.map((link, index) => <Worth key={index} link={link} names={names} groups={groups} />)}</tbody>
        </table>
      </div>
    </>
  );
}

function sumOf(found: Intervention): string {
  const [best] = found.paths;
  if (best === undefined) return "It follows from no path.";
  const beliefs = best.steps.map((step) => beliefInWords(step.belief ?? 0)).join(" × ");
  const extrapolated = best.steps.filter((step) => !step.matched).length;
  const cost = extrapolated === 0 ? "" : ` × 0.5 for each of ${count(extrapolated, "extrapolated hop")}`;
  return `Its belief ${beliefInWords(found.belief ?? 0)} is that of the best path: the product of its links, ${beliefs}${cost}.`;
}

function namesIn(found: Intervention): ReadonlyMap<string, string> {
  return new Map(found.paths.flatMap(({ steps }) => steps.flatMap(({ subject, object }) => [[subject.id, subject.name] as const, [object.id, object.name] as const])));
}

interface WorthProps {
  readonly link: LinkWorth;
  readonly names: ReadonlyMap<string, string>;
  /** The groups of papers, which are numbered in this order. */
  readonly groups: readonly number[];
}

function Worth({ link, names, groups }: WorthProps): VNode {
  return (
    <tr>
      <td><Inert text={names.get(link.subject) ?? link.subject} /> {signInWords(link.sign)} <Inert text={names.get(link.object) ?? link.object} />{link.aspect === null ? "" : `, ${link.aspect}`}</td>
      <td>{link.side === null ? "a sign only" : `${link.side} of function`}</td>
      <td>
        {link.claims.map((claim) => (
          <span class={claim.counts ? "worth-counts" : "quiet"} key={claim.claim} title={claim.counts ? "the most reliable of its group: it counts" : "a more reliable claim of its group counts"}>
            <a href={place("claim", claim.claim)} data-inside>group {groups.indexOf(claim.group) + 1}: {beliefInWords(claim.reliability)}</a>{claim.counts ? "" : " (does not count)"}{" "}
          </span>
        ))}
        {link.claims.length === 0 && <span class="quiet">none: a curated membership</span>}
      </td>
      <td>{beliefInWords(link.together)}</td>
      <td>{link.opposite === 0 ? "nothing" : `${beliefInWords(link.opposite)} × ${beliefInWords(link.weight)}`}</td>
      <td>{beliefInWords(link.belief)}</td>
    </tr>
  );
}
