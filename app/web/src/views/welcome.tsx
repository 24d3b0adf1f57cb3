/** The first page: what can be asked. */

import type { VNode } from "preact";
import { address } from "../router.ts";
import { EXAMPLE } from "./search.tsx";

const EXAMPLES = [
  EXAMPLE,
  "which interventions prevent EMT",
  "what promotes EMT",
  "which interventions lower metastasis",
];

export function Welcome(): VNode {
  return (
    <div class="welcome">
      <h1>Which interventions change an outcome, and who has shown it?</h1>
      <p>
        EviPath reasons over claims curated from the literature. It keeps <em>prevents</em> apart from{" "}
        <em>reverses</em>, shows the arithmetic of every sign, and ends each answer at a sentence you can read.
      </p>
      <h2 id="examples">For example</h2>
      <ul class="examples" aria-labelledby="examples">
        {EXAMPLES.map((question) => (
          <li key={question}>
            <a href={address({ question })} data-inside>{question}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}
