/** The bench itself: it takes decisions to the service and goes on to the next claim. */

import { useCallback, useRef, useState } from "preact/hooks";
import type { VNode } from "preact";
import { CallError, problemOf } from "../account/session.ts";
import { list, object } from "../fields.ts";
import type { Route } from "../router.ts";
import type { Problem } from "../types.ts";
import { Inert } from "../views/text.tsx";
import { Skeleton } from "../views/loading.tsx";
import { ProblemView } from "../views/problem.tsx";
import { benchClaim, blank, decision, draftOf, standing } from "./claim.ts";
import type { BenchClaim, Decision, Draft } from "./claim.ts";
import { ConflictView } from "./conflict.tsx";
import type { Conflict } from "./conflict.tsx";
import { Desk } from "./desk.tsx";
import { Editor } from "./editor.tsx";
import type { Purpose } from "./editor.tsx";
import { LinkForm, MergeForm, RejectForm } from "./forms.tsx";
import { Help } from "./help.tsx";
import { PAST } from "./history.tsx";
import { useKeys } from "./keys.ts";
import type { Key } from "./keys.ts";
import { useCases, useQueue } from "./queue.ts";
import { Filters, Rail, askedOf } from "./rail.tsx";
import { add, caseOf, decide } from "./service.ts";
import type { Body, Case } from "./service.ts";

type Open = "reject" | "merge" | "link" | Purpose;

/** After these the claim is done with; after the others one stays at it. */
const ENDING = new Set(["accept", "reject", "correct", "split", "merge"]);

interface Props {
  readonly route: Route;
  readonly me: string;
  readonly quorum: number;
}

