/** An answer: what the question was read as, the ranked interventions by tier, and the graph. */

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { VNode } from "preact";
import * as api from "../api.ts";
import { askingOf } from "../asking.ts";
import { graphOf } from "../graph/elements.ts";
import { go, here } from "../router.ts";
import type { Route } from "../router.ts";
import { AnswerAsked, AnswerRevision, useResource } from "../state.ts";
import { TIERS } from "../types.ts";
import type { Answer, Intervention, Tier } from "../types.ts";
import { TIER_MEANING, count, inWords } from "../words.ts";
import { Cards } from "./cards.tsx";
import { Chips } from "./chips.tsx";
import { ExclusionFilter, withoutExcluded } from "./exclusions.tsx";
import { Export } from "./export.tsx";
import { GraphPanel } from "./graph.tsx";
import { Inert } from "./text.tsx";
import { AskWhy, WhyNot } from "./why.tsx";

interface Props {
  readonly first: Answer;
  readonly route: Route;
  /** The state of the graph that the reader asked for; null for the latest. */
  readonly asOf: string | null;
  /** The revision that the address came with. */
  readonly pinned: string | null;
}

/** How many interventions are drawn beside the answer. */
const DRAWN = 100;

export function AnswerView({ first, route, asOf, pinned }: Props): VNode {
  const { answer, more, failed, waiting } = usePages(first);
  const asked = useRef(false);
  const side = route.parameters.get("side");
  const listed = withoutExcluded(answer, side);
  const list = useFocusOnNew(listed.interventions.length, asked);
  useOpened(route.parameters.getAll("open"), answer, failed === null && !waiting ? more : null, list);
  const drawn = answer.interventions.length <= DRAWN ? answer : first;
  const graph = useMemo(() => graphOf(drawn), [drawn]);
  const asking = useMemo(() => askingOf(first.query), [first]);
  const revision = answer.snapshot?.revision ?? null;
  const context = useMemo(() => ({ asking, revision }), [asking, revision]);
  const why = route.parameters.get("why");
  const known = answer.interventions.some(({ target }) => target.id === why);
  return (
    <AnswerRevision.Provider value={revision}>
      <AnswerAsked.Provider value={context}>
        <ReadAs answer={answer} asOf={asOf} pinned={pinned} />
        {why !== null && !known && more === null && <WhyNot target={why} />}
        {answer.interventions.length === 0 ? <Nothing answer={answer} /> : (
          <div class="columns">
            <div class="answers" ref={list}>
              <ExclusionFilter answer={answer} shown={side} hidden={answer.interventions.length - listed.interventions.length} />
              {TIERS.map((tier) => <TierGroup key={tier} tier={tier} answer={listed} route={route} />)}
              {failed !== null && <p role="alert">{failed}</p>}
              {more !== null && <More left={answer.total - answer.interventions.length} more={more} asked={asked} waiting={waiting} failed={failed !== null} />}
              {more === null && <AskWhy />}
            </div>
            <GraphPanel graph={graph} shown={route.shown} />
          </div>
        )}
      </AnswerAsked.Provider>
    </AnswerRevision.Provider>
  );
}

/** The answer with every further page that was asked for joined to the first. */
function usePages(first: Answer) {
  const [answer, setAnswer] = useState(first);
  const [failed, setFailed] = useState<string | null>(null);
  const [waiting, setWaiting] = useState(false);
  const { next } = answer;
  const load = async (path: string): Promise<void> => {
    setWaiting(true);
    try {
      const page = await api.askNext(path, new AbortController().signal);
      setFailed(null);
      setAnswer((held) => (held.next === path ? { ...held, next: page.next, interventions: [...held.interventions, ...page.interventions] } : held));
    } catch (error) {
      setFailed(error instanceof Error ? error.message : String(error));
    } finally {
      setWaiting(false);
    }
  };
  return { answer, failed, waiting, more: next === null ? null : () => void load(next) };
}

interface MoreProps {
  readonly left: number;
  readonly more: () => void;
  /** Whether the page that comes was asked for by the button. */
  readonly asked: { current: boolean };
  readonly waiting: boolean;
  readonly failed: boolean;
}

