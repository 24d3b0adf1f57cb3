/** One intervention: what to do, why it follows, whose words it rests on, and what speaks against it. */

import type { VNode } from "preact";
import { go, here, place } from "../router.ts";
import type { Intervention } from "../types.ts";
import { count, inWords } from "../words.ts";
import { Badges } from "./badges.tsx";
import { Counter } from "./counter.tsx";
import { Abstracts, EvidenceList, QuoteView } from "./evidence.tsx";
import { Exclusions } from "./exclusions.tsx";
import { DecideLinks } from "./onward.tsx";
import { PathView } from "./path.tsx";
import { Inert } from "./text.tsx";
import { WhyAnswer } from "./why.tsx";

interface Props {
  readonly found: Intervention;
  readonly open: boolean;
  /** Whether it is shown how the figures came about. */
  readonly why: boolean;
  /** Whether the heading alone stands for the card. */
  readonly brief: boolean;
  readonly toggle: () => void;
}

export function InterventionCard({ found, open, why, brief, toggle }: Props): VNode {
  return (
    <article class={open ? "card card-open" : "card"}>
      <h3 tabIndex={-1}>
        {inWords(found.perturbation.type)} of <a href={place("entity", found.target.id)} data-inside><strong><Inert text={found.target.name} /></strong></a>{" "}
        <code>{found.target.id}</code>
      </h3>
      {!brief && <Content found={found} open={open} why={why} toggle={toggle} />}
    </article>
  );
}

function Content({ found, open, why, toggle }: Omit<Props, "brief">): VNode {
  const [best] = found.paths;
  return (
    <>
      <Badges found={found} />
      <Exclusions found={found} />
      {best !== undefined && <PathView path={best} open={open} />}
      {open ? <Opened found={found} /> : <Closed found={found} />}
      <div class="card-foot">
        <button type="button" aria-expanded={open} onClick={toggle}>{open ? "Less" : more(found)}</button>
        <button type="button" aria-expanded={why} onClick={() => go(here({ why: why ? null : found.target.id }), true)}>Why these figures?</button>
        <DecideLinks target={found.target.id} />
      </div>
      {why && <WhyAnswer target={found.target.id} />}
    </>
  );
}

function more(found: Intervention): string {
  const quotes = found.evidence.length + found.counter.length;
  const paths = found.paths.length > 1 ? ` and ${count(found.paths.length, "path")}` : "";
  return quotes === 0 ? `Hop by hop${paths}` : `All ${count(quotes, "quote")}${paths}, in ${found.papers === 1 ? "the abstract" : "their abstracts"}`;
}

/** The best quote alone, with what speaks against the answer beside it. */
function Closed({ found }: { readonly found: Intervention }): VNode {
  const best = found.evidence.find((item) => item.role === "ground") ?? found.evidence[0];
  return (
    <div class={found.counter.length === 0 ? "proof" : "proof proof-two"}>
      <section class="evidence">
        {best === undefined ? <p class="quiet">No sentence of its own; it follows from the path.</p> : <QuoteView item={best} />}
      </section>
      {found.counter.length > 0 && <Counter counter={found.counter.slice(0, 1)} more={found.counter.length - 1} />}
    </div>
  );
}

function Opened({ found }: { readonly found: Intervention }): VNode {
  const others = found.paths.slice(1);
  return (
    <>
      {others.length > 0 && (
        <details class="others">
          <summary>{count(others.length, "further path")}</summary>
          {others.map((path, index) => <PathView key={index} path={path} open />)}
        </details>
      )}
      <div class={found.counter.length === 0 ? "proof" : "proof proof-two"}>
        <EvidenceList evidence={found.evidence} />
        <Counter counter={found.counter} more={0} />
      </div>
      <Abstracts evidence={[...found.evidence, ...found.counter]} open />
    </>
  );
}
