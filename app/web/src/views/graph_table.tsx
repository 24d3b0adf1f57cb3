/** The graph as a table: the same nodes and edges, for a screen reader and for the keyboard. */

import type { VNode } from "preact";
import type { AnswerGraph, GraphEdge } from "../graph/elements.ts";
import { count, perturbationInWords, signInWords } from "../words.ts";
import { Inert } from "./text.tsx";

interface Props {
  readonly graph: AnswerGraph;
  readonly shown: string | null;
  readonly show: (id: string) => void;
}

export function GraphTable({ graph, shown, show }: Props): VNode {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const end = (id: string): VNode => (
    <>
      <button type="button" class="cell" aria-pressed={shown === id} onClick={() => show(id)}>
        <Inert text={nodes.get(id)?.entity.name ?? id} />
      </button>
      {nodes.get(id)?.perturbed.map(({ type, direction }) => <div class="quiet done" key={type}>{perturbationInWords(type, direction)}</div>)}
    </>
  );
  return (
    <details class="graph-table">
      <summary>The graph as a table</summary>
      <div class="table-wrap" role="region" aria-label="Table of the graph" tabIndex={0}>
        <table>
          <caption class="unseen">Edges of the graph; choose one to see its claims</caption>
          <thead>
            <tr><th scope="col">From</th><th scope="col">Effect</th><th scope="col">To</th><th scope="col">Shown</th></tr>
          </thead>
          <tbody>
            {graph.edges.map((edge) => (
              <tr key={edge.id}>
                <td>{end(edge.source)}</td>
                <td>
                  <button type="button" class="cell" aria-pressed={shown === edge.id} onClick={() => show(edge.id)}>
                    {signInWords(edge.sign)}{edge.aspect === null ? "" : ` ${edge.aspect} of`}
                  </button>
                </td>
                <td>{end(edge.target)}</td>
                <td>{basis(edge)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function basis(edge: GraphEdge): string {
  if (edge.kind === "membership") return "membership";
  const side = edge.side === null ? "sign only" : `${edge.side} of function`;
  return `${side}, ${edge.matched ? "matched" : "extrapolated"}, ${count(edge.claims.length, "claim")}`;
}
