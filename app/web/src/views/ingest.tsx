/** Handing documents in: paste one, drop files, and see live what becomes of them. */

import { useEffect, useState } from "preact/hooks";
import type { VNode } from "preact";
import * as api from "../api.ts";
import { LOADED } from "../places.ts";
import { go, here, place } from "../router.ts";
import { useResource } from "../state.ts";
import type { Problem } from "../types.ts";
import { asDocument, ingest, looksLike } from "../writing.ts";
import type { Pasted } from "../writing.ts";
import { JobCard, RecentJobs } from "./jobs.tsx";
import type { ViewProps } from "./lazy.tsx";
import { Skeleton } from "./loading.tsx";
import { ProblemView } from "./problem.tsx";
import { Inert } from "./text.tsx";
import "../styles/records.css";
import "../styles/ingest.css";

export default function IngestView({ route }: ViewProps): VNode {
  const [attempt, setAttempt] = useState(0);
  const me = useResource("me", api.me, attempt);
  const jobs = route.parameters.getAll("job");
  const started = (id: string): void => go(here({ job: [id, ...new URLSearchParams(location.search).getAll("job")] }), true);
  if (me.state === "loading") return <Skeleton label="Asking who may ingest" />;
  if (me.state === "failed") return <ProblemView problem={me.problem} retry={() => setAttempt(attempt + 1)} />;
  const may = me.value.role === "curator" || me.value.role === "admin";
  return (
    <div class="record">
      <header>
        <h1>Ingest</h1>
        <p class="about">Abstracts go in with their citation; each is read for candidate claims, which a curator then judges. Nothing counts as accepted by the machine alone.</p>
      </header>
      {may ? (
        <div class="ingest">
          <Paste started={started} />
          <Files started={started} />
        </div>
      ) : <MayNot />}
      {jobs.length > 0 && (
        <section aria-labelledby="jobs">
          <h2 id="jobs">Being read</h2>
          <ul class="jobs">{jobs.map((id) => <li key={id}><JobCard id={id} may={may} /></li>)}</ul>
        </section>
      )}
      <RecentJobs shown={jobs} />
    </div>
  );
}

function MayNot(): VNode {
  return (
    <section class="notice">
      <h2>Ingesting needs a curator</h2>
      {LOADED.account === undefined
        ? <p>Programs write with a curator's token; on the command line use <code>evipath ingest FILE</code>.</p>
        : <p><a href={place("account")} data-inside>Sign in</a> with a curator's token, then come back.</p>}
    </section>
  );
}

const KINDS: readonly (readonly [Pasted, string])[] = [
  ["abstract", "a title, and below it an abstract"],
  ["pubmed_text", "the text of a PubMed page"],
  ["medline", "MEDLINE (.nbib)"],
  ["pubmed_xml", "PubMed XML"],
  ["json", "JSON"],
];

interface Handing {
  readonly started: (job: string) => void;
}

function Paste({ started }: Handing): VNode {
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState<Pasted | null>(null);
  const [pmid, setPmid] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const kind = chosen ?? looksLike(text);
  const hand = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const body = kind === "abstract" ? asDocument(text, pmid) : text;
    if (body === null || text.trim() === "") {
      setProblem(text.trim() === "" ? "Paste something first." : "The first line is taken as the title; the abstract must follow on the next lines.");
      return;
    }
    setBusy(true);
    setProblem(null);
    try {
      const named = pmid === "" || kind === "json" ? null : pmid;
      const job = await ingest(body, { format: kind === "abstract" ? "json" : kind, pmid: kind === "abstract" ? null : named, name: "pasted text" });
      setText("");
      setPmid("");
      started(job.id);
    } catch (error) {
      setProblem(said(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form class="panel" aria-labelledby="paste" onSubmit={(event) => void hand(event)}>
      <h2 id="paste">Paste</h2>
      <label>
        A PubMed citation with its abstract, or a title and an abstract
        <textarea rows={8} value={text} spellcheck={false} onInput={(event) => setText(event.currentTarget.value)} />
      </label>
      <div class="chooser-row">
        <label>
          It is
          <select value={kind} onChange={(event) => setChosen(event.currentTarget.value as Pasted)}>
            {KINDS.map(([name, meaning]) => <option key={name} value={name}>{meaning}</option>)}
          </select>
        </label>
        {kind !== "json" && (
          <label>
            PMID, where the text has none
            <input type="text" inputMode="numeric" pattern="[1-9][0-9]{0,8}" title="A PMID is a number of up to nine digits" value={pmid} onInput={(event) => setPmid(event.currentTarget.value.trim())} />
          </label>
        )}
        <button type="submit" class="main-button" disabled={busy} aria-busy={busy}>{busy ? "Sending …" : "Ingest"}</button>
      </div>
      {problem !== null && <p role="alert" class="alert"><Inert text={problem} /></p>}
    </form>
  );
}

interface Sent {
  readonly name: string;
  readonly state: "waiting" | "sending" | "sent" | "refused";
  readonly note: string;
}

function Files({ started }: Handing): VNode {
  const [sent, setSent] = useState<readonly Sent[]>([]);
  const [over, setOver] = useState(false);
  useEffect(() => {
    // A file dropped beside the panel must not replace the page.
    const refuse = (event: DragEvent): void => event.preventDefault();
    window.addEventListener("dragover", refuse);
    window.addEventListener("drop", refuse);
    return () => {
      window.removeEventListener("dragover", refuse);
      window.removeEventListener("drop", refuse);
    };
  }, []);
  const hand = async (files: readonly File[]): Promise<void> => {
    const rows: Sent[] = files.map(({ name }) => ({ name, state: "waiting", note: "" }));
    const put = (index: number, change: Partial<Sent>): void => {
      rows[index] = { ...(rows[index] as Sent), ...change };
      setSent([...rows]);
    };
    for (const [index, file] of files.entries()) {
      put(index, { state: "sending" });
      try {
        const job = await ingest(file, { name: file.name.slice(0, 200) });
        put(index, { state: "sent" });
        started(job.id);
      } catch (error) {
        put(index, { state: "refused", note: said(error) });
      }
    }
  };
  return (
    <section
      class={over ? "panel panel-over" : "panel"}
      aria-labelledby="files"
      onDragOver={() => setOver(true)}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        void hand([...(event.dataTransfer?.files ?? [])]);
      }}
    >
      <h2 id="files">Files</h2>
      <label class="drop">
        <span>Drop files here, or choose them: PubMed XML, MEDLINE (.nbib, .txt), PubMed text, JSON; gzip as well</span>
        <input
          type="file"
          multiple
          onChange={(event) => {
            const files = [...(event.currentTarget.files ?? [])];
            event.currentTarget.value = "";
            void hand(files);
          }}
        />
      </label>
      <ul class="sent">
        {sent.map((row, index) => (
          <li key={index} role={row.state === "refused" ? "alert" : undefined}>
            <Inert text={row.name} /> <span class={row.state === "refused" ? "badge badge-warn" : "badge"}>{row.state}</span> <Inert text={row.note} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function said(error: unknown): string {
  const problem: Problem = error instanceof api.ApiError ? error.problem : api.ofThePage(String(error));
  return problem.detail === "" ? problem.title : `${problem.title}: ${problem.detail}`;
}
