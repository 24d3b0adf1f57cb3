/** Users and what they may do, for admins: adding, changing the role, revoking, and their tokens. */

import { useEffect, useRef, useState } from "preact/hooks";
import type { VNode } from "preact";
import { flag, list, number, object, text, words } from "../fields.ts";
import { segment } from "../router.ts";
import { useResource } from "../state.ts";
import type { Problem } from "../types.ts";
import { count, dayOf } from "../words.ts";
import { Skeleton } from "../views/loading.tsx";
import { PartProblem } from "../views/problem.tsx";
import { Inert } from "../views/text.tsx";
import { call, problemOf, send } from "./session.ts";
import { Secret, TokenTable, momentOf, token } from "./tokens.tsx";
import type { Token } from "./tokens.tsx";

const PATH = "/api/v1/users";

const ROLES = [
  ["reader", "reads, where readers need a token"],
  ["curator", "also judges claims and ingests"],
  ["admin", "also manages users"],
] as const;

interface User {
  readonly name: string;
  readonly role: string;
  readonly createdAt: string;
  readonly revokedAt: string | null;
  readonly lastUsedAt: string | null;
  readonly sessions: number;
  readonly tokens: readonly Token[];
}

interface Known {
  readonly users: readonly User[];
  /** What the service allows, each in words. */
  readonly limits: readonly (readonly [what: string, allowed: string])[];
}

function user(value: unknown): User {
  const json = object(value);
  return {
    name: text(json["name"]),
    role: text(json["role"]),
    createdAt: text(json["created_at"]),
    revokedAt: words(json["revoked_at"]),
    lastUsedAt: words(json["last_used_at"]),
    sessions: number(json["sessions"]) ?? 0,
    tokens: list(json["tokens"]).map(token),
  };
}

function known(value: unknown): Known {
  const json = object(value);
  const limits = object(json["limits"]);
  const megabytes = Math.round((number(limits["body_limit"]) ?? 0) / 2 ** 20);
  return {
    users: list(json["items"]).map(user),
    limits: [
      ["Writing, each user", words(limits["writes"]) ?? "as often as they like"],
      ["Trying to sign in, each address", words(limits["sign_ins"]) ?? "as often as it likes"],
      ["Valid tokens, each user", text(String(limits["tokens"]))],
      ["A browser stays signed in", count(number(limits["session_hours"]) ?? 0, "hour")],
      ["The longest request", `${megabytes} MB`],
      ["Curators who must agree", text(String(limits["quorum"]))],
      ["Reading", flag(limits["readers_need_token"]) ? "needs a token" : "is open to everybody"],
    ],
  };
}

export function Users({ me }: { readonly me: string }): VNode {
  const [attempt, setAttempt] = useState(0);
  const again = (): void => setAttempt((past) => past + 1);
  const found = useResource("users", async () => known((await call("GET", PATH)).body), attempt);
  const [held, setHeld] = useState<Known | null>(null);
  useEffect(() => {
    if (found.state === "ready") setHeld(found.value);
  }, [found.state]);
  return (
    <section class="tokens users" aria-labelledby="users-title">
      <h2 id="users-title">Users</h2>
      <p class="quiet">Who may do what here. Revoking ends all tokens and sessions at once; what somebody decided stays.</p>
      <NewUser made={again} />
      {found.state === "failed" && <PartProblem problem={found.problem} retry={again} />}
      {held === null ? found.state === "loading" && <Skeleton label="Loading the users" /> : (
        <>
          <UserTable users={held.users} me={me} changed={again} />
          <h3>Limits</h3>
          <dl class="limits">{held.limits.map(([what, allowed]) => <div key={what}><dt>{what}</dt><dd>{allowed}</dd></div>)}</dl>
          <p class="quiet">They are settings of the service, and change when it is started anew with others.</p>
        </>
      )}
    </section>
  );
}

interface TableProps {
  readonly users: readonly User[];
  readonly me: string;
  readonly changed: () => void;
}

