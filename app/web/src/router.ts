/** The address is the state: reading it, writing it, following links inside the page. */

export interface Route {
  readonly view: "ask" | "missing";
  /** The question in words; empty on the first page. */
  readonly question: string;
  /** The revision, time or day that is asked; null for the latest. */
  readonly asOf: string | null;
  /** The node or edge of the graph whose claims are shown (see `graph/elements.ts`). */
  readonly shown: string | null;
}

/** Read a route from the path and query of an address. */
export function parse(path: string, search: string): Route {
  const parameters = new URLSearchParams(search);
  return {
    view: path === "/" || path === "/index.html" ? "ask" : "missing",
    question: (parameters.get("q") ?? "").trim(),
    asOf: parameters.get("as_of"),
    shown: parameters.get("show"),
  };
}

/** Write the address of a route; the inverse of `parse` for the page's own addresses. */
export function address(route: Partial<Route>): string {
  const parameters = new URLSearchParams();
  if (route.question) parameters.set("q", route.question);
  if (route.asOf) parameters.set("as_of", route.asOf);
  if (route.shown) parameters.set("show", route.shown);
  const search = parameters.toString();
  return search === "" ? "/" : `/?${search}`;
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
