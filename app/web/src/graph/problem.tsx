/** Why a part of the graph could not be read, and which entity may be meant instead. */

import type { VNode } from "preact";
import { here } from "../router.ts";
import type { Problem } from "../types.ts";
import { Inert } from "../views/text.tsx";

export function GraphProblem({ problem, retry }: { readonly problem: Problem; readonly retry: () => void }): VNode {
  return (
    <section class={`notice notice-${problem.kind}`} role="alert">
      <h1>{problem.title}</h1>
      {problem.detail !== "" && <p><Inert text={problem.detail} /></p>}
      {problem.candidates.length > 0 && (
        <>
          <h2>{problem.status === 409 ? "Which one is meant?" : "The nearest that is known"}</h2>
          <ul class="examples">
            {problem.candidates.map(({ id, name }) => <li key={id}><a href={here({ center: id, q: null })} data-inside><Inert text={name} /></a> <code>{id}</code></li>)}
          </ul>
        </>
      )}
      {problem.kind !== "refused" && <button type="button" onClick={retry}>Try again</button>}
      <p><a href="/graph" data-inside>Start anew</a></p>
    </section>
  );
}