export function Bench({ route, me, quorum }: Props): VNode {
  const asked = askedOf(route);
  const queue = useQueue(asked, me);
  const cases = useCases(queue);
  const [open, setOpen] = useState<Open | null>(null);
  const [help, setHelp] = useState(false);
  const [busy, setBusy] = useState(false);
  // Beside the state: two quick keys must not send two decisions.
  const sending = useRef(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const [told, setTold] = useState("");
  const [done, setDone] = useState<readonly BenchClaim[]>([]);
  const shown = cases.present.state === "ready" ? cases.present.value : null;

  const close = useCallback(() => {
    setOpen(null);
    setProblem(null);
    setConflict(null);
  }, []);

  const go = (at: number): void => {
    close();
    if (at >= 0 && at <= queue.claims.length) queue.go(at);
  };

  /** Take a decision to the service; what it refuses stays open, with the reason. */
  const send = async (on: { readonly claim: BenchClaim; readonly etag: string }, body: Body, seen: readonly Decision[]): Promise<boolean> => {
    if (sending.current) return false;
    sending.current = true;
    setBusy(true);
    setProblem(null);
    try {
      const made = benchClaim((await decide(on.claim.id, on.etag, body)).body);
      queue.put(made);
      setTold(`${made.statement}: you ${PAST[body.type] ?? body.type}.`);
      setDone((past) => [...past.filter((each) => each.id !== made.id), made]);
      close();
      const at = queue.claims.findIndex((each) => each.id === made.id);
      const next = at < 0 ? queue.at : ENDING.has(body.type) ? at + 1 : at;
      queue.go(next);
      if (next === queue.at) await cases.renew(made.id);
      else cases.forget(made.id);
      return true;
    } catch (error) {
      const met = error instanceof CallError && error.reply.status === 412 ? conflictOf(error, body, seen) : null;
      if (met === null) setProblem(problemOf(error));
      else setConflict(met);
      return false;
    } finally {
      sending.current = false;
      setBusy(false);
    }
  };

  const judge = (body: Body): void => {
    if (shown !== null) void send(shown, body, shown.history);
  };

  const again = (met: Conflict): void => void send(met, met.body, met.decisions);

  const leave = (met: Conflict): void => {
    queue.put(met.claim);
    void cases.renew(met.claim.id);
    go(queue.at + 1);
  };

  const unlink = (link: BenchClaim["links"][number]): void => judge({ type: "unlink", link: { type: link.type, claim: link.claim } });

  const undo = (one: Decision): void => judge({ type: "undo", decision: one.id });

  /** Take back the last decision of this sitting, whatever claim it was on. */
  const undoLast = async (): Promise<void> => {
    const last = done[done.length - 1];
    if (last === undefined || sending.current) return;
    try {
      const now = await caseOf(last.id);
      const mine = standing(now.history).filter((each) => each.actor === me).pop();
      if (mine === undefined) setTold("There is nothing of yours to take back there.");
      else if (await send(now, { type: "undo", decision: mine.id }, now.history)) setTold(`Taken back: ${last.statement}`);
      setDone((past) => past.filter((each) => each.id !== last.id));
    } catch (error) {
      setProblem(problemOf(error));
    }
  };

  const write = async (purpose: Purpose, at: Case, drafts: readonly Draft[], reason: string): Promise<void> => {
    if (purpose !== "add") {
      judge({ type: purpose, claims: drafts, ...(reason === "" ? {} : { reason }) });
      return;
    }
    const [draft] = drafts;
    if (draft === undefined || at.article === null || sending.current) return;
    sending.current = true;
    setBusy(true);
    setProblem(null);
    try {
      const made = await add(draft, at.article.id);
      setTold(`Added: ${made.statement}`);
      setDone((past) => [...past, made]);
      close();
      await cases.renew(at.claim.id);
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      sending.current = false;
      setBusy(false);
    }
  };

  const act = useCallback((key: Key | "Escape"): void => {
    const forms: Partial<Record<Key, Open>> = { r: "reject", c: "correct", s: "split", m: "merge", l: "link", n: "add" };
    if (key === "?") setHelp(true);
    else if (key === "Escape") close();
    else if (open !== null || conflict !== null) return;
    else if (key === "j") go(Math.min(queue.at + 1, queue.claims.length));
    else if (key === "k") go(Math.max(queue.at - 1, 0));
    else if (key === "u") void undoLast();
    else if (key === "h") document.getElementById("history-title")?.focus();
    else if (key === "a") judge({ type: "accept" });
    else if (shown !== null && forms[key] !== undefined && (!"csn".includes(key) || shown.article !== null)) setOpen(forms[key]);
  }, [open, conflict, queue.at, queue.claims, shown, busy, done]);
  useKeys(act);

  const form = (at: Case): VNode | null => {
    const common = { problem, busy, close };
    switch (open) {
      case null: return null;
      case "reject": return <RejectForm {...common} send={(reason) => judge({ type: "reject", reason })} />;
      case "merge": return <MergeForm {...common} claim={at.claim} article={at.article} send={(into, reason) => judge({ type: "merge", into, ...(reason === "" ? {} : { reason }) })} />;
      case "link": return <LinkForm {...common} claim={at.claim} article={at.article} send={(link, reason) => judge({ type: "link", link, ...(reason === "" ? {} : { reason }) })} />;
      default: {
        if (at.article === null) return null;
        const first = open === "add" ? blank(at.article) : draftOf(at.claim, at.article);
        return <Editor key={open} purpose={open} article={at.article} first={first} {...common} send={(drafts, reason) => void write(open, at, drafts, reason)} />;
      }
    }
  };

  return (
    <div class="bench">
      <header class="bench-head">
        <h1>Curator's bench</h1>
        <Filters route={route} />
        <p class="quiet">{quorum > 1 && <>A claim needs {quorum} curators who agree. </>}<button type="button" onClick={() => setHelp(true)}>Keys <kbd>?</kbd></button> <button type="button" disabled={busy || done.length === 0} onClick={() => void undoLast()}>Take back <kbd>u</kbd></button></p>
      </header>
      <p role="status" class="told"><Inert text={told} /></p>
      {problem !== null && open === null && <p role="alert" class="wrong">{problem.title}. <Inert text={problem.detail} /></p>}
      <div class="bench-body">
        <div class="bench-main">
          {conflict !== null && <ConflictView conflict={conflict} busy={busy} again={() => again(conflict)} leave={() => leave(conflict)} />}
          {queue.state === "loading" && <Skeleton label="Loading the queue" />}
          {queue.state === "failed" && queue.problem !== null && <ProblemView problem={queue.problem} retry={queue.reload} />}
          {queue.state === "ready" && queue.at >= queue.claims.length && <Finished done={done.length} reload={queue.reload} />}
          {queue.state === "ready" && queue.at < queue.claims.length && (
            cases.present.state === "loading" ? <Skeleton label="Loading the claim" />
              : cases.present.state === "failed" ? <ProblemView problem={cases.present.problem} retry={() => void cases.renew(queue.claims[queue.at]?.id ?? "")} />
                : <Desk shown={cases.present.value} busy={busy} act={act} undo={undo} unlink={unlink}>{form(cases.present.value)}</Desk>
          )}
        </div>
        {queue.state === "ready" && <Rail queue={queue} go={go} done={done.length} what={asked.claim !== "" ? "claim" : asked.status === "waiting" ? "to judge" : asked.status} />}
      </div>
      {help && <Help close={() => setHelp(false)} />}
    </div>
  );
}

function Finished({ done, reload }: { readonly done: number; readonly reload: () => void }): VNode {
  return (
    <section class="notice">
      <h2>{done === 0 ? "Nothing waits to be judged here" : "That was the last of them"}</h2>
      <p>{done === 0 ? "Take another order or filter above, or ingest articles: what is read from them comes here." : `You judged ${done}. Others may have come meanwhile.`}</p>
      <button type="button" onClick={reload}>Look again</button>
    </section>
  );
}

/** What a 412 tells of the claim as it stands now, beside the decision that met it. */
function conflictOf(error: CallError, body: Body, seen: readonly Decision[]): Conflict | null {
  const json = object(error.reply.body);
  if (json["claim"] === undefined || error.reply.etag === null) return null;
  const decisions = list(json["decisions"]).map(decision);
  const known = new Set(seen.map((each) => each.id));
  return { body, claim: benchClaim(json["claim"]), etag: error.reply.etag, decisions, fresh: decisions.filter((each) => !known.has(each.id)) };
}
