/** The graph of an answer, the table that says the same, and the claims of what is chosen in it. */

import { useEffect, useRef, useState } from "preact/hooks";
import type { VNode } from "preact";
import type { Drawing } from "../graph/draw.ts";
import type { AnswerGraph } from "../graph/elements.ts";
import { addressOf, read } from "../graph/state.ts";
import { go, here } from "../router.ts";
import { count } from "../words.ts";
import { Selection } from "./claims.tsx";
import { GraphTable } from "./graph_table.tsx";

interface Props {
  readonly graph: AnswerGraph;
  readonly shown: string | null;
}

export function GraphPanel({ graph, shown }: Props): VNode {
  const show = (id: string | null): void => go(here({ show: id }), true);
  const { container, drawing, failed } = useDrawing(graph, shown, show);
  return (
    <aside class="graph-panel" id="graph" aria-labelledby="graph-title">
      <header class="graph-head">
        <h2 id="graph-title">Graph of the answer</h2>
        <div class="graph-tools" role="group" aria-label="View of the graph">
          <button type="button" aria-label="Zoom in" onClick={() => drawing.current?.zoom(1.25)}>+</button>
          <button type="button" aria-label="Zoom out" onClick={() => drawing.current?.zoom(0.8)}>−</button>
          <button type="button" onClick={() => drawing.current?.fit()}>Fit</button>
          <a class="larger" href={larger()} data-inside>Explore</a>
        </div>
      </header>
      {failed ? <p role="alert">The drawing could not be loaded. The table below says the same.</p> : (
        <div ref={container} class="graph" role="img" aria-label={`${count(graph.nodes.length, "node")} and ${count(graph.edges.length, "edge")}; the table below says the same`} />
      )}
      <Legend />
      <Selection graph={graph} shown={shown} close={() => show(null)} />
      <GraphTable graph={graph} shown={shown} show={show} />
    </aside>
  );
}

/** The address of the same answer in the graph browser, from the same snapshot. */
function larger(): string {
  const asked = new URLSearchParams(location.search);
  return addressOf({ ...read(asked), asOf: asked.get("as_of") ?? asked.get("at"), shown: null });
}

/** Draw the graph once its library has come, and keep what is chosen in step with the address. */
function useDrawing(graph: AnswerGraph, shown: string | null, show: (id: string | null) => void) {
  const container = useRef<HTMLDivElement>(null);
  const drawing = useRef<Drawing | null>(null);
  const latest = useRef({ show, shown });
  latest.current = { show, shown };
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let gone = false;
    import("../graph/draw.ts").then(
      ({ draw }) => {
        if (gone || container.current === null) return;
        drawing.current = draw(container.current, graph, (id) => latest.current.show(id));
        drawing.current.select(latest.current.shown);
        container.current.dataset["drawn"] = "true";
      },
      () => setFailed(true),
    );
    return () => {
      gone = true;
      drawing.current?.destroy();
      drawing.current = null;
    };
  }, [graph]);
  useEffect(() => drawing.current?.select(shown), [shown]);
  return { container, drawing, failed };
}

function Legend(): VNode {
  return (
    <ul class="legend" aria-label="Legend">
      <li><Sample kind="raises" /> raises</li>
      <li><Sample kind="lowers" /> lowers</li>
      <li><Sample kind="raises dashed" /> extrapolated</li>
      <li><Sample kind="raises dotted" /> membership</li>
      <li><span class="box lowers">↓</span> lowered by the intervention</li>
      <li><span class="box raises">↑</span> raised by it</li>
    </ul>
  );
}

function Sample({ kind }: { readonly kind: string }): VNode {
  return (
    <svg class={`sample ${kind}`} viewBox="0 0 36 12" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2">
      <path class="sample-line" d={kind === "lowers" ? "M1 6h30" : "M1 6h26"} />
      {kind === "lowers" ? <path d="M32 1v10" stroke-width="3" /> : <path d="M27 2l7 4-7 4z" fill="currentColor" stroke="none" />}
    </svg>
  );
}
