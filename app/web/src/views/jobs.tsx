/** A job as it goes on: how far it is, what became of the documents, and every error with its place. */

import { useEffect, useState } from "preact/hooks";
import type { VNode } from "preact";
import * as api from "../api.ts";
import type { Job, JobError } from "../records.ts";
import { here, place } from "../router.ts";
import { useResource } from "../state.ts";
import { count, dayOf, inWords } from "../words.ts";
import { cancel, follow } from "../writing.ts";
import { Inert } from "./text.tsx";

const RUNNING = new Set(["queued", "running"]);
const SHOWN = 50;

/** What a kind of job counts. */
function unit(kind: string): string {
  return kind === "simulate" ? "network" : "document";
}

export function JobCard({ id, may }: { readonly id: string; readonly may: boolean }): VNode {
  const [job, setJob] = useState<Job | null>(null);
  const [broken, setBroken] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  useEffect(() => follow(id, (next) => {
    setJob(next);
    setBroken(false);
  }, () => setBroken(true)), [id]);
  if (job === null) return <p role="status" class="quiet">{broken ? `The job ${id} can't be followed: it is unknown, or the service is away.` : "Waiting for the job …"}</p>;
  const running = RUNNING.has(job.status);
  const stop = (): void => void cancel(id).then(setJob, (error: unknown) => setRefused(String(error)));
  return (
    <article class="job" aria-label={`Job ${id}`}>
      <h3>{inWords(job.kind)} <span class={job.status === "failed" || job.status === "interrupted" ? "badge badge-warn" : "badge"}>{job.status}</span></h3>
      <p role="status">{progressInWords(job)}</p>
      {running && <progress aria-label="Documents read" max={job.total ?? undefined} value={job.total === null ? undefined : job.done} />}
      {broken && running && <p class="quiet">The connection broke; it is taken up again …</p>}
      {job.detail !== null && !running && job.status !== "succeeded" && <p class="alert"><Inert text={job.detail} /></p>}
      {job.counts.length > 0 && <ul class="badges">{job.counts.map(([what, number]) => <li class={what === "failed" && number > 0 ? "badge badge-warn" : "badge"} key={what}>{number} {inWords(what)}</li>)}</ul>}
      {job.errors.length > 0 && <Errors errors={job.errors} />}
      {job.result.length > 0 && <Results ids={job.result} />}
      {running && may && <button type="button" onClick={stop}>Cancel what is not begun</button>}
      {refused !== null && <p role="alert" class="alert"><Inert text={refused} /></p>}
    </article>
  );
}

function progressInWords(job: Job): string {
  const stage = job.stage === null ? "" : `, ${inWords(job.stage)}`;
  const of = job.total === null ? "" : ` of ${job.total}`;
  if (job.status === "queued") return "It waits for its turn.";
  return `${count(job.done, unit(job.kind))}${of} done${stage}.`;
}

function Errors({ errors }: { readonly errors: readonly JobError[] }): VNode {
  return (
    <section aria-label="Errors">
      <h4>{count(errors.length, "error")}</h4>
      <ul class="errors">
        {errors.slice(0, SHOWN).map((error, index) => (
          <li key={index}><strong><Inert text={placeOf(error)} /></strong> <Inert text={error.reason} /></li>
        ))}
      </ul>
      {errors.length > SHOWN && <p class="quiet">and {errors.length - SHOWN} more; all are in <a href="/docs">the job's JSON</a></p>}
    </section>
  );
}

function placeOf(error: JobError): string {
  const parts = [error.source, error.record === null ? null : `record ${error.record}`, error.line === null ? null : `line ${error.line}`];
  return `${parts.filter((part) => part !== null && part !== "").join(", ")}:`;
}

function Results({ ids }: { readonly ids: readonly string[] }): VNode {
  return (
    <p>
      Read: {ids.slice(0, SHOWN).map((id) => <span key={id}><a href={place("article", id)} data-inside>{id}</a> </span>)}
      {ids.length > SHOWN && <span class="quiet">and {ids.length - SHOWN} more</span>}
    </p>
  );
}

/** The jobs before those that are followed. */
export function RecentJobs({ shown }: { readonly shown: readonly string[] }): VNode | null {
  const jobs = useResource(`jobs ${shown.join(" ")}`, api.jobs);
  if (jobs.state !== "ready") return null;
  const others = jobs.value.items.filter(({ id }) => !shown.includes(id));
  if (others.length === 0) return null;
  return (
    <section aria-labelledby="recent">
      <h2 id="recent">Earlier</h2>
      <ul class="recent">
        {others.map((job) => (
          <li key={job.id}>
            <a href={job.kind === "simulate" ? place("decide", "", { ask: "simulate", job: job.id }) : here({ job: [...shown, job.id] })} data-inside>{inWords(job.kind)} by <Inert text={job.owner} />, {dayOf(job.createdAt)} {job.createdAt.slice(11, 16)} UTC</a>{" "}
            <span class="badge">{job.status}</span> <span class="quiet">{count(job.done, unit(job.kind))}{job.errors.length > 0 ? `, ${count(job.errors.length, "error")}` : ""}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