function UserTable({ users, me, changed }: TableProps): VNode {
  const [problem, setProblem] = useState<Problem | null>(null);
  const act = async (method: string, path: string, body?: unknown): Promise<void> => {
    try {
      await send(method, path, body);
      setProblem(null);
    } catch (error) {
      setProblem(problemOf(error));
    }
    changed();
  };
  return (
    <>
      {problem !== null && <p role="alert" class="wrong">{problem.title}. <Inert text={problem.detail} /></p>}
      <div class="table-scroll" tabIndex={0} role="region" aria-label="All users">
        <table>
          <thead>
            <tr><th scope="col">Name</th><th scope="col">Role</th><th scope="col">Added</th><th scope="col">Last seen</th><th scope="col">Tokens</th><th scope="col"><span class="unseen">Revoke</span></th></tr>
          </thead>
          <tbody>{users.map((each) => <UserRow key={each.name} user={each} own={each.name === me} act={act} changed={changed} />)}</tbody>
        </table>
      </div>
    </>
  );
}

interface RowProps {
  readonly user: User;
  /** Whether it is the admin who looks: nobody changes or revokes themselves. */
  readonly own: boolean;
  readonly act: (method: string, path: string, body?: unknown) => Promise<void>;
  readonly changed: () => void;
}

function UserRow({ user, own, act, changed }: RowProps): VNode {
  const [open, setOpen] = useState(false);
  const [asking, setAsking] = useState(false);
  const path = `${PATH}/${segment(user.name)}`;
  const active = user.revokedAt === null;
  const valid = user.tokens.filter((each) => each.valid).length;
  return (
    <>
      <tr class={active ? "" : "ended"}>
        <th scope="row"><Inert text={user.name} />{own && <span class="quiet"> (you)</span>}</th>
        <td>
          {active && !own ? (
            <select aria-label={`Role of ${user.name}`} value={user.role} onChange={(event) => void act("PATCH", path, { role: event.currentTarget.value })}>
              {ROLES.map(([role, meaning]) => <option key={role} value={role} selected={role === user.role} title={meaning}>{role}</option>)}
            </select>
          ) : user.role}
        </td>
        <td>{dayOf(user.createdAt)}</td>
        <td>{user.lastUsedAt === null ? "never" : momentOf(user.lastUsedAt)}{user.sessions > 0 && <span class="quiet"> · {count(user.sessions, "browser")} signed in</span>}</td>
        <td>{user.tokens.length === 0 ? <span class="quiet">none</span> : <button type="button" class="plain" aria-expanded={open} onClick={() => setOpen(!open)}>{valid} valid<span class="unseen"> of {user.name}</span></button>}</td>
        <td>
          {!active && <span class="quiet">revoked {dayOf(user.revokedAt ?? "")}</span>}
          {active && !own && !asking && <button type="button" onClick={() => setAsking(true)}>Revoke<span class="unseen"> {user.name}</span></button>}
          {active && !own && asking && (
            <span class="sure">
              <button type="button" class="danger" onClick={() => void act("DELETE", path).then(() => setAsking(false))}>Revoke {user.name}</button>
              <button type="button" onClick={() => setAsking(false)}>Keep</button>
            </span>
          )}
        </td>
      </tr>
      {open && <tr class="inner"><td colSpan={6}><TokenTable tokens={user.tokens} path={`${path}/tokens`} label={`Tokens of ${user.name}`} changed={changed} /></td></tr>}
    </>
  );
}

function NewUser({ made }: { readonly made: () => void }): VNode {
  const [secret, setSecret] = useState<{ readonly name: string; readonly token: string } | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const name = useRef<HTMLInputElement>(null);
  const role = useRef<HTMLSelectElement>(null);
  const add = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const named = name.current?.value.trim() ?? "";
    try {
      const reply = await send("POST", PATH, { name: named, role: role.current?.value ?? "curator" });
      setSecret({ name: named, token: text(object(reply.body)["token"]) });
      setProblem(null);
      if (name.current !== null) name.current.value = "";
      made();
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  return (
    <>
      <form class="new-token" onSubmit={(event) => void add(event)}>
        <label>Name <input ref={name} required maxLength={64} pattern="[A-Za-z0-9][A-Za-z0-9._@\-]*" title="Letters, digits, . _ @ and -, beginning with a letter or digit" placeholder="anna" autocomplete="off" spellcheck={false} /></label>
        <label>Role <select ref={role}>{ROLES.map(([value, meaning]) => <option key={value} value={value} selected={value === "curator"}>{value}: {meaning}</option>)}</select></label>
        <button type="submit" class="chief">Add a user</button>
      </form>
      {problem !== null && <p role="alert" class="wrong"><Inert text={problem.detail} /></p>}
      {secret !== null && <><p>The first token of <strong><Inert text={secret.name} /></strong>, who signs in with it:</p><Secret secret={secret.token} done={() => setSecret(null)} /></>}
    </>
  );
}
