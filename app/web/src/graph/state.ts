/** What the graph browser shows, as its address says it; the address is the state. */

export const SIGNS = ["positive", "negative", "unsigned"] as const;
export type AskedSign = (typeof SIGNS)[number];

export const LAYOUTS = ["paths", "free"] as const;
export type LayoutName = (typeof LAYOUTS)[number];

export const DIRECTIONS = ["outgoing", "incoming"] as const;
export type Direction = (typeof DIRECTIONS)[number];

export const FIRST_NODES = 60;
export const FIRST_INTERVENTIONS = 25;
export const FIRST_NEIGHBOURS = 20;

/** What the drawing starts from: nothing yet, an entity, or the answer to a question. */
export type Source =
  | { readonly kind: "none" }
  | { readonly kind: "center"; readonly center: string; readonly hops: number; readonly limit: number }
  /** `asked` are the question's parameters by the names of the REST interface. */
  | { readonly kind: "answer"; readonly interventions: number; readonly asked: readonly (readonly [name: string, value: string])[] };

/** Neighbours of a drawn node that are drawn too; null where any will do. */
export interface Expansion {
  readonly id: string;
  readonly direction: Direction | null;
  readonly sign: AskedSign | null;
  readonly category: string | null;
  readonly limit: number;
}

export interface Pin {
  readonly id: string;
  readonly x: number;
  readonly y: number;
}

/** Empty parts and nulls do not restrict. */
export interface Filters {
  readonly signs: readonly AskedSign[];
  readonly tiers: readonly string[];
  readonly candidates: boolean;
  readonly minBelief: number;
  readonly yearFrom: number | null;
  readonly yearTo: number | null;
  readonly organisms: readonly string[];
}

export interface GraphState {
  readonly source: Source;
  readonly expanded: readonly Expansion[];
  readonly hidden: readonly string[];
  readonly pinned: readonly Pin[];
  readonly filters: Filters;
  readonly layout: LayoutName;
  /** Whether all links among the drawn nodes are drawn, or those of answer and expansions only. */
  readonly allLinks: boolean;
  readonly asOf: string | null;
  /** The node or edge whose claims are open. */
  readonly shown: string | null;
}

/** The parameters by which an answer is asked; `q` is a question in words. */
const OF_QUESTIONS = ["q", "outcome", "effect", "context", "max_hops", "include_background", "matched_only", "order", "simulate"] as const;

const SEPARATOR = "~";

/** Read the state from the parameters of an address; what can't be read is left out. */
export function read(parameters: URLSearchParams): GraphState {
  const source = sourceOf(parameters);
  const answer = source.kind === "answer";
  return {
    source,
    expanded: parameters.getAll("expand").flatMap(expansion),
    hidden: unique(parameters.getAll("hide")),
    pinned: parameters.getAll("pin").flatMap(pin),
    filters: {
      signs: SIGNS.filter((sign) => parameters.getAll("sign").includes(sign)),
      tiers: unique(parameters.getAll("tier")),
      candidates: parameters.get("status") === "candidate" || parameters.get("include_candidates") === "true",
      minBelief: between(parameters.get("min_belief"), 0, 1) ?? 0,
      yearFrom: between(parameters.get("year_from"), 1000, 9999),
      yearTo: between(parameters.get("year_to"), 1000, 9999),
      organisms: unique(parameters.getAll("organism")),
    },
    layout: LAYOUTS.find((name) => name === parameters.get("layout")) ?? (answer ? "paths" : "free"),
    allLinks: (parameters.get("links") ?? (answer ? "own" : "all")) === "all",
    asOf: parameters.get("as_of"),
    shown: parameters.get("show"),
  };
}

