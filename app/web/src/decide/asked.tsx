/** What the questions share: the call with its states, further pages joined to the first, and fields of the form. */

import { useState } from "preact/hooks";
import type { ComponentChildren, VNode } from "preact";
import * as api from "../api.ts";
import { EFFECTS } from "../asking.ts";
import type { Listing } from "../records.ts";
import { go, here, withParameters } from "../router.ts";
import type { Parameters } from "../router.ts";
import { AnswerRevision, problemOf, useResource } from "../state.ts";
import type { Evidence, Problem } from "../types.ts";
import { count, inWords } from "../words.ts";
import { Abstracts, QuoteView } from "../views/evidence.tsx";
import { Skeleton } from "../views/loading.tsx";
import { PartProblem, ProblemView } from "../views/problem.tsx";
import { Inert } from "../views/text.tsx";

interface AskedProps<A extends Listing<unknown>> {
  /** The question's path under `/reasoning/`. */
  readonly path: string;
  readonly asked: Parameters;
  readonly as: (value: unknown) => A;
  readonly waiting: string;
  /** What a page holds, in the plural. */
  readonly what: string;
  /** Shows the answer with all pages so far; `more` leads to the next. */
  readonly children: (answer: A, more: VNode | null) => ComponentChildren;
}

/** An answer of the service, with its waiting and failed states. */
export function Asked<A extends Listing<unknown>>(props: AskedProps<A>): VNode {
  const [attempt, setAttempt] = useState(0);
  const key = withParameters(`${api.BASE}/reasoning/${props.path}`, props.asked);
  const found = useResource(key, (signal) => api.read(key, props.as, signal), attempt);
  switch (found.state) {
    case "loading":
      return <Skeleton label={props.waiting} />;
    case "failed":
      return <ProblemView problem={found.problem} retry={() => setAttempt(attempt + 1)} />;
    case "ready":
      return <Pages key={key} {...props} first={found.value} />;
  }
}

function Pages<A extends Listing<unknown>>({ first, as, what, children }: AskedProps<A> & { readonly first: A }): VNode {
  const [answer, setAnswer] = useState(first);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [waiting, setWaiting] = useState(false);
  const { next } = answer;
  const load = async (path: string): Promise<void> => {
    setWaiting(true);
    try {
      const page = await api.read(path, as, new AbortController().signal);
      setProblem(null);
      setAnswer((held) => (held.next === path ? { ...held, next: page.next, items: [...held.items, ...page.items] } : held));
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setWaiting(false);
    }
  };
  const more = next === null ? null : (
    <>
      {problem !== null && <PartProblem problem={problem} retry={() => void load(next)} />}
      <p class="more"><button type="button" aria-busy={waiting} onClick={() => void load(next)}>Show more {what} ({answer.total - answer.items.length} left)</button></p>
    </>
  );
  return <AnswerRevision.Provider value={answer.snapshot?.revision ?? null}>{children(answer, more)}</AnswerRevision.Provider>;
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly values: readonly (readonly [string, string])[];
  readonly put: (value: string) => void;
}

export function Choice({ label, value, values, put }: ChoiceProps): VNode {
  return (
    <label class="pick">
      <span class="pick-name">{label}</span>
      <select value={value} onChange={(event) => put(event.currentTarget.value)}>
        {values.map(([name, shown]) => <option key={name} value={name} selected={name === value}>{shown}</option>)}
      </select>
    </label>
  );
}

export function EffectChoice({ value, put }: Pick<ChoiceProps, "value" | "put">): VNode {
  return <Choice label="Effect" value={value} put={put} values={EFFECTS.map(({ name }) => [name, inWords(name)])} />;
}

/** Whether claims count that no curator has judged; the address bears it. */
export function Candidates({ on }: { readonly on: boolean }): VNode {
  return <label class="filter"><input type="checkbox" checked={on} onChange={(event) => go(here({ include_candidates: event.currentTarget.checked ? "true" : null, cell: null }))} /> with claims that no curator has judged</label>;
}

/** Quotes behind a summary, each with its claim, and in its abstract. */
export function OpenQuotes({ items, total = items.length, title = "" }: { readonly items: readonly Evidence[]; readonly total?: number; readonly title?: string }): VNode | null {
  if (items.length === 0) return null;
  return (
    <details>
      <summary>{title}{count(total, "claim")}</summary>
      <ul class="quotes">{items.map((item) => <li key={item.claim}><p class="said"><Inert text={item.statement} /></p><QuoteView item={item} /></li>)}</ul>
      {total > items.length && <p class="quiet">and {total - items.length} more</p>}
      <Abstracts evidence={items} open={false} />
    </details>
  );
}
