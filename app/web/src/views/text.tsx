/** Text from outside, inert: as text nodes only, with direction controls shown by name. */

import type { VNode } from "preact";
import { pieces } from "../text/controls.ts";
import { segments } from "../text/offsets.ts";
import type { Span } from "../text/offsets.ts";
import type { EvidenceRole } from "../types.ts";

/** Plain text; its direction can't leak into what stands around it. */
export function Inert({ text }: { readonly text: string }): VNode {
  return (
    <bdi>
      {pieces(text).map((piece) =>
        piece.control === null ? piece.text : (
          <span class="control" data-code={piece.control}>
            <span class="control-self">{piece.text}</span>
          </span>
        ),
      )}
    </bdi>
  );
}

/** The span of a claim's quote. */
export interface Mark extends Span {
  readonly claim: string;
  readonly role: EvidenceRole;
}

interface MarkedProps {
  readonly text: string;
  readonly marks: readonly Mark[];
}

/** Text with its marked spans highlighted, each role in a form of its own; marks may overlap. */
export function Marked({ text, marks }: MarkedProps): VNode {
  return (
    <>
      {segments(text, marks).map(({ text: words, marks: over }, index) =>
        over.length === 0 ? <Inert key={index} text={words} /> : (
          <mark key={index} class={look(over)} title={meaning(over)} data-claims={over.map((mark) => mark.claim).join(" ")}>
            <Inert text={words} />
          </mark>
        ),
      )}
    </>
  );
}

/** Filled where it grounds the answer, underlined beside it, with a wavy line against it. */
function look(marks: readonly Mark[]): string {
  const grounds = marks.filter((mark) => mark.role === "ground").length;
  const counter = marks.some((mark) => mark.role === "counter");
  const fill = grounds > 1 ? "deep" : grounds === 1 ? "clear" : counter ? "bare" : "faint";
  return counter ? `${fill} against` : fill;
}

const ROLE_IN_WORDS: Record<EvidenceRole, string> = {
  ground: "grounds the answer",
  beside: "stands beside it",
  counter: "counter-evidence",
};

function meaning(marks: readonly Mark[]): string {
  return [...new Set(marks.map((mark) => ROLE_IN_WORDS[mark.role]))].join(", ");
}

/** What each form of mark in a text means; nothing where there are only grounds. */
export function MarkLegend({ marks }: { readonly marks: readonly Mark[] }): VNode | null {
  const roles = (["ground", "beside", "counter"] as const).filter((role) => marks.some((mark) => mark.role === role));
  if (roles.every((role) => role === "ground")) return null;
  return (
    <ul class="mark-legend" aria-label="Marks">
      {roles.map((role) => (
        <li key={role}><span class={`mark ${look([{ start: 0, end: 0, claim: "", role }])}`}>{ROLE_IN_WORDS[role]}</span></li>
      ))}
    </ul>
  );
}
