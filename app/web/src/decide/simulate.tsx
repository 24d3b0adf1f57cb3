/** Simulating interventions: what to simulate, how far it is, and what came of it. */

import { useState } from "preact/hooks";
import type { VNode } from "preact";
import { EFFECTS } from "../asking.ts";
import { go, place } from "../router.ts";
import type { Route } from "../router.ts";
import { useResource } from "../state.ts";
import { inWords } from "../words.ts";
import type { ViewProps } from "../views/lazy.tsx";
import { Skeleton } from "../views/loading.tsx";
import { SIMULATED } from "../views/onward.tsx";
import { ProblemView } from "../views/problem.tsx";
import { PickMany, PickOne } from "./pick.tsx";
import { FollowedJob } from "./simulation_job.tsx";
import { LEAST, MOST, askedIn, parametersOf, simulate } from "./simulation.ts";
import type { Asked } from "./simulation.ts";
import { SimulationView } from "./simulation_view.tsx";

export function SimulationQuestion({ route }: ViewProps): VNode {
  const asked = askedIn(route.parameters);
  const job = route.parameters.get("job");
  return (
    <>
      <Settings key={JSON.stringify(asked)} asked={asked} asOf={route.asOf} open={asked.outcome === ""} />
      {job !== null ? <FollowedJob key={job} id={job} asked={asked} route={route} />
        : asked.outcome === "" ? <p class="quiet">Name an outcome to simulate what changes it.</p>
          : <Simulated asked={asked} route={route} />}
    </>
  );
}

function Simulated({ asked, route }: { readonly asked: Asked; readonly route: Route }): VNode {
  const [attempt, setAttempt] = useState(0);
  const found = useResource(
    `simulate ${route.asOf} ${JSON.stringify(asked)}`,
    async (signal) => {
      const answer = await simulate(asked, route.asOf, signal);
      if ("job" in answer) go(place("decide", "", { ...parametersOf(asked), as_of: route.asOf, job: answer.job }), true);
      return answer;
    },
    attempt,
  );
  if (found.state === "failed") return <ProblemView problem={found.problem} retry={() => setAttempt(attempt + 1)} />;
  if (found.state === "loading" || "job" in found.value) return <Skeleton label={`Simulating ${asked.networks} networks; this can take some seconds`} />;
  return <SimulationView found={found.value} route={route} />;
}

interface SettingsProps {
  readonly asked: Asked;
  readonly asOf: string | null;
  readonly open: boolean;
}

/** What is to be simulated; it is asked when it is sent, since it takes its time. */
function Settings({ asked, asOf, open }: SettingsProps): VNode {
  const [draft, setDraft] = useState(asked);
  const put = (change: Partial<Asked>): void => setDraft({ ...draft, ...change });
  const changed = JSON.stringify(draft) !== JSON.stringify(asked);
  return (
    <section class="panel settings" aria-label="What to simulate">
      <div class="picks">
        <PickOne id="outcome" label="Outcome" value={draft.outcome} put={(outcome) => put({ outcome })} />
        <label class="pick">
          <span class="pick-name">Effect</span>
          <select value={draft.effect} onChange={(event) => put({ effect: event.currentTarget.value })}>
            {SIMULATED.map((name) => <option key={name} value={name} selected={name === draft.effect} title={EFFECTS.find((each) => each.name === name)?.meaning}>{inWords(name)}</option>)}
          </select>
        </label>
        <PickMany id="target" label="Try" values={draft.targets} put={(targets) => put({ targets })} most={MOST.targets} none="every entity near the outcome" />
      </div>
      <details open={open || isUnusual(draft)}>
        <summary>Context, pairs, and how much is drawn</summary>
        <div class="picks">
          <PickMany id="up" label="Held up" values={draft.up} put={(up) => put({ up })} most={MOST.targets} none="nothing" />
          <PickMany id="down" label="Held down" values={draft.down} put={(down) => put({ down })} most={MOST.targets} none="nothing" />
          {draft.effect === "prevents" && <PickMany id="inducer" label="What brings the outcome" values={draft.inducers} put={(inducers) => put({ inducers })} most={MOST.targets} none="what nothing regulates, by chance" />}
        </div>
        <div class="picks">
          <Whole name="networks" label="Networks" draft={draft} put={put} />
          <Whole name="nodes" label="Entities at most" draft={draft} put={put} />
          <Whole name="seed" label="Seed" draft={draft} put={put} />
        </div>
        <div class="picks">
          <Ticked on={draft.pairs} put={(pairs) => put({ pairs })} words="also pairs of the strongest" />
          <Ticked on={draft.candidates} put={(candidates) => put({ candidates })} words="with claims that no curator has judged" />
          <Ticked on={draft.background} put={(background) => put({ background })} words="with background" />
        </div>
      </details>
      <button type="button" class="main-button" disabled={draft.outcome === ""} onClick={() => go(place("decide", "", { ...parametersOf(draft), as_of: asOf }))}>
        {changed || asked.outcome === "" ? "Simulate" : "Simulate again"}
      </button>
    </section>
  );
}

function isUnusual(asked: Asked): boolean {
  const { networks, nodes, seed } = parametersOf(asked);
  return [networks, nodes, seed].some((each) => each !== null) || asked.pairs || asked.up.length + asked.down.length + asked.inducers.length > 0;
}

interface WholeProps {
  readonly name: "networks" | "nodes" | "seed";
  readonly label: string;
  readonly draft: Asked;
  readonly put: (change: Partial<Asked>) => void;
}

function Whole({ name, label, draft, put }: WholeProps): VNode {
  const keep = (input: HTMLInputElement): void => {
    if (input.reportValidity() && input.value !== "") put({ [name]: Number(input.value) });
  };
  return (
    <label class="pick">
      <span class="pick-name">{label}</span>
      <input type="number" required min={LEAST[name]} max={MOST[name]} step={1} value={draft[name]} onChange={(event) => keep(event.currentTarget)} />
    </label>
  );
}

function Ticked({ on, put, words }: { readonly on: boolean; readonly put: (on: boolean) => void; readonly words: string }): VNode {
  return <label class="filter"><input type="checkbox" checked={on} onChange={(event) => put(event.currentTarget.checked)} /> {words}</label>;
}
