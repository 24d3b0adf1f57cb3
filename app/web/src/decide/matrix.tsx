/** What was tried with a target and an outcome: a table whose every cell opens its claims. */

import { useState } from "preact/hooks";
import type { VNode } from "preact";
import * as api from "../api.ts";
import { go, here, place } from "../router.ts";
import type { Route } from "../router.ts";
import { AnswerRevision, useResource } from "../state.ts";
import { count } from "../words.ts";
import { QuoteView } from "../views/evidence.tsx";
import type { ViewProps } from "../views/lazy.tsx";
import { Skeleton } from "../views/loading.tsx";
import { PartProblem, ProblemView } from "../views/problem.tsx";
import { SnapshotLine } from "../views/record.tsx";
import { Inert } from "../views/text.tsx";
import { MatrixTable, reasonInWords } from "./cells.tsx";
import { cellKey, matrixOf, nextOf } from "./matrix_data.ts";
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
        <label class="filter"><input type="checkbox" checked={candidates} onChange={(event) => go(here({ include_candidates: event.currentTarget.checked ? "true" : null, cell: null }))} /> with claims that no curator has judged</label>
      </div>
      {target === "" || outcome === "" ? <p class="quiet">Name both to see what was tried.</p> : <Asked target={target} outcome={outcome} candidates={candidates} route={route} />}
    </>
  );
}

interface AskedProps {
  readonly target: string;
  readonly outcome: string;
  readonly candidates: boolean;
  readonly route: Route;
}

function Asked({ target, outcome, candidates, route }: AskedProps): VNode {
  const [attempt, setAttempt] = useState(0);
  const asked = { target, outcome, include_candidates: candidates ? "true" : null, as_of: route.asOf };
  const key = `matrix ${JSON.stringify(asked)}`;
  const found = useResource(key, (signal) => matrixOf(asked, signal), attempt);
  switch (found.state) {
    case "loading":
      return <Skeleton label="Reading what was tried" />;
    case "failed":
      return <ProblemView problem={found.problem} retry={() => setAttempt(attempt + 1)} />;
    case "ready":
      return <Found key={key} first={found.value} route={route} />;
  }
}

function Found({ first, route }: { readonly first: Matrix; readonly route: Route }): VNode {
  const { matrix, more, problem, waiting } = usePages(first);
  const chosen = route.parameters.get("cell");
  const choose = (key: string | null): void => go(here({ cell: key }), true);
  return (
    <AnswerRevision.Provider value={matrix.snapshot?.revision ?? null}>
      <section aria-labelledby="matrix-title">
        <h2 id="matrix-title"><Inert text={matrix.target.name} /> and <Inert text={matrix.outcome.name} /> <span class="quiet">{count(matrix.total, "context")}</span></h2>
        <SnapshotLine snapshot={matrix.snapshot} route={route} />
        <MatrixTable matrix={matrix} chosen={chosen} choose={choose} />
        {problem !== null && more !== null && <PartProblem problem={problem} retry={more} />}
        {more !== null && <p class="more"><button type="button" aria-busy={waiting} onClick={more}>Show more contexts ({matrix.total - matrix.items.length} left)</button></p>}
      </section>
      <Next matrix={matrix} choose={choose} />
      {matrix.beside.length > 0 && (
        <details class="beside">
          <summary>{count(matrix.beside.length, "claim")} beside it that tried nothing: background, hypotheses, bare associations</summary>
          <ul class="quotes">{matrix.beside.map((item) => <li key={item.claim}><QuoteView item={item} /></li>)}</ul>
        </details>
      )}
    </AnswerRevision.Provider>
  );
}

/** The matrix with the contexts of every further page joined to the first. */
function usePages(first: Matrix) {
  const [matrix, setMatrix] = useState(first);
  const [problem, setProblem] = useState<api.ApiError["problem"] | null>(null);
  const [waiting, setWaiting] = useState(false);
  const load = async (path: string): Promise<void> => {
    setWaiting(true);
    try {
      const page = await nextOf(path, new AbortController().signal);
      setProblem(null);
      setMatrix((held) => (held.next === path ? { ...held, next: page.next, items: [...held.items, ...page.items] } : held));
    } catch (error) {
      setProblem(error instanceof api.ApiError ? error.problem : api.ofThePage(String(error)));
    } finally {
      setWaiting(false);
    }
  };
  const { next } = matrix;
  return { matrix, problem, waiting, more: next === null ? null : () => void load(next) };
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
