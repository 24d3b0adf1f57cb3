/** A question and its answer: asking, waiting, failing, and the answer itself. */

import { useCallback, useState } from "preact/hooks";
import type { VNode } from "preact";
import * as api from "../api.ts";
import type { Route } from "../router.ts";
import { useResource } from "../state.ts";
import { AnswerView } from "./answer.tsx";
import { Skeleton } from "./loading.tsx";
import { ProblemView } from "./problem.tsx";

export function AskView({ route }: { readonly route: Route }): VNode {
  const { question, asOf, shown } = route;
  const [attempt, setAttempt] = useState(0);
  const retry = useCallback(() => setAttempt((past) => past + 1), []);
  const key = api.answerAddress(question, asOf);
  const answer = useResource(key, (signal) => api.ask(question, asOf, signal), attempt);
  switch (answer.state) {
    case "loading":
      return <Skeleton label={`Asking: ${question}`} />;
    case "failed":
      return <ProblemView problem={answer.problem} question={question} retry={retry} />;
    case "ready":
      return <AnswerView key={key} first={answer.value} question={question} asOf={asOf} shown={shown} />;
  }
}
