/** Signing in: by a token, by the instance's provider, or by the address that `serve` printed. */

import { useEffect, useRef, useState } from "preact/hooks";
import type { VNode } from "preact";
import type { Problem } from "../types.ts";
import { Inert } from "../views/text.tsx";
import { problemOf, signIn } from "./session.ts";
import type { Session } from "./session.ts";

const REFUSED: Readonly<Record<string, string>> = {
  Forbidden: "You are known there, but have no role here. Ask whoever runs this service.",
  Unavailable: "The provider does not answer at the moment. Try again in a while.",
};

/** What the address holds behind its `#`, taken out of it so that it is not kept in the history. */
function fragment(name: string): string | null {
  const given = new URLSearchParams(location.hash.slice(1)).get(name);
  if (given !== null) history.replaceState(null, "", location.pathname + location.search);
  return given;
}

interface Props {
  readonly session: Session;
  /** What signing in is for, in words; with it the form stands in another view. */
  readonly reason?: string;
}

export function SignIn({ session, reason }: Props): VNode {
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const box = useRef<HTMLInputElement>(null);
  const enter = async (by: { token: string } | { code: string }): Promise<void> => {
    setBusy(true);
    try {
      await signIn(by);
    } catch (error) {
      setProblem(inWords(problemOf(error)));
      setBusy(false);
    }
  };
  useEffect(() => {
    const code = fragment("code");
    const refused = fragment("refused");
    if (code !== null) void enter({ code });
    else if (refused !== null) setProblem(REFUSED[refused] ?? "The sign-in did not succeed. Begin it again in this browser.");
  }, []);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const token = box.current?.value.trim() ?? "";
    if (token === "") box.current?.focus();
    else void enter({ token });
  };
  return (
    <section class="sign-in" aria-labelledby="sign-in-title">
      <h1 id="sign-in-title">Sign in</h1>
      <p class="quiet">{reason ?? (session.readersNeedToken ? "This service asks everybody to sign in." : "Reading is open to all; curating needs a curator.")}</p>
      {session.oidc !== null && <p><a class="button chief" href="/api/v1/session/oidc">Sign in with <Inert text={session.oidc} /></a></p>}
      <form onSubmit={submit}>
        <label for="sign-in-token">Your token</label>
        <div class="row">
          <input ref={box} id="sign-in-token" type="password" autocomplete="current-password" maxLength={200} spellcheck={false} placeholder="evp_…" />
          <button type="submit" class="chief" disabled={busy}>{busy ? "Signing in …" : "Sign in"}</button>
        </div>
      </form>
      {problem !== null && <p role="alert" class="wrong">{problem}</p>}
      <details>
        <summary>I have no token</summary>
        <p>On your own computer, start the service with <code>evipath serve</code>: it prints an address that signs this browser in, once. Elsewhere, whoever runs the service makes you one with <code>evipath user add NAME --role curator</code>.</p>
      </details>
    </section>
  );
}

function inWords(problem: Problem): string {
  return problem.detail === "" ? problem.title : problem.detail;
}
