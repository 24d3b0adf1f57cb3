/** An error in words, with what can be done about it. */

import { useEffect } from "preact/hooks";
import type { VNode } from "preact";
import { address } from "../router.ts";
import type { Problem } from "../types.ts";
import { askedWith } from "../text/question.ts";
import { count } from "../words.ts";
import { EXAMPLE } from "./search.tsx";
import { Inert } from "./text.tsx";

interface Props {
  readonly problem: Problem;
  readonly retry?: () => void;
  /** The question that was refused; with it, candidates and examples are links that ask again. */
  readonly question?: string;
}

export function ProblemView({ problem, retry, question }: Props): VNode {
  useEffect(() => {
    if (retry === undefined) return;
    if (problem.retryAfter !== null) {
      const waiting = setTimeout(retry, problem.retryAfter * 1000);
      return () => clearTimeout(waiting);
    }
    if (problem.kind !== "offline") return;
    window.addEventListener("online", retry);
    return () => window.removeEventListener("online", retry);
  }, [problem, retry]);
  const suggestions = problem.suggestions.length > 0 || problem.status !== 422 ? problem.suggestions : [EXAMPLE];
  const fields = problem.fields.filter((field) => field.detail !== problem.detail);
  return (
    <section class={`notice notice-${problem.kind}`} role="alert">
      <h1>{problem.title}</h1>
      {problem.detail !== "" && <p><Inert text={problem.detail} /></p>}
      {fields.length > 0 && (
        <ul>{fields.map((field) => <li key={field.pointer}><code>{field.pointer}</code> {field.detail}</li>)}</ul>
      )}
      {problem.candidates.length > 0 && <Candidates problem={problem} question={question} />}
      {question !== undefined && suggestions.length > 0 && <Suggestions questions={suggestions} />}
      {retry !== undefined && problem.retryAfter !== null && <p>It is asked again in {count(problem.retryAfter, "second")}.</p>}
      {retry !== undefined && problem.kind !== "refused" && <button type="button" onClick={retry}>Try again</button>}
    </section>
  );
}

/** An error of a part of the page, such as one abstract. */
export function PartProblem({ problem, retry }: { readonly problem: Problem; readonly retry: () => void }): VNode {
  return (
    <div role="alert">
      <p>{problem.title}. <Inert text={problem.detail} /></p>
      {problem.kind !== "refused" && <button type="button" onClick={retry}>Try again</button>}
    </div>
  );
}

function Candidates({ problem, question }: { readonly problem: Problem; readonly question: string | undefined }): VNode {
  return (
    <>
      <h2>{problem.status === 409 ? "Which one is meant?" : "The nearest that is known"}</h2>
      <ul class="examples">
        {problem.candidates.map(({ id, name }) => {
          const again = question === undefined || problem.name === null ? null : askedWith(question, problem.name, id);
          return (
            <li key={id}>
              {again === null ? <Inert text={name} /> : <a href={address({ question: again })} data-inside><Inert text={name} /></a>} <code>{id}</code>
            </li>
          );
        })}
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
