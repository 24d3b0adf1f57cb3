/** The small forms of the bench: why, into which claim, linked to which. */

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { VNode } from "preact";
import { useResource } from "../state.ts";
import type { Problem } from "../types.ts";
import { inWords } from "../words.ts";
import { Inert } from "../views/text.tsx";
import type { BenchArticle, BenchClaim } from "./claim.ts";
import { TermField } from "./fields.tsx";
import { alike, vocabularies } from "./service.ts";

const USUAL = [
  "The sentence does not say this.",
  "An entity is wrong.",
  "The direction or a negation is misread.",
  "Background or hypothesis, not shown here.",
  "Another claim says the same.",
  "It is about something else than an intervention.",
] as const;

interface ReasonProps {
  readonly value: string;
  readonly set: (value: string) => void;
  readonly label: string;
  readonly send?: () => void;
}

export function Reason({ value, set, label, send }: ReasonProps): VNode {
  return (
    <label class="reason">{label}
      <textarea rows={2} maxLength={4000} value={value} onInput={(event) => set(event.currentTarget.value)} onKeyDown={(event) => {
        if (send === undefined) return;
        const usual = value === "" && /^[1-6]$/.test(event.key) ? USUAL[Number(event.key) - 1] : undefined;
        if (usual !== undefined) set(usual);
        else if (event.key === "Enter" && !event.shiftKey) send();
        else return;
        event.preventDefault();
      }} />
    </label>
  );
}

interface FormProps {
  readonly problem: Problem | null;
  readonly busy: boolean;
  readonly close: () => void;
}

/** Rejecting: never without a reason. */
export function RejectForm({ problem, busy, close, send }: FormProps & { readonly send: (reason: string) => void }): VNode {
  const [reason, setReason] = useState("");
  const form = useFocus("textarea");
  const submit = (): void => {
    if (reason.trim() !== "") send(reason.trim());
  };
  return (
    <form ref={form} class="panel" aria-label="Reject the claim" onSubmit={(event) => { event.preventDefault(); submit(); }}>
      <Reason value={reason} set={setReason} label="Why is it wrong? A number takes a usual reason." send={submit} />
      <ol class="usual">
        {USUAL.map((usual, index) => <li key={usual}><button type="button" class="small" onClick={() => setReason(usual)}><kbd>{index + 1}</kbd> {usual}</button></li>)}
      </ol>
      <Errors problem={problem} />
      <p class="row"><button type="submit" class="chief" disabled={busy || reason.trim() === ""}>Reject</button><button type="button" onClick={close}>Cancel</button></p>
    </form>
  );
}

interface MergeProps extends FormProps {
  readonly claim: BenchClaim;
  readonly article: BenchArticle | null;
  readonly send: (into: string, reason: string) => void;
}

/** Merging: into another claim of the same article. */
export function MergeForm({ claim, article, problem, busy, close, send }: MergeProps): VNode {
  const others = (article?.claims ?? []).filter((each) => each.id !== claim.id && each.status !== "superseded" && each.status !== "rejected");
  const [into, setInto] = useState(others[0]?.id ?? "");
  const [reason, setReason] = useState("");
  const form = useFocus("input[type=radio]:checked, button");
  return (
    <form ref={form} class="panel" aria-label="Merge the claim" onSubmit={(event) => { event.preventDefault(); if (into !== "") send(into, reason.trim()); }}>
      {others.length === 0 ? <p>The article has no other claim to merge into.</p> : <Choice name="into" legend="Which claim says the same, and stays?" claims={others} value={into} set={setInto} />}
      <Reason value={reason} set={setReason} label="Why (may stay empty)" />
      <Errors problem={problem} />
      <p class="row"><button type="submit" class="chief" disabled={busy || into === ""}>Merge</button><button type="button" onClick={close}>Cancel</button></p>
    </form>
  );
}

interface LinkProps extends FormProps {
  readonly claim: BenchClaim;
  readonly article: BenchArticle | null;
  readonly send: (link: { type: string; claim: string }, reason: string) => void;
}

/** Linking: to a claim that it contradicts, refines, or bears on otherwise. */
export function LinkForm({ claim, article, problem, busy, close, send }: LinkProps): VNode {
  const terms = useResource("vocabularies", vocabularies);
  const same = useResource(`alike ${claim.id}`, () => alike(claim));
  const [type, setType] = useState("contradicts");
  const [target, setTarget] = useState("");
  const [reason, setReason] = useState("");
  const form = useFocus("select, input, textarea");
  const near = [...(same.state === "ready" ? same.value : []), ...(article?.claims ?? [])].filter((each) => each.id !== claim.id);
  const others = [...new Map(near.map((each) => [each.id, each])).values()];
  return (
    <form ref={form} class="panel" aria-label="Link the claim" onSubmit={(event) => { event.preventDefault(); if (target !== "") send({ type, claim: target.trim() }, reason.trim()); }}>
      {terms.state === "ready" && <TermField name="How it bears on the other" terms={ordered(terms.value.get("LinkType") ?? [])} value={type} set={(value) => setType(value ?? type)} />}
      {others.length > 0 && <Choice name="target" legend="Claims of the same article, and on the same agent and outcome" claims={others} value={target} set={setTarget} />}
      <label>Or the id of any claim <input type="text" value={target} pattern="[0-9a-f]{64}" spellcheck={false} autocomplete="off" onInput={(event) => setTarget(event.currentTarget.value)} /></label>
      <Reason value={reason} set={setReason} label="Why (may stay empty)" />
      <Errors problem={problem} />
      <p class="row"><button type="submit" class="chief" disabled={busy || target === ""}>Link</button><button type="button" onClick={close}>Cancel</button></p>
    </form>
  );
}

function ordered<T extends { readonly value: string }>(terms: readonly T[]): readonly T[] {
  const first = (term: T): number => (term.value === "contradicts" ? 0 : term.value === "refines" ? 1 : 2);
  return [...terms].sort((a, b) => first(a) - first(b));
}

interface ChoiceProps {
  readonly name: string;
  readonly legend: string;
  readonly claims: readonly BenchClaim[];
  readonly value: string;
  readonly set: (id: string) => void;
}

function Choice({ name, legend, claims, value, set }: ChoiceProps): VNode {
  return (
    <fieldset class="choice">
      <legend>{legend}</legend>
      {claims.map((each) => (
        <label key={each.id} class="check">
          <input type="radio" name={name} value={each.id} checked={each.id === value} onChange={() => set(each.id)} />
          <span><Inert text={each.statement} /> <span class="quiet">{inWords(each.status)}{each.article === null ? "" : `, ${each.article}`}</span></span>
        </label>
      ))}
    </fieldset>
  );
}

/** What the service refused, and where. */
export function Errors({ problem }: { readonly problem: Problem | null }): VNode | null {
  if (problem === null) return null;
  const fields = problem.fields.filter((field) => !problem.detail.includes(field.detail));
  return (
    <div role="alert" class="wrong">
      <p>{problem.title}. <Inert text={problem.detail} /></p>
      {fields.length > 0 && <ul>{fields.map((field) => <li key={field.pointer}><code>{field.pointer}</code> <Inert text={field.detail} /></li>)}</ul>}
    </div>
  );
}

/** Put the focus into a form when it opens. */
function useFocus(where: string) {
  const form = useRef<HTMLFormElement>(null);
  useLayoutEffect(() => form.current?.querySelector<HTMLElement>(where)?.focus(), []);
  return form;
}
