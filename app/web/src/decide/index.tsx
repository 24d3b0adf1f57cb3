/** The room of the questions that decide on an experiment; each has an address of its own. */

import type { ComponentType, VNode } from "preact";
import { place } from "../router.ts";
import type { ViewProps } from "../views/lazy.tsx";
import { ConsequencesQuestion } from "./consequences.tsx";
import { MatrixQuestion } from "./matrix.tsx";
import { SimulationQuestion } from "./simulate.tsx";
import "../styles/records.css";
import "../styles/ingest.css";
import "./decide.css";

interface Question {
  readonly key: string;
  readonly name: string;
  readonly about: string;
  readonly View: ComponentType<ViewProps>;
}

const QUESTIONS: readonly [Question, ...Question[]] = [
  {
    key: "matrix",
    name: "What was tried",
    about: "All that claims report on a target and an outcome, by what was done, at which stage, and where; and the experiment that would tell most.",
    View: MatrixQuestion,
  },
  {
    key: "simulate",
    name: "Simulate",
    about: "What the whole network does with an intervention, in an ensemble of networks that agree with every sign and each known side. It is a model and no finding.",
    View: SimulationQuestion,
  },
  {
    key: "consequences",
    name: "What follows",
    about: "All that falls or rises when a target is lowered or raised, each with its paths and quotes.",
    View: ConsequencesQuestion,
  },
];

export default function DecideView({ route }: ViewProps): VNode {
  const asked = route.parameters.get("ask");
  const shown = QUESTIONS.find(({ key }) => key === asked) ?? QUESTIONS[0];
  return (
    <div class="record decide">
      <header>
        <h1>Decide on an experiment</h1>
        <nav class="questions" aria-label="Questions">
          {QUESTIONS.map(({ key, name }) => (
            <a key={key} href={place("decide", "", { ...kept(route.parameters), ask: key })} data-inside aria-current={key === shown.key ? "page" : undefined}>{name}</a>
          ))}
        </nav>
        <p class="about">{shown.about}</p>
      </header>
      <shown.View key={shown.key} route={route} />
    </div>
  );
}

/** What one question takes over from another. */
function kept(parameters: URLSearchParams): Record<string, string | null> {
  return Object.fromEntries(["target", "outcome", "include_candidates", "as_of"].map((name) => [name, parameters.get(name)]));
}
