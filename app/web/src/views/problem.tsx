/** An error in words, with what can be done about it. */

import { useEffect } from "preact/hooks";
import type { VNode } from "preact";
import { address } from "../router.ts";
import type { EntityRef, Problem } from "../types.ts";
import { EXAMPLE } from "./search.tsx";
import { Inert } from "./text.tsx";

interface Props {
  readonly problem: Problem;
  readonly retry?: () => void;
  /** The question that a candidate shall stand in; without it candidates are only named. */
  readonly question?: string;
}

export function ProblemView({ problem, retry, question }: Props): VNode {
  useEffect(() => {
    if (problem.kind !== "offline" || retry === undefined) return;
    window.addEventListener("online", retry);
    return () => window.removeEventListener("online", retry);
  }, [problem, retry]);
  const suggestions = problem.suggestions.length > 0 || problem.status !== 422 ? problem.suggestions : [EXAMPLE];
  return (
    <section class={`notice notice-${problem.kind}`} role="alert">
      <h1>{problem.title}</h1>
      {problem.detail !== "" && <p><Inert text={problem.detail} /></p>}
      {problem.fields.length > 0 && (
        <ul>{problem.fields.map((field) => <li key={field.pointer}><code>{field.pointer}</code> {field.detail}</li>)}</ul>
      )}
      {problem.candidates.length > 0 && <Candidates candidates={problem.candidates} question={question} status={problem.status} />}
      {question !== undefined && suggestions.length > 0 && <Suggestions questions={suggestions} />}
      {retry !== undefined && problem.kind !== "refused" && <button type="button" onClick={retry}>Try again</button>}
    </section>
  );
}

interface CandidateProps {
  readonly candidates: readonly EntityRef[];
  readonly question: string | undefined;
  readonly status: number | null;
}

function Candidates({ candidates, question, status }: CandidateProps): VNode {
  return (
    <>
      <h2>{status === 409 ? "Which one is meant?" : "The nearest that is known"}</h2>
      <ul class="examples">
        {candidates.map((candidate) => (
          <li key={candidate.id}>
            {question === undefined ? candidate.name : (
              <a href={address({ question: withEntity(question, candidate) })} data-inside>{candidate.name}</a>
            )}{" "}
            <code>{candidate.id}</code>
          </li>
        ))}
      </ul>
    </>
  );
}

function Suggestions({ questions }: { readonly questions: readonly string[] }): VNode {
  return (
    <>
      <h2>What can be asked</h2>
      <ul class="examples">
        {questions.map((question) => (
          <li key={question}><a href={address({ question })} data-inside>{question}</a></li>
        ))}
      </ul>
    </>
  );
}

const VERBS = /^(.*\b(?:prevents?|reverses?|lowers?|induces?|promotes?|maintains?|worsens?|attenuates?|abrogates?|no effect on)\s+)(.+?)(\?*)$/iu;

/** The question with the outcome that it names put down by its identifier. */
export function withEntity(question: string, entity: EntityRef): string {
  const match = VERBS.exec(question);
  return match === null ? `which interventions reverse ${entity.id}` : `${match[1]}${entity.id}`;
}
