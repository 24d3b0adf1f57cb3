/** The address is the state: reading it, writing it, following links inside the page. */

export const VIEWS = ["ask", "graph", "decide", "curate", "ingest", "account", "entity", "article", "claim"] as const;
export type View = (typeof VIEWS)[number];

/** The views whose path goes on with the identifier of what they show. */
const OF_ONE: ReadonlySet<string> = new Set<View>(["entity", "article", "claim"]);

export interface Route {
  readonly view: View | "missing";
  /** What the path names behind the view: a CURIE, the id of an article or a claim; else empty. */
  readonly id: string;
  /** The question in words, or an entity or PMID to find; empty on the first page. */
  readonly question: string;
  /** The revision, time or day that is asked; null for the latest. */
  readonly asOf: string | null;
  /** The node or edge of the graph whose claims are shown (see `graph/elements.ts`). */
  readonly shown: string | null;
  /** Every parameter of the address, for what only one view knows. */
  readonly parameters: URLSearchParams;
}

/** Read a route from the path and query of an address. */
export function parse(path: string, search: string): Route {
  const parameters = new URLSearchParams(search);
  return {
    ...placeOf(path),
    question: (parameters.get("q") ?? "").trim(),
    asOf: parameters.get("as_of"),
    shown: parameters.get("show"),
    parameters,
  };
}

function placeOf(path: string): Pick<Route, "view" | "id"> {
  if (path === "/" || path === "/index.html") return { view: "ask", id: "" };
  const [, name = "", rest = ""] = /^\/([^/]+)(?:\/(.*))?$/su.exec(path) ?? [];
  const view = VIEWS.find((known) => known === name && known !== "ask");
  const id = decoded(rest);
  if (view === undefined || id === null || OF_ONE.has(view) !== (id !== "")) return { view: "missing", id: "" };
  return { view, id };
}

/** The text of a part of a path; null where it is wrongly encoded. */
function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}

/** Parameters by their names in the address; those that are null or empty are left out. */
export type Parameters = Readonly<Record<string, string | readonly string[] | null | undefined>>;

/** The address of a view, of what it shows there and of its parameters. */
export function place(view: View, id = "", parameters: Parameters = {}): string {
  const path = view === "ask" ? "/" : id === "" ? `/${view}` : `/${view}/${segment(id)}`;
  return withParameters(path, parameters);
}

/** Write the address of a question; the inverse of `parse` for it. */
export function address(route: Partial<Pick<Route, "question" | "asOf" | "shown">>): string {
  return place("ask", "", { q: route.question, as_of: route.asOf, show: route.shown });
}

/** The present address with some parameters changed; null takes one away. */
export function here(change: Parameters): string {
  return joined(location.pathname, set(new URLSearchParams(location.search), change));
}

/** A path with parameters; empty ones are left out. */
export function withParameters(path: string, parameters: Parameters): string {
  return joined(path, set(new URLSearchParams(), parameters));
}

function set(parameters: URLSearchParams, change: Parameters): URLSearchParams {
  for (const [name, value] of Object.entries(change)) {
    parameters.delete(name);
    for (const each of [value ?? []].flat()) if (each !== "") parameters.append(name, each);
  }
  return parameters;
}

function joined(path: string, parameters: URLSearchParams): string {
  const search = parameters.toString();
  return search === "" ? path : `${path}?${search}`;
}

/** An identifier as part of a path; a CURIE's colon and a DOI's slash may stand there as they are. */
export function segment(id: string): string {
  return encodeURIComponent(id).replaceAll("%3A", ":").replaceAll("%2F", "/");
}

const listeners = new Set<() => void>();

/** Call `listener` whenever the address changes; returns the way to stop that. */
export function onNavigation(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("popstate", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("popstate", listener);
  };
}

/** Go to an address of this page; `replace` leaves no step behind for the back button. */
export function go(to: string, replace = false): void {
  if (to === location.pathname + location.search) replace = true;
  if (replace) history.replaceState(null, "", to);
  else history.pushState(null, "", to);
  for (const listener of [...listeners]) listener();
}

/** Follow a plain click on a link of this page without loading the page anew. */
export function follow(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = (event.target as Element | null)?.closest("a[data-inside]");
  if (!(link instanceof HTMLAnchorElement) || link.origin !== location.origin) return;
  event.preventDefault();
  go(link.pathname + link.search);
  window.scrollTo(0, 0);
}