/** Write the state as the parameters of an address; the inverse of `read`. */
export function write(state: GraphState): URLSearchParams {
  const parameters = new URLSearchParams();
  const put = (name: string, value: string | number | null): void => {
    if (value !== null && value !== "") parameters.append(name, String(value));
  };
  const { source, filters } = state;
  if (source.kind === "center") {
    put("center", source.center);
    if (source.hops !== 1) put("hops", source.hops);
    if (source.limit !== FIRST_NODES) put("limit", source.limit);
  }
  if (source.kind === "answer") {
    for (const [name, value] of source.asked) put(name, value);
    if (source.interventions !== FIRST_INTERVENTIONS) put("interventions", source.interventions);
  }
  for (const one of state.expanded) {
    put("expand", [one.direction ?? "", one.sign ?? "", one.category ?? "", one.limit, one.id].join(SEPARATOR));
  }
  for (const id of state.hidden) put("hide", id);
  for (const { id, x, y } of state.pinned) put("pin", [Math.round(x), Math.round(y), id].join(SEPARATOR));
  for (const sign of filters.signs) put("sign", sign);
  for (const tier of filters.tiers) put("tier", tier);
  if (filters.candidates) put("status", "candidate");
  if (filters.minBelief > 0) put("min_belief", filters.minBelief);
  put("year_from", filters.yearFrom);
  put("year_to", filters.yearTo);
  for (const organism of filters.organisms) put("organism", organism);
  const answer = source.kind === "answer";
  if (state.layout !== (answer ? "paths" : "free")) put("layout", state.layout);
  if (state.allLinks === answer) put("links", answer ? "all" : "own");
  put("as_of", state.asOf);
  put("show", state.shown);
  return parameters;
}

/** The address of a state. */
export function addressOf(state: GraphState): string {
  const search = write(state).toString();
  return search === "" ? "/graph" : `/graph?${search}`;
}

function sourceOf(parameters: URLSearchParams): Source {
  const center = (parameters.get("center") ?? "").trim();
  if (center !== "") {
    return {
      kind: "center",
      center,
      hops: between(parameters.get("hops"), 1, 4) ?? 1,
      limit: between(parameters.get("limit"), 1, 2000) ?? FIRST_NODES,
    };
  }
  const asked = OF_QUESTIONS.flatMap((name) => parameters.getAll(name).filter((value) => value !== "").map((value) => [name, value] as const));
  if (!asked.some(([name]) => name === "q" || name === "outcome")) return { kind: "none" };
  return { kind: "answer", asked, interventions: between(parameters.get("interventions"), 1, 500) ?? FIRST_INTERVENTIONS };
}

function expansion(written: string): Expansion[] {
  const [direction, sign, category, limit, ...rest] = written.split(SEPARATOR);
  const id = rest.join(SEPARATOR);
  if (id === "") return [];
  return [{
    id,
    direction: DIRECTIONS.find((one) => one === direction) ?? null,
    sign: SIGNS.find((one) => one === sign) ?? null,
    category: category === "" || category === undefined ? null : category,
    limit: between(limit ?? null, 1, 1000) ?? FIRST_NEIGHBOURS,
  }];
}

function pin(written: string): Pin[] {
  const [x, y, ...rest] = written.split(SEPARATOR);
  const id = rest.join(SEPARATOR);
  const place = [between(x ?? null, -1e6, 1e6), between(y ?? null, -1e6, 1e6)] as const;
  return id === "" || place[0] === null || place[1] === null ? [] : [{ id, x: place[0], y: place[1] }];
}

function between(written: string | null, least: number, most: number): number | null {
  if (written === null || written.trim() === "") return null;
  const value = Number(written);
  return Number.isFinite(value) && value >= least && value <= most ? value : null;
}

function unique(items: readonly string[]): string[] {
  return [...new Set(items)].filter((item) => item !== "");
}

/** The types of entities by which a node is expanded; the service's categories. */
export const CATEGORIES = [
  "Gene", "Protein", "GeneFamily", "MacromolecularComplex", "Pathway", "BiologicalProcess", "PhenotypicFeature",
  "Disease", "ChemicalEntity", "SmallMolecule", "Cell", "CellLine", "AnatomicalEntity", "OrganismTaxon", "NamedThing",
] as const;
