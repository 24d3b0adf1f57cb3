/** The places of the page: which of them the navigation names, and what loads the rest. */

import type { Route, View } from "./router.ts";
import type { LoadView } from "./views/lazy.tsx";

const FOUND = import.meta.glob<{ default: Awaited<ReturnType<LoadView>>["default"] }>([
  "./graph/index.tsx",
  "./decide/index.tsx",
  "./bench/index.tsx",
  "./account/index.tsx",
  "./views/ingest.tsx",
  "./views/entity.tsx",
  "./views/article.tsx",
  "./views/claim.tsx",
]);

/** What loads each view that does not come with the first page. */
export const LOADED: Partial<Record<Route["view"], LoadView | undefined>> = {
  graph: FOUND["./graph/index.tsx"],
  decide: FOUND["./decide/index.tsx"],
  curate: FOUND["./bench/index.tsx"],
  account: FOUND["./account/index.tsx"],
  ingest: FOUND["./views/ingest.tsx"],
  entity: FOUND["./views/entity.tsx"],
  article: FOUND["./views/article.tsx"],
  claim: FOUND["./views/claim.tsx"],
};

const NAMED: readonly (readonly [View, string])[] = [
  ["ask", "Ask"],
  ["graph", "Graph"],
  ["decide", "Decide"],
  ["curate", "Curate"],
  ["ingest", "Ingest"],
  ["account", "Account"],
];

/** The places that the navigation names, in its order. */
export const NAVIGATION = NAMED.filter(([view]) => view === "ask" || LOADED[view] !== undefined);
