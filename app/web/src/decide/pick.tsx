/** Fields that hold entities: one, or several, each shown by its name and taken away again. */

import { useState } from "preact/hooks";
import type { VNode } from "preact";
import { useEntityName } from "../state.ts";
import { ChooseEntity } from "../views/chips.tsx";
import { Inert } from "../views/text.tsx";

interface OneProps {
  readonly id: string;
  readonly label: string;
  /** A CURIE or a name; empty for none yet. */
  readonly value: string;
  readonly put: (value: string) => void;
}

export function PickOne({ id, label, value, put }: OneProps): VNode {
  const [changing, setChanging] = useState(false);
  const choose = (curie: string): void => {
    setChanging(false);
    put(curie);
  };
  return (
    <div class="pick" role="group" aria-labelledby={`pick-${id}`}>
      <span class="pick-name" id={`pick-${id}`}>{label}</span>
      {value === "" || changing
        ? <ChooseEntity id={id} label={label} choose={choose} focused={changing} />
        : <button type="button" class="chip chip-on" onClick={() => setChanging(true)}><Named id={value} /> <span class="quiet">change</span></button>}
    </div>
  );
}

interface ManyProps {
  readonly id: string;
  readonly label: string;
  readonly values: readonly string[];
  readonly put: (values: readonly string[]) => void;
  readonly most: number;
  /** What none means. */
  readonly none: string;
}

export function PickMany({ id, label, values, put, most, none }: ManyProps): VNode {
  const [adding, setAdding] = useState(false);
  const add = (curie: string): void => {
    setAdding(false);
    if (!values.includes(curie)) put([...values, curie]);
  };
  return (
    <div class="pick" role="group" aria-labelledby={`pick-${id}`}>
      <span class="pick-name" id={`pick-${id}`}>{label}</span>
      {values.map((value) => <Chosen key={value} id={value} remove={() => put(values.filter((each) => each !== value))} />)}
      {values.length === 0 && !adding && <span class="quiet">{none}</span>}
      {adding && <ChooseEntity id={id} label={label} choose={add} />}
      {!adding && values.length < most && <button type="button" class="chip" onClick={() => setAdding(true)}>Add<span class="unseen"> to {label}</span></button>}
    </div>
  );
}

function Chosen({ id, remove }: { readonly id: string; readonly remove: () => void }): VNode {
  const name = useEntityName(id);
  return (
    <span class="chip chip-on">
      <Inert text={name} />
      <button type="button" aria-label={`Take away ${name}`} onClick={remove}>×</button>
    </span>
  );
}

export function Named({ id }: { readonly id: string }): VNode {
  const name = useEntityName(id);
  return <><Inert text={name} />{name !== id && <> <code>{id}</code></>}</>;
}
