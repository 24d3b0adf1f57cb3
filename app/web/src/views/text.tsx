/** Text from outside, inert: as text nodes only, with direction controls shown by name. */

import type { VNode } from "preact";
import { pieces } from "../text/controls.ts";
import { segments } from "../text/offsets.ts";
import type { Mark } from "../text/offsets.ts";

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

/** Text with its marked spans highlighted; overlapping marks are darker where they overlap. */
export function Marked({ text, marks }: { readonly text: string; readonly marks: readonly Mark[] }): VNode {
  return (
    <>
      {segments(text, marks).map((segment, index) =>
        segment.keys.length === 0 ? <Inert key={index} text={segment.text} /> : (
          <mark key={index} class={segment.keys.length > 1 ? "deep" : undefined} data-claims={segment.keys.join(" ")}>
            <Inert text={segment.text} />
          </mark>
        ),
      )}
    </>
  );
}
