/** A long simulation as it goes on: how far it is, the way to cancel it, and its answer. */

import { useEffect, useState } from "preact/hooks";
import type { VNode } from "preact";
import { go, place } from "../router.ts";
import type { Route } from "../router.ts";
import type { Job } from "../records.ts";
import { problemOf } from "../state.ts";
import type { Problem } from "../types.ts";
import { count } from "../words.ts";
import { cancel, follow } from "../writing.ts";
import { PartProblem } from "../views/problem.tsx";
import { Inert } from "../views/text.tsx";
import { parametersOf, simulation } from "./simulation.ts";
import type { Asked } from "./simulation.ts";
import { SimulationView } from "./simulation_view.tsx";

interface Props {
  readonly id: string;
  readonly asked: Asked;
  readonly route: Route;
}

export function FollowedJob({ id, asked, route }: Props): VNode {
  const [job, setJob] = useState<Job | null>(null);
  const [broken, setBroken] = useState(false);
  const [refused, setRefused] = useState<Problem | null>(null);
  useEffect(() => follow(id, (next) => {
    setJob(next);
    setBroken(false);
  }, () => setBroken(true)), [id]);
  const again = (): void => go(place("decide", "", { ...parametersOf(asked), as_of: route.asOf }), true);
  const stop = (): void => void cancel(id).then(setJob, (error: unknown) => setRefused(problemOf(error)));
  if (job === null) {
    return broken
      ? <Over words={`The job ${id} can't be followed: it is unknown, or the service is away.`} again={asked.outcome === "" ? null : again} />
      : <p role="status" class="quiet">Waiting for the job …</p>;
  }
  if (job.status === "succeeded" && job.answer !== null) return <SimulationView found={simulation(job.answer)} route={route} />;
  if (job.status !== "queued" && job.status !== "running") {
    return <Over words={`The simulation was ${job.status}${job.detail === null ? "" : `: ${job.detail}`}.`} again={asked.outcome === "" ? null : again} />;
  }
  return (
    <section class="panel" aria-label="The simulation">
      <p role="status">{job.status === "queued" ? "It waits for its turn." : `${count(job.done, "network")}${job.total === null ? "" : ` of ${job.total}`} simulated.`}</p>
      <progress aria-label="Networks simulated" max={job.total ?? undefined} value={job.total === null || job.status === "queued" ? undefined : job.done} />
      <p class="quiet">The address leads back here; closing the page loses nothing.{broken && " The connection broke; it is taken up again …"}</p>
      <button type="button" onClick={stop}>Cancel the simulation</button>
      {refused !== null && <PartProblem problem={refused} retry={stop} />}
    </section>
  );
}

function Over({ words, again }: { readonly words: string; readonly again: (() => void) | null }): VNode {
  return (
    <section class="notice" role="alert">
      <h2>No answer</h2>
      <p><Inert text={words} /></p>
      {again !== null && <button type="button" onClick={again}>Simulate again</button>}
    </section>
  );
}
