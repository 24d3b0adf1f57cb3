/** The filters: what each lets through is told, and all of them are in the address. */

import type { VNode } from "preact";
import { TIERS } from "../types.ts";
import { Inert } from "../views/text.tsx";
import * as changes from "./changes.ts";
import type { Picture } from "./compose.ts";
import { SIGNS } from "./state.ts";
import type { AskedSign, Filters } from "./state.ts";
import type { Browser } from "./use_picture.ts";

const SIGN_NAMES: Record<AskedSign, string> = { positive: "raises", negative: "lowers", unsigned: "unsigned" };

export function FilterBar({ browser, picture }: { readonly browser: Browser; readonly picture: Picture }): VNode {
  const { state, change } = browser;
  const { filters } = state;
  const set = (part: Partial<Filters>): void => change(changes.filter(state, part));
  const active = activeIn(filters);
  return (
    <details class="filters">
      <summary>Filters{active > 0 ? ` (${active} set)` : ""}</summary>
      <div class="filter-fields">
        <Choices legend="Sign" names={SIGNS} chosen={filters.signs} label={(sign) => SIGN_NAMES[sign]} choose={(signs) => set({ signs })} />
        {state.source.kind === "answer" && <Choices legend="Tier" names={TIERS} chosen={filters.tiers} label={(tier) => tier} choose={(tiers) => set({ tiers })} />}
        <Belief least={filters.minBelief} choose={(minBelief) => set({ minBelief })} />
        <fieldset>
          <legend>Year of the article</legend>
          <Year name="From" value={filters.yearFrom} choose={(yearFrom) => set({ yearFrom })} />
          <Year name="To" value={filters.yearTo} choose={(yearTo) => set({ yearTo })} />
        </fieldset>
        <Organisms picture={picture} chosen={filters.organisms} choose={(organisms) => set({ organisms })} />
        <fieldset>
          <legend>Status</legend>
          <label><input type="checkbox" checked={filters.candidates} onChange={(event) => set({ candidates: event.currentTarget.checked })} /> also candidates</label>
        </fieldset>
        <fieldset>
          <legend>Links</legend>
          <label><input type="checkbox" checked={state.allLinks} onChange={(event) => change({ ...state, allLinks: event.currentTarget.checked })} /> all among the drawn nodes</label>
        </fieldset>
        {active > 0 && <button type="button" onClick={() => change({ ...state, filters: changes.NO_FILTERS })}>Clear the filters</button>}
      </div>
    </details>
  );
}

function activeIn(filters: Filters): number {
  const { signs, tiers, candidates, minBelief, yearFrom, yearTo, organisms } = filters;
  return [signs.length > 0, tiers.length > 0, candidates, minBelief > 0, yearFrom !== null || yearTo !== null, organisms.length > 0].filter(Boolean).length;
}

interface ChoicesProps<Name extends string> {
  readonly legend: string;
  readonly names: readonly Name[];
  readonly chosen: readonly string[];
  readonly label: (name: Name) => string;
  readonly choose: (chosen: Name[]) => void;
}

/** Boxes to tick; none ticked lets all through. */
function Choices<Name extends string>({ legend, names, chosen, label, choose }: ChoicesProps<Name>): VNode {
  const turn = (name: Name, on: boolean): void => choose(names.filter((one) => (one === name ? on : chosen.includes(one))));
  return (
    <fieldset>
      <legend>{legend}</legend>
      {names.map((name) => (
        <label key={name}><input type="checkbox" checked={chosen.includes(name)} onChange={(event) => turn(name, event.currentTarget.checked)} /> {label(name)}</label>
      ))}
    </fieldset>
  );
}

function Belief({ least, choose }: { readonly least: number; readonly choose: (least: number) => void }): VNode {
  return (
    <fieldset>
      <legend>Belief at least</legend>
      <input type="range" aria-label="Belief at least" min={0} max={0.95} step={0.05} value={least} onChange={(event) => choose(Number(event.currentTarget.value))} />
      <output>{least.toFixed(2)}</output>
    </fieldset>
  );
}

function Year({ name, value, choose }: { readonly name: string; readonly value: number | null; readonly choose: (year: number | null) => void }): VNode {
  const typed = (written: string): void => {
    const year = Number(written);
    if (written === "") choose(null);
    else if (Number.isInteger(year) && year >= 1000 && year <= 9999) choose(year);
  };
  return (
    <label>{name} <input type="number" inputMode="numeric" min={1000} max={9999} value={value ?? ""} onChange={(event) => typed(event.currentTarget.value)} /></label>
  );
}

function Organisms({ picture, chosen, choose }: { readonly picture: Picture; readonly chosen: readonly string[]; readonly choose: (ids: string[]) => void }): VNode | null {
  const known = new Map(picture.organisms.map((one) => [one.id, one.name]));
  const names = [...known.keys(), ...chosen.filter((id) => !known.has(id))];
  if (names.length === 0) return null;
  return (
    <fieldset>
      <legend>Organism</legend>
      {names.map((id) => (
        <label key={id}>
          <input type="checkbox" checked={chosen.includes(id)} onChange={(event) => choose(event.currentTarget.checked ? [...chosen, id] : chosen.filter((one) => one !== id))} />{" "}
          <Inert text={known.get(id) ?? id} />
        </label>
      ))}
    </fieldset>
  );
}
