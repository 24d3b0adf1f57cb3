/** The fields of a claim: words in the text, entities, and terms of a vocabulary. */

import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { VNode } from "preact";
import { inWords } from "../words.ts";
import { Inert } from "../views/text.tsx";
import type { Grounding, Span } from "./claim.ts";
import { moved } from "./sentences.ts";
import type { Move } from "./sentences.ts";
import { entities } from "./service.ts";
import type { EntityHit, Term } from "./service.ts";

interface SpanProps {
  readonly name: string;
  readonly points: readonly string[];
  readonly origin: number;
  readonly value: Span | null;
  readonly active: boolean;
  readonly activate: () => void;
  readonly set: (value: Span | null) => void;
  readonly needed?: boolean;
}

const PLAIN: Readonly<Record<string, Move>> = { ArrowRight: "next", ArrowLeft: "previous" };
const SHIFTED: Readonly<Record<string, Move>> = { ArrowRight: "longer", ArrowLeft: "shorter", ArrowUp: "earlier", ArrowDown: "later" };

/** Words of the text: chosen by selecting them above, or moved with the arrow keys. */
export function SpanField({ name, points, origin, value, active, activate, set, needed = false }: SpanProps): VNode {
  const onKey = (event: KeyboardEvent): void => {
    const move = (event.shiftKey ? SHIFTED : PLAIN)[event.key];
    if (move !== undefined) {
      event.preventDefault();
      set(moved(points, value, move, origin));
    } else if (!needed && (event.key === "Delete" || event.key === "Backspace")) {
      event.preventDefault();
      set(null);
    }
  };
  return (
    <div class="span-field">
      <button type="button" class="words" aria-pressed={active} onClick={activate} onFocus={activate} onKeyDown={onKey}>
        <span class="field-name">{name}</span>
        {value === null ? <em>select its words in the text</em> : <Inert text={value.text} />}
      </button>
      {!needed && value !== null && <button type="button" class="small" aria-label={`No words for ${name}`} onClick={() => set(null)}>×</button>}
    </div>
  );
}

interface EntityProps {
  readonly name: string;
  readonly value: readonly Grounding[];
  readonly set: (value: readonly Grounding[]) => void;
}

const WAIT = 150;

/** An entity, found by any of its names. */
export function EntityField({ name, value, set }: EntityProps): VNode {
  const [query, setQuery] = useState("");
  const [hits, setHits] = useState<readonly EntityHit[]>([]);
  const [at, setAt] = useState(0);
  const [state, setState] = useState("");
  const id = useId();
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (query.trim() === "") {
      setHits([]);
      setState("");
      return;
    }
    let gone = false;
    const timer = setTimeout(() => {
      entities(query.trim()).then(
        (found) => {
          if (gone) return;
          setHits(found);
          setAt(0);
          setState(found.length === 0 ? "Nothing of that name" : `${found.length} found`);
        },
        () => !gone && setState("The search did not answer; type on to try again"),
      );
    }, WAIT);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [query]);
  const choose = (hit: EntityHit): void => {
    set([{ id: hit.id, name: hit.name, score: 1 }]);
    setQuery("");
    box.current?.focus();
  };
  const onKey = (event: KeyboardEvent): void => {
    const hit = hits[at];
    if (event.key === "ArrowDown" && hits.length > 0) setAt((at + 1) % hits.length);
    else if (event.key === "ArrowUp" && hits.length > 0) setAt((at + hits.length - 1) % hits.length);
    else if (event.key === "Enter" && !event.ctrlKey && hit !== undefined) choose(hit);
    else if (event.key === "Escape" && query !== "") setQuery("");
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const top = value[0];
  return (
    <div class="entity-field">
      <label for={id}>{name}</label>
      <p class="chosen">{top === undefined ? <em class="quiet">no entity</em> : <><Inert text={top.name} /> <code>{top.id}</code></>}
        {top !== undefined && <button type="button" class="small" aria-label={`No entity for ${name}`} onClick={() => set([])}>×</button>}</p>
      <input ref={box} id={id} type="text" role="combobox" autocomplete="off" spellcheck={false} placeholder="Search for another" value={query}
        aria-expanded={hits.length > 0} aria-controls={`${id}-list`} aria-autocomplete="list" {...(hits.length > 0 ? { "aria-activedescendant": `${id}-${at}` } : {})}
        onInput={(event) => setQuery(event.currentTarget.value)} onKeyDown={onKey} />
      <ul id={`${id}-list`} role="listbox" aria-label={`Found for ${name}`} hidden={hits.length === 0}>
        {hits.map((hit, index) => (
          <li key={hit.id} id={`${id}-${index}`} role="option" aria-selected={index === at} onMouseDown={(event) => event.preventDefault()} onClick={() => choose(hit)}>
            <Inert text={hit.name} /> <code>{hit.id}</code> <span class="quiet">{inWords(hit.category)}{hit.matched !== hit.name && <>, as “<Inert text={hit.matched} />”</>}</span>
          </li>
        ))}
      </ul>
      <p role="status" class="unseen">{state}</p>
    </div>
  );
}

interface TermProps {
  readonly name: string;
  readonly terms: readonly Term[];
  readonly value: string | null;
  readonly set: (value: string | null) => void;
  /** What none is called; without it one must be chosen. */
  readonly none?: string;
}

const SHOWN = 90;

/** A term of a vocabulary, each with its definition. */
export function TermField({ name, terms, value, set, none }: TermProps): VNode {
  const id = useId();
  const chosen = terms.find((each) => each.value === value);
  return (
    <div class="term-field">
      <label for={id}>{name}</label>
      <select id={id} value={value ?? ""} aria-describedby={`${id}-meaning`} onChange={(event) => set(event.currentTarget.value === "" ? null : event.currentTarget.value)}>
        {none !== undefined && <option value="" selected={value === null}>{none}</option>}
        {terms.map((each) => <option key={each.value} value={each.value} selected={each.value === value}>{inWords(each.value)}: {short(each.definition)}</option>)}
      </select>
      <p id={`${id}-meaning`} class="meaning">{chosen?.definition ?? ""}</p>
    </div>
  );
}

function short(definition: string): string {
  return definition.length <= SHOWN ? definition : `${definition.slice(0, SHOWN)} …`;
}
