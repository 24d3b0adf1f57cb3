/** All slots of a claim as fields. */

import type { VNode } from "preact";
import type { ContextItem, Draft, Grounding, Participant, Relation, Span } from "./claim.ts";
import { EntityField, SpanField, TermField } from "./fields.tsx";
import type { Term, Vocabularies } from "./service.ts";

/** The words that a slot of the editor points at; `context 0` is the first item of the context. */
export function placeOf(draft: Draft, slot: string): Span | null {
  const [name, number] = slot.split(" ");
  switch (name) {
    case "agent": return draft.agent.mention;
    case "perturbation": return draft.perturbation.trigger;
    case "means": return draft.perturbation.means?.mention ?? null;
    case "aspect": return draft.outcome.aspect_mention ?? null;
    case "subject":
    case "object": return draft.outcome.relation?.[name].mention ?? null;
    case "epistemic": return draft.epistemic_cue;
    case "predicate": return draft.predicate.trigger;
    case "outcome": return draft.outcome.mention;
    case "cue": return draft.evidence.cue;
    case "context": return draft.context[Number(number)]?.mention ?? null;
    default: {
      const quote = draft.quotes[0];
      return quote === undefined || quote.start === null || quote.end === null ? null : { start: quote.start, end: quote.end, text: quote.text };
    }
  }
}

/** A draft with other words in a slot. */
export function withSpan(draft: Draft, slot: string, value: Span | null): Draft {
  const [name, number] = slot.split(" ");
  switch (name) {
    case "agent": return { ...draft, agent: { ...draft.agent, mention: value, antecedent: null } };
    case "perturbation": return { ...draft, perturbation: { ...draft.perturbation, trigger: value } };
    case "means": return { ...draft, perturbation: { ...draft.perturbation, means: value === null ? null : { groundings: [], ...draft.perturbation.means, mention: value } } };
    case "aspect": return { ...draft, outcome: { ...draft.outcome, aspect_mention: value } };
    case "subject":
    case "object": return withRelation(draft, (relation) => ({ ...relation, [name]: { ...relation[name], mention: value, antecedent: null } }));
    case "epistemic": return { ...draft, epistemic_cue: value };
    case "predicate": return { ...draft, predicate: { ...draft.predicate, trigger: value } };
    case "outcome": return { ...draft, outcome: { ...draft.outcome, mention: value, antecedent: null } };
    case "cue": return { ...draft, evidence: { ...draft.evidence, cue: value } };
    case "context": return { ...draft, context: draft.context.map((item, index) => (index === Number(number) ? { ...item, mention: value } : item)) };
    default: return { ...draft, quotes: value === null ? [] : [value, ...draft.quotes.slice(1)] };
  }
}

/** A draft whose outcome's relation is changed; one without a relation stays as it is. */
function withRelation(draft: Draft, change: (relation: Relation) => Relation): Draft {
  const { relation } = draft.outcome;
  return relation === null || relation === undefined ? draft : { ...draft, outcome: { ...draft.outcome, relation: change(relation) } };
}

interface Props {
  readonly draft: Draft;
  readonly change: (draft: Draft) => void;
  readonly points: readonly string[];
  readonly origin: number;
  readonly active: string;
  readonly activate: (slot: string) => void;
  readonly terms: Vocabularies;
}

