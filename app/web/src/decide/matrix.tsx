/** What was tried with a target and an outcome: a table whose every cell opens its claims. */

import type { VNode } from "preact";
import { go, here, place } from "../router.ts";
import type { Route } from "../router.ts";
import { count } from "../words.ts";
import { QuoteView } from "../views/evidence.tsx";
import type { ViewProps } from "../views/lazy.tsx";
import { SnapshotLine } from "../views/record.tsx";
import { Inert } from "../views/text.tsx";
import { Asked, Candidates } from "./asked.tsx";
import { MatrixTable, reasonInWords } from "./cells.tsx";
import { cellKey, matrix as matrixOf } from "./matrix_data.ts";
import type { Matrix } from "./matrix_data.ts";
import { PickOne } from "./pick.tsx";

export function MatrixQuestion({ route }: ViewProps): VNode {
  const { parameters } = route;
  const target = parameters.get("target") ?? "";
  const outcome = parameters.get("outcome") ?? "";
  const candidates = parameters.get("include_candidates") === "true";
  const put = (name: string) => (value: string): void => go(place("decide", "", { ask: "matrix", target, outcome, include_candidates: candidates ? "true" : null, as_of: route.asOf, [name]: value }));
  return (
    <>
      <div class="picks">
        <PickOne id="target" label="Target" value={target} put={put("target")} />
        <PickOne id="outcome" label="Outcome" value={outcome} put={put("outcome")} />
        <Candidates on={candidates} />
      </div>
      {target === "" || outcome === "" ? <p class="quiet">Name both to see what was tried.</p> : (
        <Asked path="matrix" asked={{ target, outcome, include_candidates: candidates ? "true" : null, as_of: route.asOf }} as={matrixOf} waiting="Reading what was tried" what="contexts">
          {(matrix, more) => <Found matrix={matrix} more={more} route={route} />}
        </Asked>
      )}
    </>
  );
}

interface FoundProps {
  readonly matrix: Matrix;
  readonly more: VNode | null;
  readonly route: Route;
}

function Found({ matrix, more, route }: FoundProps): VNode {
  const chosen = route.parameters.get("cell");
  const choose = (key: string | null): void => go(here({ cell: key }), true);
  return (
    <>
      <section aria-labelledby="matrix-title">
        <h2 id="matrix-title"><Inert text={matrix.target.name} /> and <Inert text={matrix.outcome.name} /> <span class="quiet">{count(matrix.total, "context")}</span></h2>
        <SnapshotLine snapshot={matrix.snapshot} route={route} />
        <MatrixTable matrix={matrix} chosen={chosen} choose={choose} />
        {more}
      </section>
      <Next matrix={matrix} choose={choose} />
      {matrix.beside.length > 0 && (
        <details class="beside">
          <summary>{count(matrix.beside.length, "claim")} beside it that tried nothing: background, hypotheses, bare associations</summary>
          <ul class="quotes">{matrix.beside.map((item) => <li key={item.claim}><QuoteView item={item} /></li>)}</ul>
        </details>
      )}
    </>
  );
}

/** The experiments that would tell most. */
function Next({ matrix, choose }: { readonly matrix: Matrix; readonly choose: (key: string) => void }): VNode | null {
  if (matrix.deciding.length === 0) return null;
  const shown = new Set(matrix.items.flatMap(({ parts, cells }) => cells.map(({ side, aspect }) => cellKey(parts, side, aspect))));
  return (
    <section aria-labelledby="next-title">
      <h2 id="next-title">What to try next</h2>
      <ol class="deciding">
        {matrix.deciding.map((each, index) => {
          const key = cellKey(each.context, each.side, each.aspect);
          return (
            <li key={index}>
              <strong class="do"><Inert text={each.words} /></strong>
              <span class="quiet"> · {reasonInWords(each.reason)}</span>
              {each.claims.map((claim, at) => <span key={claim}> · <a href={place("claim", claim)} data-inside>claim {at + 1}</a></span>)}
              {shown.has(key) && <> <button type="button" class="cell" onClick={() => choose(key)}>In the table</button></>}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
