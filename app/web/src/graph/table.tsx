/** The picture as a table: every link that is drawn, in words, for a screen reader and the keyboard. */

import { useState } from "preact/hooks";
import type { VNode } from "preact";
import { beliefInWords, count } from "../words.ts";
import { Inert } from "../views/text.tsx";
import { categoryInWords } from "./compose.ts";
import type { Picture, PictureEdge } from "./compose.ts";
import { edgeKey, nodeKey } from "./part.ts";
import { verb } from "./side.tsx";

interface Props {
  readonly picture: Picture;
  readonly shown: string | null;
  readonly show: (key: string) => void;
}

const AT_ONCE = 200;

export function PictureTable({ picture, shown, show }: Props): VNode {
  const [open, setOpen] = useState(false);
  return (
    <details class="graph-table picture-table" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>The drawing as a table</summary>
      {open && <Rows picture={picture} shown={shown} show={show} />}
    </details>
  );
}

function Rows({ picture, shown, show }: Props): VNode {
  const [limit, setLimit] = useState(AT_ONCE);
  const nodes = new Map(picture.nodes.map((node) => [node.id, node]));
  const linked = new Set(picture.edges.flatMap((edge) => [edge.subject, edge.object]));
  const lone = picture.nodes.filter((node) => !linked.has(node.id));
  const cell = (key: string, text: VNode): VNode => <button type="button" class="cell" aria-pressed={shown === key} onClick={() => show(key)}>{text}</button>;
  const end = (id: string): VNode => (
    <>
      {cell(nodeKey(id), <Inert text={nodes.get(id)?.name ?? id} />)}
      <div class="quiet done">{categoryInWords(nodes.get(id)?.category ?? "")}{(nodes.get(id)?.more ?? 0) > 0 ? `, ${nodes.get(id)?.more} more` : ""}</div>
    </>
  );
  return (
    <div class="table-wrap" role="region" aria-label="Table of the drawing" tabIndex={0}>
      <table>
        <caption class="unseen">Links of the drawing; choose one to see its claims</caption>
        <thead>
          <tr><th scope="col">From</th><th scope="col">Effect</th><th scope="col">To</th><th scope="col">Shown</th><th scope="col">Belief</th></tr>
        </thead>
        <tbody>
          {picture.edges.slice(0, limit).map((edge) => (
            <tr key={edge.id}>
              <td>{end(edge.subject)}</td>
              <td>{cell(edgeKey(edge.id), <>{verb(edge)}{edge.aspect === null ? "" : ` ${edge.aspect} of`}</>)}</td>
              <td>{end(edge.object)}</td>
              <td>{basis(edge)}</td>
              <td>{edge.kinship === null ? beliefInWords(edge.belief) : ""}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {picture.edges.length > limit && <button type="button" onClick={() => setLimit(limit + AT_ONCE)}>Show more rows ({picture.edges.length - limit} left)</button>}
      {lone.length > 0 && <p>Without a drawn link: {lone.map((node) => <span key={node.id}>{cell(nodeKey(node.id), <Inert text={node.name} />)} </span>)}</p>}
    </div>
  );
}

function basis(edge: PictureEdge): string {
  if (edge.kinship !== null) return "membership";
  const parts = [
    edge.side === null ? "sign only" : `${edge.side} of function`,
    ...(edge.matched === null ? [] : [edge.matched ? "matched" : "extrapolated"]),
    count(edge.claims.length, "claim"),
    ...(edge.statuses.includes("accepted") ? [] : ["candidates only"]),
    ...(edge.conflict === null ? [] : [edge.conflict.kind === "contradicts" ? "contradicted" : "differs in scope"]),
  ];
  return parts.join(", ");
}
