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

interface MarkedProps {
  readonly text: string;
  readonly marks: readonly Mark[];
  /** Keys of marks that are drawn more quietly than the others. */
  readonly quiet: ReadonlySet<string>;
}

/** Text with its marked spans highlighted; overlapping marks are darker where they overlap. */
export function Marked({ text, marks, quiet }: MarkedProps): VNode {
  return (
    <>
      {segments(text, marks).map(({ text: words, keys }, index) =>
        keys.length === 0 ? <Inert key={index} text={words} /> : (
          <mark key={index} class={strength(keys, quiet)} data-claims={keys.join(" ")}>
            <Inert text={words} />
          </mark>
        ),
      )}
    </>
  );
}

function strength(keys: readonly string[], quiet: ReadonlySet<string>): string {
  const loud = keys.filter((key) => !quiet.has(key)).length;
  return loud === 0 ? "faint" : loud === 1 ? "clear" : "deep";
}
