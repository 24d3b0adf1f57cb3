/** What the forms and colours of the drawing mean, and the keys that work in it. */

import type { VNode } from "preact";
import type { Picture } from "./compose.ts";

export function Legend({ picture }: { readonly picture: Picture }): VNode {
  const answer = picture.nodes.some((node) => node.perturbed.length > 0);
  return (
    <div class="legend-row">
      <ul class="legend" aria-label="Legend">
        <li><Sample look="raises" arrow="triangle" /> raises</li>
        <li><Sample look="lowers" arrow="tee" /> lowers</li>
        <li><Sample look="quiet" arrow="circle" /> linked, without sign</li>
        <li><Sample look="raises disputed" arrow="triangle" /> contradicted, or differs in scope</li>
        {answer && <li><Sample look="raises dashed" arrow="triangle" /> extrapolated</li>}
        <li><Sample look="quiet sparse" arrow="none" /> candidates only</li>
        <li><Sample look="quiet dotted" arrow="none" /> membership</li>
        <li><span class="box quiet boxed">family</span> members in its box</li>
        {answer && <li><span class="box lowers">↓</span> lowered by the intervention</li>}
        {answer && <li><span class="box raises">↑</span> raised by it</li>}
        <li>wider line: higher belief</li>
        <li><span class="box">+7</span> neighbours not drawn</li>
      </ul>
      <details class="keys">
        <summary>Keys</summary>
        <p id="graph-keys">
          In the drawing: arrows move between nodes, Enter opens a node's claims, L goes through its links,
          E expands, C collapses, H hides, P pins, F fits, + and − zoom, Ctrl+Z undoes, Escape closes.
          A double click expands; a dragged node is pinned.
        </p>
      </details>
    </div>
  );
}

function Sample({ look, arrow }: { readonly look: string; readonly arrow: "triangle" | "tee" | "circle" | "none" }): VNode {
  return (
    <svg class={`sample ${look}`} viewBox="0 0 36 12" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2">
      <path class="sample-halo" d="M1 6h30" />
      <path class="sample-line" d={arrow === "triangle" ? "M1 6h26" : "M1 6h30"} />
      {arrow === "tee" && <path d="M32 1v10" stroke-width="3" />}
      {arrow === "triangle" && <path d="M27 2l7 4-7 4z" fill="currentColor" stroke="none" />}
      {arrow === "circle" && <circle class="sample-circle" cx="31" cy="6" r="3" stroke-width="1.5" />}
      <path class="sample-diamond" d="M12 6l4 -4 4 4 -4 4z" stroke="none" />
    </svg>
  );
}
