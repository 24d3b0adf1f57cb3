/** The curator's bench: a queue of claims, one of them large, and all decisions by keys. */

import "../account/account.css";
import "./bench.css";
import { useRef } from "preact/hooks";
import type { VNode } from "preact";
import { mayCurate, renew, useSession } from "../account/session.ts";
import { SignIn } from "../account/sign_in.tsx";
import type { ViewProps } from "../views/lazy.tsx";
import { Skeleton } from "../views/loading.tsx";
import { ProblemView } from "../views/problem.tsx";
import { Bench } from "./bench.tsx";

export default function BenchView({ route }: ViewProps): VNode {
  const known = useSession();
  const me = useRef<string | null>(null);
  if (known.state === "loading") return <Skeleton label="Looking who is signed in" />;
  if (known.state === "failed") return <ProblemView problem={known.problem} retry={() => void renew()} />;
  const { session } = known;
  if (session.authenticated && session.name !== null && mayCurate(session)) me.current = session.name;
  if (me.current === null && session.authenticated) {
    return (
      <section class="notice">
        <h1>The bench is for curators</h1>
        <p>You are signed in as {session.name}, a {session.role}. Ask whoever runs this service to make you a curator.</p>
      </section>
    );
  }
  return (
    <>
      {!session.authenticated && <SignIn session={session} reason={me.current === null ? "The bench is for curators." : "Your session has ended. Sign in again: what you were doing is kept."} />}
      {me.current !== null && <Bench route={route} me={me.current} quorum={session.quorum} />}
    </>
  );
}
