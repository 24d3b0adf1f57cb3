/** The sentence large, with the claim's slots marked in it, and the text it stands in. */

import type { VNode } from "preact";
import { segments, within } from "../text/offsets.ts";
import { Inert } from "../views/text.tsx";
import { sentence } from "./sentences.ts";
import { fits, marksOf } from "./claim.ts";
import type { BenchArticle, BenchClaim, SlotKind, SlotMark } from "./claim.ts";

export const SLOT_NAMES: Readonly<Record<SlotKind, string>> = {
  agent: "agent",
  perturbation: "what was done",
  predicate: "predicate",
  outcome: "outcome",
  context: "context",
  evidence: "cue",
};

interface SlottedProps {
  readonly text: string;
  readonly marks: readonly SlotMark[];
}

/** Text with its slots marked, each by colour, by line and by its name for those who hear it. */
export function Slotted({ text, marks }: SlottedProps): VNode {
  return (
    <>
      {segments(text, marks).map(({ text: words, marks: over }, index) => {
        const slots = [...new Set(over.map((mark) => mark.slot))];
        if (slots.length === 0) return <Inert key={index} text={words} />;
        return (
          <mark key={index} class={slots.map((slot) => `slot slot-${slot}`).join(" ")} title={slots.map((slot) => SLOT_NAMES[slot]).join(", ")}>
            <Inert text={words} />
          </mark>
        );
      })}
    </>
  );
}

export function Legend({ marks }: { readonly marks: readonly SlotMark[] }): VNode | null {
  const slots = [...new Set(marks.map((mark) => mark.slot))];
  if (slots.length === 0) return null;
  return (
    <ul class="slot-legend" aria-label="Marks">
      {slots.map((slot) => <li key={slot}><span class={`slot slot-${slot}`}>{SLOT_NAMES[slot]}</span></li>)}
    </ul>
  );
}

interface Props {
  readonly claim: BenchClaim;
  readonly article: BenchArticle | null;
}

/** What the claim rests on: the sentence with its marks, and where it stands. */
export function Sentence({ claim, article }: Props): VNode {
  if (article === null || !fits(claim, article)) return <Loose claim={claim} article={article} />;
  const marks = marksOf(claim.slots);
  const places = [...marks, ...claim.slots.quotes.flatMap(({ start, end }) => (start === null || end === null ? [] : [{ start, end }]))];
  const whole = sentence(article.points, Math.min(...places.map(({ start }) => start)), Math.max(...places.map(({ end }) => end)));
  return (
    <>
      <blockquote class="sentence"><Slotted text={whole.text} marks={within(marks, whole.start, whole.end)} /></blockquote>
      <Legend marks={marks} />
      <details class="whole-text">
        <summary>The whole abstract</summary>
        <p class="article-text"><Slotted text={article.text} marks={marks} /></p>
      </details>
    </>
  );
}

/** A claim whose places do not count in the article's present text, or that has no text. */
function Loose({ claim, article }: Props): VNode {
  return (
    <>
      {claim.slots.quotes.map((quote, index) => <blockquote key={index} class="sentence"><Inert text={quote.text} /></blockquote>)}
      <p class="badge badge-warn">
        {article === null ? "Imported: there is no text to show." : "The article's text has changed since; correct is not offered."}
      </p>
    </>
  );
}
