/** The first page: what can be asked and looked up, and how much the graph holds. */

import type { VNode } from "preact";
import * as api from "../api.ts";
import { address, place } from "../router.ts";
import { useResource } from "../state.ts";
import { count, dayOf } from "../words.ts";
import { EXAMPLE } from "./search.tsx";

const QUESTIONS = [
  EXAMPLE,
  "which interventions prevent EMT",
  "what promotes EMT",
  "what lowers metastasis in mice",
  "which interventions maintain EMT, including candidates",
];

const LOOKED_UP = [
  ["NF-kappaB", place("entity", "FPLX:NFkappaB")],
  ["epithelial to mesenchymal transition", place("entity", "GO:0001837")],
  ["PMID:15314694", place("article", "PMID:15314694")],
] as const;

export function Welcome(): VNode {
  return (
    <div class="welcome">
      <h1>Which interventions change an outcome, and who has shown it?</h1>
      <p>
        EviPath reasons over claims curated from the literature. It keeps <em>prevents</em> apart from{" "}
        <em>reverses</em>, shows the arithmetic of every sign, and ends each answer at a sentence you can read.
      </p>
      <Holds />
      <h2 id="examples">For example, ask</h2>
      <ul class="examples" aria-labelledby="examples">
        {QUESTIONS.map((question) => (
          <li key={question}>
            <a href={address({ question })} data-inside>{question}</a>
          </li>
        ))}
      </ul>
      <h2 id="looked-up">or look up an entity or an article</h2>
      <ul class="examples examples-row" aria-labelledby="looked-up">
        {LOOKED_UP.map(([name, to]) => <li key={name}><a href={to} data-inside>{name}</a></li>)}
      </ul>
    </div>
  );
}

/** How much the graph holds; nothing is said until it is known. */
function Holds(): VNode | null {
  const stats = useResource("stats", api.stats);
  if (stats.state !== "ready") return null;
  const { accepted, candidates, articles, snapshot } = stats.value;
  return (
    <p class="holds">
      The graph holds {count(accepted, "accepted claim")}{candidates > 0 ? ` and ${count(candidates, "candidate")}` : ""} from {count(articles, "article")}
      {snapshot !== null && `, at revision ${snapshot.revision} of ${dayOf(snapshot.createdAt)}`}.
    </p>
  );
}
