/** Sending documents to the service, and following the jobs that read them. */

import { ApiError, ofThePage } from "./api.ts";
import * as decode from "./decode.ts";
import { object, words } from "./fields.ts";
import * as records from "./records.ts";
import type { Job } from "./records.ts";
import { segment, withParameters } from "./router.ts";
import type { Parameters } from "./router.ts";
import type { Problem } from "./types.ts";

const BASE = "/api/v1";

/** Hand documents in; answers the job that reads them. */
export async function ingest(body: Blob | string, parameters: Parameters): Promise<Job> {
  const headers = { "content-type": "application/octet-stream" };
  return records.job(await written(withParameters(`${BASE}/articles`, parameters), { method: "POST", headers, body }));
}

/** Cancel what a job has not begun. */
export async function cancel(id: string): Promise<Job> {
  return records.job(await written(`${BASE}/jobs/${segment(id)}`, { method: "DELETE" }));
}

/** Write to the service, as whoever is signed in; answers its JSON. */
export async function written(path: string, how: RequestInit): Promise<unknown> {
  const token = await forgeryToken();
  const headers = { accept: "application/json", ...how.headers, ...(token === null ? {} : { "x-csrf-token": token }) };
  let response: Response;
  try {
    response = await fetch(path, { ...how, headers });
  } catch {
    throw new ApiError(unreachable());
  }
  const body: unknown = await response.json().catch(() => ({}));
  if (!response.ok) throw new ApiError(decode.problem(response.status, body, response.headers.get("retry-after")));
  return body;
}

/** What a write by this browser's session must bear; null without a session. */
async function forgeryToken(): Promise<string | null> {
  try {
    const response = await fetch(`${BASE}/session`, { headers: { accept: "application/json" } });
    return response.ok ? words(object(await response.json())["csrf_token"]) : null;
  } catch {
    throw new ApiError(unreachable());
  }
}

function unreachable(): Problem {
  return { ...ofThePage("It may have been stopped, or this computer is offline. Nothing was lost here; try again."), kind: "offline", title: "The service can't be reached" };
}

/**
 * Follow a job as the service sends its events, until it ends; returns the way to stop following.
 * A broken connection is taken up again by the browser; `onBroken` hears of it meanwhile.
 */
export function follow(id: string, onJob: (job: Job) => void, onBroken: () => void): () => void {
  const events = new EventSource(`${BASE}/jobs/${segment(id)}/events`);
  const heard = (event: MessageEvent<string>): void => onJob(records.job(JSON.parse(event.data)));
  events.addEventListener("progress", heard);
  events.addEventListener("end", (event: MessageEvent<string>) => {
    events.close();
    heard(event);
  });
  events.addEventListener("error", onBroken);
  return () => events.close();
}

/** What a pasted text seems to be. */
export type Pasted = "pubmed_xml" | "medline" | "json" | "pubmed_text" | "abstract";

export function looksLike(text: string): Pasted {
  const head = text.trimStart();
  if (head.startsWith("<")) return "pubmed_xml";
  if (head.startsWith("{") || head.startsWith("[")) return "json";
  if (/^PMID- ?\d/mu.test(head)) return "medline";
  // A line such as "J Clin Invest. 2004 Aug;114(4):569-81." is that of a citation.
  if (/^.{2,120}\.\s\d{4}\b[^\n]*[;:]/mu.test(head)) return "pubmed_text";
  return "abstract";
}

/** An article of a title (its first line) and an abstract (the rest), as a document; null without both. */
export function asDocument(text: string, pmid: string): string | null {
  const [title = "", ...lines] = text.trim().split(/\r?\n/u);
  const abstract = lines.join("\n").trim();
  if (title.trim() === "" || abstract === "") return null;
  return JSON.stringify({ identifiers: pmid === "" ? [] : [`PMID:${pmid}`], title: title.trim(), abstract: [{ text: abstract }] });
}
