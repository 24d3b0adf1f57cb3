/** The account: signing in and out, and one's tokens. */

import "./account.css";
import { useState } from "preact/hooks";
import type { VNode } from "preact";
import { place } from "../router.ts";
import { Skeleton } from "../views/loading.tsx";
import { PartProblem, ProblemView } from "../views/problem.tsx";
import { Inert } from "../views/text.tsx";
import type { Problem } from "../types.ts";
import { mayCurate, problemOf, renew, signOut, useSession } from "./session.ts";
import type { Session } from "./session.ts";
import { SignIn } from "./sign_in.tsx";
import { Tokens, momentOf } from "./tokens.tsx";
import { Users } from "./users.tsx";

export default function AccountView(): VNode {
  const known = useSession();
  switch (known.state) {
    case "loading":
      return <Skeleton label="Looking who is signed in" />;
    case "failed":
      return <ProblemView problem={known.problem} retry={() => void renew()} />;
    case "ready":
      return known.session.authenticated ? <Account session={known.session} /> : <div class="account"><SignIn session={known.session} /></div>;
  }
}

function Account({ session }: { readonly session: Session }): VNode {
  const [problem, setProblem] = useState<Problem | null>(null);
  const leave = (): void => {
    signOut().catch((error: unknown) => setProblem(problemOf(error)));
  };
  return (
    <div class="account">
      <section aria-labelledby="account-title">
        <h1 id="account-title"><Inert text={session.name ?? ""} /></h1>
        <p>
          You are signed in as a <strong>{session.role}</strong>
          {session.expiresAt !== null && <> until {momentOf(session.expiresAt)}</>}.
        </p>
        {mayCurate(session) && <p><a href={place("curate")} data-inside>Go to the curator's bench</a></p>}
        {problem !== null && <PartProblem problem={problem} retry={leave} />}
        <button type="button" onClick={leave}>Sign out</button>
      </section>
      <Tokens />
      {session.role === "admin" && <Users me={session.name ?? ""} />}
    </div>
  );
}
