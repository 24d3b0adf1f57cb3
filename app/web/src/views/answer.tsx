/** An answer: what the question was read as, the ranked interventions by tier, and the graph. */

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { VNode } from "preact";
import * as api from "../api.ts";
import { graphOf } from "../graph/elements.ts";
import { AnswerRevision } from "../state.ts";
import { TIERS } from "../types.ts";
import type { Answer, Intervention, Tier } from "../types.ts";
import { TIER_MEANING, count, dayOf, inWords } from "../words.ts";
import { GraphPanel } from "./graph.tsx";
import { InterventionCard } from "./intervention.tsx";
import { Inert } from "./text.tsx";

interface Props {
  readonly first: Answer;
  readonly question: string;
  readonly asOf: string | null;
  readonly shown: string | null;
}

export function AnswerView({ first, question, asOf, shown }: Props): VNode {
  const { answer, more, failed } = usePages(first);
  const list = useFocusOnNew(answer.interventions.length);
  const graph = useMemo(() => graphOf(answer), [answer]);
  return (
    <AnswerRevision.Provider value={answer.snapshot?.revision ?? null}>
      <ReadAs answer={answer} address={api.answerAddress(question, asOf)} />
      {answer.interventions.length === 0 ? <Nothing answer={answer} /> : (
        <div class="columns">
          <div class="answers" ref={list}>
            {TIERS.map((tier) => <TierGroup key={tier} tier={tier} answer={answer} />)}
            {failed !== null && <p role="alert">{failed}</p>}
            {more !== null && (
              <button type="button" onClick={more}>
                Show more ({answer.total - answer.interventions.length} left)
              </button>
            )}
          </div>
          <GraphPanel graph={graph} shown={shown} question={question} asOf={asOf} />
        </div>
      )}
    </AnswerRevision.Provider>
  );
}

/** The answer with every further page that was asked for joined to the first. */
function usePages(first: Answer) {
  const [answer, setAnswer] = useState(first);
  const [failed, setFailed] = useState<string | null>(null);
  const { next } = answer;
  const load = async (path: string): Promise<void> => {
    try {
      const page = await api.askNext(path, new AbortController().signal);
      setFailed(null);
      setAnswer((held) => ({ ...held, next: page.next, interventions: [...held.interventions, ...page.interventions] }));
    } catch (error) {
      setFailed(error instanceof Error ? error.message : String(error));
    }
  };
  return { answer, failed, more: next === null ? null : () => void load(next) };
}

/** Once further cards have come, put the focus on the first of them, where reading goes on. */
function useFocusOnNew(cards: number) {
  const list = useRef<HTMLDivElement>(null);
  const before = useRef(cards);
  useEffect(() => {
    const old = before.current;
    before.current = cards;
    if (cards > old) list.current?.querySelectorAll<HTMLElement>(".card h3")[old]?.focus();
  }, [cards]);
  return list;
}

function ReadAs({ answer, address }: { readonly answer: Answer; readonly address: string }): VNode {
  const { query, snapshot, interventions, total } = answer;
  return (
    <section class="read-as" aria-label="How the question was read">
      <h1>
        What <strong class="effect">{inWords(query.effect)}</strong> <Inert text={query.outcome.name} />?
      </h1>
      <dl class="chips">
        <div class="chip"><dt>Outcome</dt><dd><code>{query.outcome.id}</code></dd></div>
        <div class="chip"><dt>Effect</dt><dd>{inWords(query.effect)}</dd></div>
        {query.other.map(([name, value]) => <div class="chip" key={name}><dt>{name}</dt><dd><Inert text={value} /></dd></div>)}
        {snapshot !== null && (
          <div class="chip"><dt>Snapshot</dt><dd title={snapshot.id}>revision {snapshot.revision}, {dayOf(snapshot.createdAt)}</dd></div>
        )}
      </dl>
      <p class="found">
        <span role="status">{summary(interventions, total)}</span> <a href={address}>This answer as JSON</a>{" "}
        {interventions.length > 0 && <a class="to-graph" href="#graph">To the graph</a>}
      </p>
    </section>
  );
}

function summary(interventions: readonly Intervention[], total: number): string {
  if (total === 0) return "No intervention found.";
  const tiers = TIERS.map((tier) => [interventions.filter((found) => found.tier === tier).length, tier] as const)
    .filter(([number]) => number > 0)
    .map(([number, tier]) => `${number} ${tier === "kinship" ? "by kinship" : tier}`);
  const some = interventions.length < total ? `, the first ${interventions.length} shown` : "";
  return `${count(total, "intervention")}${some}: ${tiers.join(", ")}.`;
}

function TierGroup({ tier, answer }: { readonly tier: Tier; readonly answer: Answer }): VNode | null {
  const found = answer.interventions.filter((item) => item.tier === tier);
  if (found.length === 0) return null;
  return (
    <section class={`tier tier-${tier}`} aria-labelledby={`tier-${tier}`}>
      <header class="tier-head">
        <h2 id={`tier-${tier}`}>{tier}</h2>
        <p>{TIER_MEANING[tier]}</p>
      </header>
      <ol class="cards">
        {found.map((item) => (
          <li key={`${item.perturbation.type} ${item.target.id}`}>
            <InterventionCard found={item} open={item === answer.interventions[0]} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Nothing({ answer }: { readonly answer: Answer }): VNode {
  return (
    <div class="notice">
      <h2>No claim leads there</h2>
      <p>
        The graph holds no accepted claim, and no path of claims, by which an intervention{" "}
        {inWords(answer.query.effect)} <Inert text={answer.query.outcome.name} />. Untested is not the same as
        without effect.
      </p>
    </div>
  );
}