/** A button for the next page, which comes by itself when one scrolls near the end. */
function More({ left, more, asked, waiting, failed }: MoreProps): VNode {
  const button = useRef<HTMLButtonElement>(null);
  const latest = useRef({ more, idle: true });
  latest.current = { more, idle: !waiting && !failed };
  const moved = useRef(false);
  useEffect(() => {
    const near = new IntersectionObserver(
      (seen) => {
        // Only scrolling brings more by itself: a short answer is not loaded on unasked.
        if (seen.some((entry) => entry.isIntersecting) && moved.current && latest.current.idle) latest.current.more();
      },
      { rootMargin: "600px" },
    );
    const onScroll = (): void => {
      moved.current = true;
    };
    if (button.current !== null) near.observe(button.current);
    window.addEventListener("scroll", onScroll, { passive: true });
    return () => {
      near.disconnect();
      window.removeEventListener("scroll", onScroll);
    };
  }, [left]);
  return (
    <p class="more">
      <button
        type="button"
        ref={button}
        aria-busy={waiting}
        onClick={() => {
          asked.current = true;
          more();
        }}
      >
        Show more ({left} left)
      </button>
      {waiting && <span role="status" class="quiet"> Loading …</span>}
    </p>
  );
}

/** Once further cards have come by the button, put the focus on the first of them. */
function useFocusOnNew(cards: number, asked: { current: boolean }) {
  const list = useRef<HTMLDivElement>(null);
  const before = useRef(cards);
  useEffect(() => {
    const old = before.current;
    before.current = cards;
    if (cards <= old || !asked.current) return;
    asked.current = false;
    list.current?.querySelectorAll<HTMLElement>(".card h3")[old]?.focus();
  }, [cards]);
  return list;
}

/** Load on until every answer that the address opens is there, and go to the last of those. */
function useOpened(open: readonly string[], answer: Answer, more: (() => void) | null, list: { current: HTMLElement | null }): void {
  const missing = open.filter((id) => id !== NONE && !answer.interventions.some(({ target }) => target.id === id));
  const sought = useRef(missing.at(-1) ?? null);
  useEffect(() => {
    if (missing.length > 0 && more !== null) more();
  }, [missing.length, more === null, answer]);
  useEffect(() => {
    if (sought.current === null || missing.includes(sought.current)) return;
    const row = list.current?.querySelector(`[data-target="${CSS.escape(sought.current)}"]`);
    sought.current = null;
    row?.scrollIntoView({ block: "start" });
    row?.querySelector("h3")?.focus({ preventScroll: true });
  }, [answer]);
}

interface ReadAsProps {
  readonly answer: Answer;
  readonly asOf: string | null;
  readonly pinned: string | null;
}

function ReadAs({ answer, asOf, pinned }: ReadAsProps): VNode {
  const { query, interventions, total } = answer;
  return (
    <section class="read-as" aria-label="How the question was read">
      <h1>
        What <strong class="effect">{inWords(query.effect)}</strong> <Inert text={query.outcome.name} />?
      </h1>
      <Chips answer={answer} asOf={asOf ?? query.asOf} />
      {pinned !== null && answer.snapshot !== null && <MovedOn revision={answer.snapshot.revision} />}
      <div class="found">
        <p role="status">{summary(interventions, total)}</p>
        <Export answer={answer} />
        {interventions.length > 0 && <a class="to-graph" href="#graph">To the graph</a>}
      </div>
      {!answer.complete && <p class="badge badge-warn">{answer.note ?? "The search was cut short; there may be more."}</p>}
    </section>
  );
}

/** That the graph has moved on since the answer which the address names, with the way to the latest. */
function MovedOn({ revision }: { readonly revision: number }): VNode | null {
  const head = useResource(`head ${revision}`, api.head);
  if (head.state !== "ready" || head.value === null || head.value <= revision) return null;
  return (
    <p class="moved-on" role="status">
      This is the answer from revision {revision}, which the address names; the graph is now at revision {head.value}.{" "}
      <a href={here({ at: null })} data-inside>See the latest answer</a>
    </p>
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

interface TierProps {
  readonly tier: Tier;
  readonly answer: Answer;
  readonly route: Route;
}

/** What stands in the address for "no answer is open". */
const NONE = "none";

function TierGroup({ tier, answer, route }: TierProps): VNode | null {
  const found = answer.interventions.filter((item) => item.tier === tier);
  if (found.length === 0) return null;
  const [first] = answer.interventions;
  const inAddress = route.parameters.getAll("open");
  const open = inAddress.length === 0 && first !== undefined ? [first.target.id] : inAddress;
  const toggle = (id: string): void => {
    const next = open.includes(id) ? open.filter((each) => each !== id) : [...open.filter((each) => each !== NONE), id];
    go(here({ open: next.length === 0 ? NONE : next }), true);
  };
  return (
    <section class={`tier tier-${tier}`} aria-labelledby={`tier-${tier}`}>
      <header class="tier-head">
        <h2 id={`tier-${tier}`}>{tier}</h2>
        <p>{TIER_MEANING[tier]}</p>
      </header>
      <Cards found={found} open={open} why={route.parameters.get("why")} toggle={toggle} />
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
      {!answer.query.candidates && <p>Claims that no curator has judged are left out: switch on <em>candidates</em> above to see where they lead.</p>}
      <AskWhy />
    </div>
  );
}