export function SlotFields({ draft, change, points, origin, active, activate, terms }: Props): VNode {
  const of = (name: string): readonly Term[] => terms.get(name) ?? [];
  const words = (slot: string, name: string, needed = false): VNode => (
    <SpanField name={name} points={points} origin={origin} value={placeOf(draft, slot)} active={active === slot} activate={() => activate(slot)}
      set={(value) => change(withSpan(draft, slot, value))} needed={needed} />
  );
  const perturb = (type: string | null): void => {
    const chosen = of("PerturbationType").find((each) => each.value === type);
    if (chosen !== undefined) change({ ...draft, perturbation: { ...draft.perturbation, type: chosen.value, direction: chosen.direction ?? draft.perturbation.direction } });
  };
  const fixed = of("PerturbationType").find((each) => each.value === draft.perturbation.type)?.direction ?? null;
  return (
    <div class="slots">
      <fieldset>
        <legend>Agent</legend>
        {words("agent", "Agent, its words", true)}
        <EntityField name="Agent" value={draft.agent.groundings} set={(groundings) => change({ ...draft, agent: grounded(draft.agent, groundings) })} />
        <TermField name="What of the agent" terms={of("Measure")} value={draft.agent.measure ?? null} none="not said" set={(measure) => change({ ...draft, agent: { ...draft.agent, measure } })} />
        <Together of={draft.agent} apart={() => change({ ...draft, agent: { ...draft.agent, composition: null } })} />
      </fieldset>
      <fieldset>
        <legend>What was done to it</legend>
        {words("perturbation", "Perturbation, its words")}
        <TermField name="Perturbation" terms={of("PerturbationType")} value={draft.perturbation.type} set={perturb} />
        {words("means", "Means, its words")}
        {draft.perturbation.means !== null && <EntityField name="Means" value={draft.perturbation.means.groundings} set={(groundings) => change(withMeans(draft, groundings))} />}
        {fixed === null && <TermField name="Direction of the perturbation" terms={of("Sign")} value={draft.perturbation.direction} set={(direction) => change({ ...draft, perturbation: { ...draft.perturbation, direction: direction ?? "0" } })} />}
      </fieldset>
      <fieldset>
        <legend>What it did</legend>
        {words("predicate", "Predicate, its words")}
        <TermField name="Predicate" terms={of("PredicateType")} value={draft.predicate.type} set={(type) => change({ ...draft, predicate: { ...draft.predicate, type: type ?? draft.predicate.type } })} />
        <label class="check"><input type="checkbox" checked={draft.negated} onChange={(event) => change({ ...draft, negated: event.currentTarget.checked })} /> The text denies it</label>
        <TermField name="Strength" terms={of("Strength")} value={draft.strength} none="not said" set={(strength) => change({ ...draft, strength })} />
        <TermField name="When, relative to the inducer" terms={of("Timing")} value={draft.timing} none="not said" set={(timing) => change({ ...draft, timing })} />
      </fieldset>
      <fieldset>
        <legend>Outcome</legend>
        {words("outcome", "Outcome, its words", true)}
        <EntityField name="Outcome" value={draft.outcome.groundings} set={(groundings) => change({ ...draft, outcome: grounded(draft.outcome, groundings) })} />
        <TermField name="Direction of the outcome" terms={of("OutcomeDirection")} value={draft.outcome.direction} set={(direction) => change({ ...draft, outcome: { ...draft.outcome, direction: direction ?? "none" } })} />
        {words("aspect", "Aspect, its words")}
        <TermField name="Aspect" terms={of("Aspect")} value={draft.outcome.aspect} none="not said" set={(aspect) => change({ ...draft, outcome: { ...draft.outcome, aspect } })} />
        <TermField name="What of the outcome" terms={of("Measure")} value={draft.outcome.measure ?? null} none="not said" set={(measure) => change({ ...draft, outcome: { ...draft.outcome, measure } })} />
        <Together of={draft.outcome} apart={() => change({ ...draft, outcome: { ...draft.outcome, composition: null } })} />
        <RelationFields draft={draft} change={change} words={words} signs={of("Sign")} />
      </fieldset>
      <fieldset>
        <legend>How it was shown</legend>
        <TermField name="Evidence" terms={of("EvidenceType")} value={draft.evidence.type} set={(type) => change({ ...draft, evidence: { ...draft.evidence, type: type ?? draft.evidence.type } })} />
        <TermField name="It supports" terms={of("Supports")} value={draft.evidence.supports} set={(supports) => change({ ...draft, evidence: { ...draft.evidence, supports: supports ?? "none" } })} />
        <TermField name="How strongly it is said" terms={of("Epistemic")} value={draft.epistemic} set={(epistemic) => change({ ...draft, epistemic: epistemic ?? draft.epistemic })} />
        {words("cue", "Cue of the evidence")}
        {words("epistemic", "Cue of how strongly")}
        {words("quote", "Quote")}
      </fieldset>
      <Contexts draft={draft} change={change} words={words} terms={terms} />
    </div>
  );
}

function withMeans(draft: Draft, groundings: readonly Grounding[]): Draft {
  const { means } = draft.perturbation;
  return means === null ? draft : { ...draft, perturbation: { ...draft.perturbation, means: { ...means, groundings } } };
}

interface RelationProps {
  readonly draft: Draft;
  readonly change: (draft: Draft) => void;
  readonly words: (slot: string, name: string) => VNode;
  readonly signs: readonly Term[];
}

