/** The tokens of whoever is signed in: for programs, each with a name, an end and a last use. */

import { useEffect, useRef, useState } from "preact/hooks";
import type { VNode } from "preact";
import { flag, list, object, text, words } from "../fields.ts";
import { useResource } from "../state.ts";
import type { Problem } from "../types.ts";
import { dayOf } from "../words.ts";
import { Skeleton } from "../views/loading.tsx";
import { PartProblem } from "../views/problem.tsx";
import { Inert } from "../views/text.tsx";
import { call, problemOf, send } from "./session.ts";

const PATH = "/api/v1/me/tokens";

const LIVES: readonly (readonly [days: string, words: string])[] = [
  ["30", "30 days"],
  ["90", "90 days"],
  ["365", "a year"],
  ["", "until it is revoked"],
];

export interface Token {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
  readonly lastUsedAt: string | null;
  readonly valid: boolean;
}

export function token(value: unknown): Token {
  const json = object(value);
  return {
    id: text(json["id"]),
    name: text(json["name"]),
    createdAt: text(json["created_at"]),
    expiresAt: words(json["expires_at"]),
    revokedAt: words(json["revoked_at"]),
    lastUsedAt: words(json["last_used_at"]),
    valid: flag(json["valid"]),
  };
}

export function Tokens(): VNode {
  const [attempt, setAttempt] = useState(0);
  const again = (): void => setAttempt((past) => past + 1);
  const found = useResource("tokens", async () => list(object((await call("GET", PATH)).body)["items"]).map(token), attempt);
  const [held, setHeld] = useState<readonly Token[]>([]);
  useEffect(() => {
    if (found.state === "ready") setHeld(found.value);
  }, [found.state]);
  return (
    <section class="tokens" aria-labelledby="tokens-title">
      <h2 id="tokens-title">Tokens for programs</h2>
      <p class="quiet">A program sends one as <code>Authorization: Bearer …</code> and may then do what you may.</p>
      <NewToken made={again} />
      {found.state === "failed" ? <PartProblem problem={found.problem} retry={again} />
        : found.state === "loading" && held.length === 0 ? <Skeleton label="Loading your tokens" />
          : held.length === 0 ? <p class="quiet">You have no tokens yet.</p>
            : <TokenTable tokens={held} path={PATH} label="Your tokens" changed={again} />}
    </section>
  );
}

interface TableProps {
  readonly tokens: readonly Token[];
  /** Where each of them is revoked, by its id. */
  readonly path: string;
  readonly label: string;
  readonly changed: () => void;
}

export function TokenTable({ tokens, path, label, changed }: TableProps): VNode {
  const [asking, setAsking] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const revoke = async (id: string): Promise<void> => {
    try {
      await send("DELETE", `${path}/${id}`);
      setAsking(null);
      changed();
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  return (
    <>
      {problem !== null && <PartProblem problem={problem} retry={() => setProblem(null)} />}
      <div class="table-scroll" tabIndex={0} role="region" aria-label={label}>
        <table>
          <thead>
            <tr><th scope="col">Name</th><th scope="col">Made</th><th scope="col">Valid until</th><th scope="col">Last used</th><th scope="col"><span class="unseen">Revoke</span></th></tr>
          </thead>
          <tbody>
            {tokens.map((each) => (
              <tr key={each.id} class={each.valid ? "" : "ended"}>
                <th scope="row"><Inert text={each.name} /></th>
                <td>{dayOf(each.createdAt)}</td>
                <td>{state(each)}</td>
                <td>{each.lastUsedAt === null ? "never" : momentOf(each.lastUsedAt)}</td>
                <td>
                  {each.valid && asking !== each.id && <button type="button" onClick={() => setAsking(each.id)}>Revoke<span class="unseen"> {each.name}</span></button>}
                  {each.valid && asking === each.id && (
                    <span class="sure">
                      <button type="button" class="danger" onClick={() => void revoke(each.id)}>Revoke for good</button>
                      <button type="button" onClick={() => setAsking(null)}>Keep</button>
                    </span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function state(each: Token): string {
  if (each.revokedAt !== null) return `revoked ${dayOf(each.revokedAt)}`;
  if (each.expiresAt === null) return "until it is revoked";
  return each.valid ? dayOf(each.expiresAt) : `expired ${dayOf(each.expiresAt)}`;
}

export function momentOf(time: string): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return time;
  return date.toLocaleString("en-GB", { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" });
}

function NewToken({ made }: { readonly made: () => void }): VNode {
  const [secret, setSecret] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const name = useRef<HTMLInputElement>(null);
  const life = useRef<HTMLSelectElement>(null);
  const make = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const days = life.current?.value ?? "";
    try {
      const reply = await send("POST", PATH, { name: name.current?.value ?? "", days: days === "" ? null : Number(days) });
      setSecret(text(object(reply.body)["token"]));
      setProblem(null);
      if (name.current !== null) name.current.value = "";
      made();
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  return (
    <>
      <form class="new-token" onSubmit={(event) => void make(event)}>
        <label>What it is for <input ref={name} required maxLength={80} placeholder="pipeline on the cluster" autocomplete="off" /></label>
        <label>Valid for <select ref={life} defaultValue="90">{LIVES.map(([days, said]) => <option key={days} value={days} selected={days === "90"}>{said}</option>)}</select></label>
        <button type="submit" class="chief">Make a token</button>
      </form>
      {problem !== null && <p role="alert" class="wrong"><Inert text={problem.detail} /></p>}
      {secret !== null && <Secret secret={secret} done={() => setSecret(null)} />}
    </>
  );
}

export function Secret({ secret, done }: { readonly secret: string; readonly done: () => void }): VNode {
  const [copied, setCopied] = useState(false);
  const copy = (): void => {
    // There is no clipboard by plain http; then it is selected by hand.
    const clipboard = navigator.clipboard as Clipboard | undefined;
    clipboard?.writeText(secret).then(() => setCopied(true), () => setCopied(false));
  };
  return (
    <div class="secret" role="status">
      <p>Copy it now: it is shown only this once.</p>
      <p><code class="token">{secret}</code></p>
      <button type="button" onClick={copy}>{copied ? "Copied" : "Copy"}</button>
      <button type="button" onClick={done}>I have it</button>
    </div>
  );
}
