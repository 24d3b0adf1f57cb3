/** Somebody else decided meanwhile: what they did, and what to do with one's own decision. */

import { useLayoutEffect, useRef } from "preact/hooks";
import type { VNode } from "preact";
import { inWords } from "../words.ts";
import { Inert } from "../views/text.tsx";
import { Said } from "./history.tsx";
import type { BenchClaim, Decision } from "./claim.ts";
import type { Body } from "./service.ts";

export interface Conflict {
  /** What was to be sent; it is kept until it is sent or given up. */
  readonly body: Body;
  readonly claim: BenchClaim;
  readonly etag: string;
  /** All decisions on the claim as it stands now. */
  readonly decisions: readonly Decision[];
  /** Those that one had not seen. */
  readonly fresh: readonly Decision[];
}

interface Props {
  readonly conflict: Conflict;
  readonly busy: boolean;
  readonly again: () => void;
  readonly leave: () => void;
}

export function ConflictView({ conflict, busy, again, leave }: Props): VNode {
  const title = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => title.current?.focus(), []);
  const { body, claim, fresh, decisions } = conflict;
  return (
    <section class="conflict" role="alertdialog" aria-labelledby="conflict-title">
      <h3 id="conflict-title" tabIndex={-1} ref={title}>Somebody was quicker</h3>
      {fresh.map((each) => <Said key={each.id} decision={each} all={decisions} />)}
      <p>The claim is <strong>{inWords(claim.status)}</strong> now: <Inert text={claim.statement} /></p>
      <p>You were about to <strong>{inWords(body.type)}</strong> it{typeof body["reason"] === "string" && body["reason"] !== "" ? <>: “<Inert text={body["reason"]} />”</> : ""}. Nothing of that is lost.</p>
      <p class="row">
        <button type="button" class="chief" disabled={busy} onClick={again}>{capital(inWords(body.type))} nevertheless</button>
        <button type="button" onClick={leave}>Leave it as it is</button>
      </p>
    </section>
  );
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
