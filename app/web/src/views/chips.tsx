/** What the question was read as, as chips that can be changed; each change asks again. */

import { useState } from "preact/hooks";
import type { VNode } from "preact";
import { CONTEXT_TYPES, EFFECTS, MOST_EXCLUDED, MOST_HOPS, SETTINGS, askedAt, askingOf } from "../asking.ts";
import type { Asking } from "../asking.ts";
import { go } from "../router.ts";
import { useEntityName, useFound } from "../state.ts";
import type { Answer, AskedContext, SideEffect } from "../types.ts";
import { dayOf, inWords } from "../words.ts";
import { Combobox } from "./combobox.tsx";
import { Inert } from "./text.tsx";

interface Props {
  readonly answer: Answer;
  /** The revision, time or day that is asked; null for the latest. */
  readonly asOf: string | null;
}

type Opened = "outcome" | "context" | "side" | "time" | null;

export function Chips({ answer, asOf }: Props): VNode {
  const [opened, setOpened] = useState<Opened>(null);
  const { query } = answer;
  const asking = askingOf(query);
  const ask = (change: Partial<Asking>, when = asOf): void => {
    setOpened(null);
    go(askedAt({ ...asking, ...change }, when));
  };
  const toggle = (which: Exclude<Opened, null>) => () => setOpened(opened === which ? null : which);
  return (
    <div class="reading">
      <div class="chips" role="group" aria-label="What the question was read as; each can be changed">
        <button type="button" class="chip" aria-expanded={opened === "outcome"} onClick={toggle("outcome")}>
          <span class="chip-name">Outcome</span> <Inert text={query.outcome.name} /> <code>{query.outcome.id}</code>
        </button>
        <label class="chip">
          <span class="chip-name">Effect</span>
          <select value={asking.effect} onChange={(event) => ask({ effect: event.currentTarget.value })}>
            {EFFECTS.map(({ name, meaning }) => <option key={name} value={name} title={meaning}>{inWords(name)}</option>)}
          </select>
        </label>
        {query.context.map((item, index) => (
          <ContextChip key={`${item.type}:${item.id}`} item={item} remove={() => ask({ context: asking.context.filter((_, at) => at !== index) })} />
        ))}
        <button type="button" class="chip" aria-expanded={opened === "context"} onClick={toggle("context")}>
          {query.context.length === 0 ? <><span class="chip-name">Context</span> any</> : "Add a context"}
        </button>
        <label class="chip">
          <span class="chip-name">Hops</span>
          <select value={String(asking.maxHops)} onChange={(event) => ask({ maxHops: Number(event.currentTarget.value) })}>
            {Array.from({ length: MOST_HOPS }, (_, index) => <option key={index} value={String(index + 1)}>at most {index + 1}</option>)}
          </select>
        </label>
        <Switch on={asking.candidates} name="candidates" title="Also use claims that no curator has judged" put={(candidates) => ask({ candidates })} />
        <Switch on={asking.background} name="background" title="Also use what the authors only cite or suppose" put={(background) => ask({ background })} />
        <Switch on={asking.matched} name="matched only" title="Only paths whose every hop was shown in the direction of the intervention" put={(matched) => ask({ matched })} />
        <Switch on={asking.simulate} name="simulated" title="Also run every intervention in an ensemble of networks that agree with what is known, and order predictions by what they do there" put={(simulate) => ask({ simulate })} />
        {query.excluding.map((item, index) => (
          <SideEffectChip key={`${item.effect} ${item.outcome.id}`} item={item} remove={() => ask({ excluding: asking.excluding.filter((_, at) => at !== index) })} />
        ))}
        {query.excluding.length < MOST_EXCLUDED && (
          <button type="button" class="chip" aria-expanded={opened === "side"} onClick={toggle("side")} title="Ask of each answer whether it also has an effect that you do not want">
            {query.excluding.length === 0 ? "Without a side effect" : "Add a side effect"}
          </button>
        )}
        <label class="chip" title="How predictions are ordered: by where they stand by all rules, or by net influence alone">
          <span class="chip-name">Order</span>
          <select value={asking.order} onChange={(event) => ask({ order: event.currentTarget.value })}>
            <option value="standing">standing</option>
            <option value="influence">influence</option>
          </select>
        </label>
        <button type="button" class="chip" aria-expanded={opened === "time"} onClick={toggle("time")}>
          <span class="chip-name">As of</span> {moment(answer, asOf)}
        </button>
      </div>
      {opened === "outcome" && <ChooseEntity id="outcome" label="Another outcome" choose={(outcome) => ask({ outcome })} />}
      {opened === "context" && <AddContext add={(item) => ask({ context: [...asking.context, item] })} />}
      {opened === "side" && <AddSideEffect add={(item) => ask({ excluding: [...asking.excluding, item] })} />}
      {opened === "time" && <ChooseTime asOf={asOf} choose={(when) => ask({}, when)} />}
    </div>
  );
}

