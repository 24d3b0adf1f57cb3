/** Writing a claim: correcting one, parting one, or adding one that was missed. */

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { VNode } from "preact";
import { useResource } from "../state.ts";
import type { Problem } from "../types.ts";
import { Skeleton } from "../views/loading.tsx";
import { PartProblem } from "../views/problem.tsx";
import { marksOf } from "./claim.ts";
import type { BenchArticle, Draft, Span } from "./claim.ts";
import { Errors, Reason } from "./forms.tsx";
import { selected, sentence, span } from "./sentences.ts";
import { vocabularies } from "./service.ts";
import { SlotFields, placeOf, withSpan } from "./slots.tsx";
import { Legend, Slotted } from "./text.tsx";

export type Purpose = "correct" | "split" | "add";

const TITLES: Readonly<Record<Purpose, string>> = {
  correct: "Correct the claim",
  split: "Split the claim",
  add: "Add a claim that was missed",
};

interface Props {
  readonly purpose: Purpose;
  readonly article: BenchArticle;
  readonly first: Draft;
  readonly problem: Problem | null;
  readonly busy: boolean;
  readonly send: (drafts: readonly Draft[], reason: string) => void;
  readonly close: () => void;
}

export function Editor({ purpose, article, first, problem, busy, send, close }: Props): VNode {
  const [drafts, setDrafts] = useState<readonly Draft[]>(purpose === "split" ? [first, first] : [first]);
  const [at, setAt] = useState(0);
  const [active, setActive] = useState("agent");
  const [reason, setReason] = useState("");
  const [attempt, setAttempt] = useState(0);
  const terms = useResource("vocabularies", vocabularies, attempt);
  const text = useRef<HTMLDivElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => title.current?.focus(), []);
  const draft = drafts[at] ?? first;
  const change = (next: Draft): void => setDrafts(drafts.map((each, index) => (index === at ? next : each)));
  const take = (): void => {
    const found = text.current === null ? null : selected(text.current, article.points);
    if (found !== null) change(withSpan(draft, active, found));
  };
  const submit = (): void => send(drafts.map((each) => quoted(each, article)), reason.trim());
  const marks = marksOf(draft);
  const origin = placeOf(draft, "quote")?.start ?? article.title.length + 1;
  return (
    <form class="editor" aria-labelledby="editor-title" onSubmit={(event) => { event.preventDefault(); submit(); }}
      onKeyDown={(event) => { if (event.key === "Enter" && event.ctrlKey) { event.preventDefault(); submit(); } }}>
      <h3 id="editor-title" tabIndex={-1} ref={title}>{TITLES[purpose]}</h3>
      <p class="quiet">Choose a slot below, then select its words here; or move them with the arrow keys, Shift for their ends.</p>
      <div class="article-text editable" ref={text} tabIndex={0} role="region" aria-label="The article's text" onMouseUp={take} onTouchEnd={take}><Slotted text={article.text} marks={marks} /></div>
      <Legend marks={marks} />
      {purpose === "split" && <Parts count={drafts.length} at={at} go={setAt} more={() => { setDrafts([...drafts, draft]); setAt(drafts.length); }}
        less={() => { setDrafts(drafts.filter((_, index) => index !== at)); setAt(0); }} />}
      {terms.state === "loading" && <Skeleton label="Loading the vocabularies" />}
      {terms.state === "failed" && <PartProblem problem={terms.problem} retry={() => setAttempt(attempt + 1)} />}
      {terms.state === "ready" && <SlotFields key={at} draft={draft} change={change} points={article.points} origin={origin} active={active} activate={setActive} terms={terms.value} />}
      <Errors problem={problem} />
      {purpose !== "add" && <Reason value={reason} set={setReason} label="Why (may stay empty)" />}
      <p class="row">
        <button type="submit" class="chief" disabled={busy}>{purpose === "add" ? "Add it" : purpose === "split" ? `Put these ${drafts.length} in its place` : "Put this in its place"}</button>
        <button type="button" onClick={close}>Cancel</button>
      </p>
    </form>
  );
}

interface PartsProps {
  readonly count: number;
  readonly at: number;
  readonly go: (part: number) => void;
  readonly more: () => void;
  readonly less: () => void;
}

function Parts({ count, at, go, more, less }: PartsProps): VNode {
  return (
    <p class="row parts">
      {Array.from({ length: count }, (_, index) => (
        <button key={index} type="button" aria-pressed={index === at} onClick={() => go(index)}>Part {index + 1}</button>
      ))}
      <button type="button" onClick={more}>One more part</button>
      {count > 2 && <button type="button" onClick={less}>Leave part {at + 1} out</button>}
    </p>
  );
}

/** A draft whose quote is what was chosen, or else the sentence that its slots stand in. */
function quoted(draft: Draft, article: BenchArticle): Draft {
  if (draft.quotes.length > 0) return draft;
  const places: Span[] = marksOf(draft).filter((mark) => mark.slot !== "context");
  if (places.length === 0) return draft;
  const whole = sentence(article.points, Math.min(...places.map(({ start }) => start)), Math.max(...places.map(({ end }) => end)));
  return { ...draft, quotes: [span(article.points, whole.start, whole.end)] };
}
