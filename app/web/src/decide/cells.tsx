/** The table of a matrix, and the claims of the cell that is chosen in it. */

import { Fragment } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { VNode } from "preact";
import { place } from "../router.ts";
import { count, inWords } from "../words.ts";
import { ArticleQuotes, QuoteView } from "../views/evidence.tsx";
import { Inert } from "../views/text.tsx";
import { cellKey, columnsOf } from "./matrix_data.ts";
import type { Cell, Column, Context, Deciding, Matrix, Part, Result } from "./matrix_data.ts";

const LOOK: Record<Result, string> = { positive: "badge badge-entailed", null: "badge", conflicting: "badge badge-warn", untested: "quiet" };

const REASONS: Record<string, string> = { resolves_conflict: "would resolve a conflict", makes_matched: "would make an extrapolated hop a matched one" };

export function reasonInWords(reason: string): string {
  return REASONS[reason] ?? inWords(reason);
}

interface Props {
  readonly matrix: Matrix;
  /** The key of the chosen cell. */
  readonly chosen: string | null;
  readonly choose: (key: string | null) => void;
}

export function MatrixTable({ matrix, chosen, choose }: Props): VNode {
  const columns = columnsOf(matrix.items);
  const sides = [...new Set(columns.map(({ side }) => side))];
  const next = new Map(matrix.deciding.map((each) => [cellKey(each.context, each.side, each.aspect), each] as const));
  return (
    <>
      <div class="table-wrap" role="region" aria-label="What was tried" tabIndex={0}>
        <table class="matrix">
          <thead>
            <tr>
              <th scope="col" rowSpan={2}>Context</th>
              {sides.map((side) => <th key={side} scope="colgroup" colSpan={columns.filter((each) => each.side === side).length}>{side === null ? "side unstated" : `${side} of the target`}</th>)}
            </tr>
            <tr>{columns.map(({ side, aspect }) => <th key={`${side} ${aspect}`} scope="col">{aspect ?? "stage unstated"}</th>)}</tr>
          </thead>
          <tbody>
            {matrix.items.map((context) => (
              <Fragment key={cellKey(context.parts, null, null)}>
                <tr>
                  <th scope="row"><ContextName parts={context.parts} /></th>
                  {columns.map((column) => <CellView key={`${column.side} ${column.aspect}`} column={column} context={context} next={next} chosen={chosen} choose={choose} />)}
                </tr>
              </Fragment>
            ))}
          </tbody>
        </table>
      </div>
      <ChosenCell matrix={matrix} chosen={chosen} next={next} close={() => choose(null)} />
    </>
  );
}

function ContextName({ parts }: { readonly parts: readonly Part[] }): VNode {
  if (parts.length === 0) return <span class="quiet">no context stated</span>;
  return <>{parts.map((part, index) => <span class="part" key={index}><span class="quiet">{inWords(part.type)}</span> <Inert text={part.name} />{part.state !== null && <> ({inWords(part.state)})</>}</span>)}</>;
}

interface CellProps extends Omit<Props, "matrix"> {
  readonly column: Column;
  readonly context: Context;
  readonly next: ReadonlyMap<string, Deciding>;
}

function CellView({ column, context, next, chosen, choose }: CellProps): VNode {
  const cell = context.cells.find(({ side, aspect }) => side === column.side && aspect === column.aspect);
  if (cell === undefined) return <td class="quiet"><span aria-hidden="true">–</span><span class="unseen">nothing said</span></td>;
  const key = cellKey(context.parts, cell.side, cell.aspect);
  const decides = next.get(key);
  return (
    <td>
      <button type="button" class="matrix-cell" aria-pressed={key === chosen} onClick={() => choose(key === chosen ? null : key)}>
        <span class={LOOK[cell.result]}>{cell.result}</span>
        {cell.total > 0 && <span class="cell-note">{signsOf(cell)}{count(cell.total, "claim")}</span>}
        {decides !== undefined && <span class="cell-next">{reasonInWords(decides.reason)}</span>}
      </button>
    </td>
  );
}

/** Which way the target moves the outcome, by the claims of a cell. */
function signsOf(cell: Cell): string {
  const said = [["+", "the target raises it"], ["-", "the target lowers it"]].filter(([sign]) => cell.claims.some((claim) => claim.sign === sign)).map(([, words]) => words);
  return said.length === 0 ? "" : `${said.join(", ")} · `;
}

interface ChosenProps {
  readonly matrix: Matrix;
  readonly chosen: string | null;
  readonly next: ReadonlyMap<string, Deciding>;
  readonly close: () => void;
}

function ChosenCell({ matrix, chosen, next, close }: ChosenProps): VNode {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.scrollIntoView({ block: "nearest" }), [chosen]);
  if (chosen === null) return <p class="hint quiet">Choose a cell to read its claims.</p>;
  const found = matrix.items.flatMap(({ parts, cells }) => cells.map((cell) => ({ parts, cell }))).find(({ parts, cell }) => cellKey(parts, cell.side, cell.aspect) === chosen);
  const decides = next.get(chosen);
  return (
    <section class="panel chosen-cell" aria-labelledby="cell-title" aria-live="polite">
      <button type="button" class="close" aria-label="Close the cell" onClick={close}>×</button>
      {found === undefined ? <h2 id="cell-title" ref={title}>The address names a cell that is not in the table</h2> : (
        <>
          <h2 id="cell-title" ref={title}>
            {found.cell.side === null ? "Side unstated" : `${found.cell.side} of ${matrix.target.name}`}, {found.cell.aspect ?? "stage unstated"}: {found.cell.result}
          </h2>
          <p><ContextName parts={found.parts} /></p>
          {found.cell.total === 0 && <p>No claim says that it was tried. Untested is not the same as without effect.</p>}
          {decides !== undefined && <p><strong class="do"><Inert text={decides.words} /></strong> <span class="quiet">· {reasonInWords(decides.reason)}</span></p>}
          <Claims cell={found.cell} />
        </>
      )}
    </section>
  );
}

function Claims({ cell }: { readonly cell: Cell }): VNode {
  const articles = [...new Set(cell.claims.map(({ article }) => article))].filter((id) => id !== "");
  return (
    <>
      <ul class="quotes">
        {cell.claims.map((item) => (
          <li key={item.claim}>
            <p class="said"><Inert text={item.statement} /></p>
            <QuoteView item={item} />
            {cell.conflicts.filter(({ claim }) => claim === item.claim).map((each) => (
              <p class="conflict" key={each.against}>
                {inWords(each.relation)}: <a href={place("claim", each.against)} data-inside>another claim</a>, {inWords(each.kind)}{each.scope.length > 0 && `; differs in ${each.scope.map(inWords).join(", ")}`}
              </p>
            ))}
          </li>
        ))}
      </ul>
      {cell.total > cell.claims.length && <p class="quiet">and {cell.total - cell.claims.length} more</p>}
      {articles.map((id) => <ArticleQuotes key={id} id={id} quotes={cell.claims.filter(({ article }) => article === id)} open={false} />)}
    </>
  );
}