function moment({ snapshot }: Answer, asOf: string | null): string {
  if (snapshot === null) return asOf ?? "the latest";
  const revision = `revision ${snapshot.revision}, ${dayOf(snapshot.createdAt)}`;
  return asOf === null ? `the latest: ${revision}` : revision;
}

interface SwitchProps {
  readonly on: boolean;
  readonly name: string;
  readonly title: string;
  readonly put: (on: boolean) => void;
}

function Switch({ on, name, title, put }: SwitchProps): VNode {
  return (
    <label class={on ? "chip chip-on" : "chip"} title={title}>
      <input type="checkbox" checked={on} onChange={(event) => put(event.currentTarget.checked)} />
      {name}
    </label>
  );
}

function ContextChip({ item, remove }: { readonly item: AskedContext; readonly remove: () => void }): VNode {
  const name = useEntityName(item.id);
  const shown = item.type === "setting" ? inWords(item.id) : name;
  return (
    <span class="chip chip-on">
      <span class="chip-name">{inWords(item.type)}</span> <Inert text={shown} />
      <button type="button" aria-label={`Take away the context ${shown}`} onClick={remove}>×</button>
    </span>
  );
}

function SideEffectChip({ item, remove }: { readonly item: SideEffect; readonly remove: () => void }): VNode {
  const said = `${inWords(item.effect)} ${item.outcome.name}`;
  return (
    <span class="chip chip-on">
      <span class="chip-name">Without</span> {inWords(item.effect)} <Inert text={item.outcome.name} />
      <button type="button" aria-label={`Take away the side effect ${said}`} onClick={remove}>×</button>
    </span>
  );
}

interface ChooseProps {
  readonly id: string;
  readonly label: string;
  readonly choose: (curie: string) => void;
  /** Whether it takes the focus when it appears, since it was just asked for. */
  readonly focused?: boolean;
}

/** A box that finds an entity by its name; Enter without a choice takes the name as it is. */
export function ChooseEntity({ id, label, choose, focused = true }: ChooseProps): VNode {
  const [text, setText] = useState("");
  const { hits, waiting } = useFound(text.trim() === "" ? null : text.trim());
  return (
    <form
      class="chooser"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== "") choose(text.trim());
      }}
    >
      <Combobox
        id={`choose-${id}`}
        label={label}
        text={text}
        placeholder={`${label}: a name or a CURIE`}
        choices={hits.map((hit) => ({
          key: hit.id,
          show: <><Inert text={hit.name} /> <span class="offer-note">{hit.category}</span> <span class="offer-detail">{hit.id}</span></>,
        }))}
        waiting={waiting}
        onText={setText}
        onChoose={(index) => {
          const hit = hits[index];
          if (hit !== undefined) choose(hit.id);
          return true;
        }}
        focused={focused}
      />
    </form>
  );
}

function AddSideEffect({ add }: { readonly add: (item: string) => void }): VNode {
  const [effect, setEffect] = useState("induces");
  return (
    <div class="chooser-row">
      <label>
        <span class="unseen">Unwanted effect</span>
        <select value={effect} onChange={(event) => setEffect(event.currentTarget.value)}>
          {EFFECTS.filter(({ name }) => name !== "no_effect").map(({ name, meaning }) => <option key={name} value={name} title={meaning} selected={name === effect}>{inWords(name)}</option>)}
        </select>
      </label>
      <ChooseEntity id="side" label="Unwanted on what" choose={(curie) => add(`${curie}:${effect}`)} />
    </div>
  );
}

function AddContext({ add }: { readonly add: (item: string) => void }): VNode {
  const [type, setType] = useState<string>(CONTEXT_TYPES[0]);
  return (
    <div class="chooser-row">
      <label>
        <span class="unseen">Kind of context</span>
        <select value={type} onChange={(event) => setType(event.currentTarget.value)}>
          {CONTEXT_TYPES.map((each) => <option key={each} value={each}>{inWords(each)}</option>)}
        </select>
      </label>
      {type === "setting" ? (
        SETTINGS.map((setting) => <button type="button" key={setting} onClick={() => add(`setting:${setting}`)}>{inWords(setting)}</button>)
      ) : (
        <ChooseEntity key={type} id="context" label={`In which ${inWords(type)}`} choose={(curie) => add(`${type}:${curie}`)} />
      )}
    </div>
  );
}

function ChooseTime({ asOf, choose }: { readonly asOf: string | null; readonly choose: (asOf: string | null) => void }): VNode {
  const [text, setText] = useState(asOf ?? "");
  return (
    <form
      class="chooser-row"
      onSubmit={(event) => {
        event.preventDefault();
        choose(text.trim() === "" ? null : text.trim());
      }}
    >
      <label>
        A revision, a day or a time
        <input type="text" value={text} placeholder="18, 2026-01-31 or 2026-01-31T12:00:00Z" onInput={(event) => setText(event.currentTarget.value)} ref={(box) => box?.focus()} />
      </label>
      <button type="submit">Ask as of then</button>
      <button type="button" onClick={() => choose(null)}>The latest</button>
    </form>
  );
}
