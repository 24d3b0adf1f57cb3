/** A question and its answer: asking, waiting, failing, and the answer itself. */

import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { VNode } from "preact";
import * as api from "../api.ts";
import { askedAt } from "../asking.ts";
import type { askedIn } from "../asking.ts";
import { go, here, place } from "../router.ts";
import type { Route } from "../router.ts";
import { useResource } from "../state.ts";
import type { Answer, Problem } from "../types.ts";
import { AnswerView } from "./answer.tsx";
import { Skeleton } from "./loading.tsx";
import { ProblemView } from "./problem.tsx";

interface Props {
  readonly route: Route;
  readonly asked: NonNullable<ReturnType<typeof askedIn>>;
}

export function AskView({ route, asked }: Props): VNode {
  const [attempt, setAttempt] = useState(0);
  const retry = useCallback(() => setAttempt((past) => past + 1), []);
  const { asOf, at, note } = usePinned(asked);
  const key = api.answerAddress({ ...asked, asOf });
  const answer = useResource(key, (signal) => api.ask({ ...asked, asOf }, signal), attempt);
  const value = answer.state === "ready" ? answer.value : null;
  useEffect(() => {
    if (value !== null) note(value);
  }, [value]);
  switch (answer.state) {
    case "loading":
      return <Skeleton label={`Asking: ${asked.question === "" ? (asked.asking?.outcome ?? "") : asked.question}`} />;
    case "failed":
      return (
        <>
          <Refused problem={answer.problem} question={asked.question} retry={retry} />
          {asked.asking?.simulate === true && answer.problem.kind !== "offline" && (
            <p class="unsimulated"><a href={askedAt({ ...asked.asking, simulate: false }, asked.asOf)} data-inside>Ask it without simulating</a></p>
          )}
        </>
      );
    case "ready":
      return <AnswerView key={key} first={answer.value} route={route} asOf={asked.asOf} pinned={at} />;
  }
}

/**
 * The state of the graph to ask. An answer that came from the latest writes its revision into the
 * address (`at`), so that the address shows the same to whoever opens it, and is not asked again.
 */
function usePinned(asked: Props["asked"]) {
  const fresh = useRef<{ readonly base: string; readonly at: string } | null>(null);
  const base = api.answerAddress(asked);
  const known = fresh.current?.base === base && fresh.current.at === asked.at;
  const note = (answer: Answer): void => {
    const revision = answer.snapshot?.revision;
    // A time that the question names in words stands in the question.
    if (revision === undefined || answer.query.asOf !== null || asked.asOf !== null || asked.at !== null) return;
    fresh.current = { base, at: String(revision) };
    go(here({ at: String(revision) }), true);
  };
  const at = known ? null : asked.at;
  return { asOf: asked.asOf ?? at, at, note };
}

interface RefusedProps {
  readonly problem: Problem;
  readonly question: string;
  readonly retry: () => void;
}

/** What was asked is no question; it may be the name of an entity, which then is gone to. */
function Refused({ problem, question, retry }: RefusedProps): VNode {
  const unread = question !== "" && problem.status === 422 && problem.suggestions.length > 0;
  const found = useResource(`entity ${unread} ${question}`, (signal) => (unread ? api.entity(question, null, signal) : Promise.resolve(null)));
  const entity = found.state === "ready" ? found.value : null;
  useEffect(() => {
    if (entity !== null) go(place("entity", entity.id), true);
  }, [entity]);
  if (unread && (found.state === "loading" || entity !== null)) return <Skeleton label={`Looking for ${question}`} />;
  const several = found.state === "failed" && found.problem.status === 409 ? found.problem.candidates : [];
  if (several.length > 0) return <ProblemView problem={{ ...problem, title: "The name means several entities", detail: "", status: 409, candidates: several, suggestions: [] }} />;
  return <ProblemView problem={problem} question={question} retry={retry} />;
}