/** The outcome where it is itself a relation: "A is required for B's effect on C". */
function RelationFields({ draft, change, words, signs }: RelationProps): VNode {
  const relation = draft.outcome.relation ?? null;
  const put = (next: Relation | null): void => change({ ...draft, outcome: { ...draft.outcome, relation: next } });
  const ground = (end: "subject" | "object", groundings: readonly Grounding[]): void =>
    change(withRelation(draft, (held) => ({ ...held, [end]: grounded(held[end], groundings) })));
  if (relation === null) {
    const begun = { subject: { mention: null, groundings: [] }, sign: "+", object: { mention: null, groundings: draft.outcome.groundings } };
    return <button type="button" class="small" onClick={() => put(begun)}>It is an effect of one thing on another</button>;
  }
  return (
    <div class="context-item" role="group" aria-label="The effect of one thing on another">
      <p class="quiet">The outcome is an effect of one thing on another; the direction above is the change of that effect.</p>
      {words("subject", "Cause in the outcome, its words")}
      <EntityField name="Cause in the outcome" value={relation.subject.groundings} set={(groundings) => ground("subject", groundings)} />
      <TermField name="Its sign" terms={signs} value={relation.sign} set={(sign) => put({ ...relation, sign: sign ?? relation.sign })} />
      {words("object", "What it acts on, its words")}
      <EntityField name="What it acts on" value={relation.object.groundings} set={(groundings) => ground("object", groundings)} />
      <button type="button" class="small" onClick={() => put(null)}>It is no such effect</button>
    </div>
  );
}

/** A participant with other groundings; its members stay only where nothing is put in their place. */
function grounded<P extends Participant>(participant: P, groundings: readonly Grounding[]): P {
  return { ...participant, groundings };
}

function Together({ of, apart }: { readonly of: Participant; readonly apart: () => void }): VNode | null {
  if (of.composition === null || of.composition === undefined) return null;
  return <p class="quiet">It names {of.composition.members.length} together ({of.composition.op}). <button type="button" class="small" onClick={apart}>Take it as one</button></p>;
}

interface ContextProps {
  readonly draft: Draft;
  readonly change: (draft: Draft) => void;
  readonly words: (slot: string, name: string) => VNode;
  readonly terms: Vocabularies;
}

function Contexts({ draft, change, words, terms }: ContextProps): VNode {
  const put = (context: readonly ContextItem[]): void => change({ ...draft, context });
  const change1 = (at: number, item: ContextItem): void => put(draft.context.map((each, index) => (index === at ? item : each)));
  const of = (name: string): readonly Term[] => terms.get(name) ?? [];
  return (
    <fieldset>
      <legend>Context</legend>
      {draft.context.map((item, at) => (
        <div key={at} class="context-item">
          <TermField name={`Context ${at + 1}`} terms={of("ContextType")} value={item.type} set={(type) => change1(at, kept(item, type ?? item.type))} />
          {words(`context ${at}`, `Context ${at + 1}, its words`)}
          {item.type === "setting"
            ? <TermField name={`Setting ${at + 1}`} terms={of("Setting")} value={item.value ?? null} set={(value) => change1(at, { ...item, value })} />
            : <EntityField name={`Entity of context ${at + 1}`} value={item.groundings} set={(groundings) => change1(at, { ...item, groundings })} />}
          {item.type === "co_stimulus" && <TermField name={`State of context ${at + 1}`} terms={of("Presence")} value={item.state ?? null} none="not said" set={(state) => change1(at, { ...item, state })} />}
          {item.type === "co_perturbation" && <TermField name={`Direction of context ${at + 1}`} terms={of("Sign")} value={item.direction ?? null} none="not said" set={(direction) => change1(at, { ...item, direction })} />}
          <button type="button" class="small" onClick={() => put(draft.context.filter((_, index) => index !== at))}>Leave context {at + 1} out</button>
        </div>
      ))}
      <button type="button" onClick={() => put([...draft.context, { type: "cell", mention: null, groundings: [] }])}>Add a context</button>
    </fieldset>
  );
}

/** An item of another type: a setting has a value in the place of an entity, the rest have none. */
function kept(item: ContextItem, type: string): ContextItem {
  const { mention, groundings } = item;
  return type === "setting" ? { type, mention, groundings: [], value: item.value ?? "in_vitro" } : { type, mention, groundings };
}
