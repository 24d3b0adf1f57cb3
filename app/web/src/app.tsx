/** The frame that every view stands in: the head with the places and the question, the view, the foot. */

import { useEffect, useRef } from "preact/hooks";
import type { VNode } from "preact";
import { askedIn } from "./asking.ts";
import { LOADED, NAVIGATION } from "./places.ts";
import { address, follow, place } from "./router.ts";
import type { Route } from "./router.ts";
import { useRoute } from "./state.ts";
import { AskView } from "./views/ask.tsx";
import { LazyView } from "./views/lazy.tsx";
import { MissingView } from "./views/missing.tsx";
import { SearchBox } from "./views/search.tsx";
import { Welcome } from "./views/welcome.tsx";

export function App(): VNode {
  const route = useRoute();
  useEffect(() => {
    document.title = titled(route);
  }, [route.view, route.id, route.question]);
  const main = useFocusOnNewPlace(route);
  return (
    <div class="frame" onClick={follow}>
      <a class="skip" href="#content">Skip to the content</a>
      <header class="head">
        <a class="brand" href={address({})} data-inside>
          <Mark />
          EviPath
        </a>
        <nav class="places" aria-label="Places">
          {NAVIGATION.map(([view, name]) => (
            <a key={view} href={place(view)} data-inside aria-current={route.view === view ? "page" : undefined}>{name}</a>
          ))}
        </nav>
        <SearchBox question={route.question} asOf={route.asOf} />
      </header>
      <main id="content" tabIndex={-1} ref={main}><View route={route} /></main>
      <footer class="foot">
        <a href="/docs">REST interface</a>
        <a href="/assets/licences.md">Licences</a>
        <span>Every answer leads to the exact sentence of the exact paper.</span>
      </footer>
    </div>
  );
}

function View({ route }: { readonly route: Route }): VNode {
  if (route.view === "ask") {
    const asked = askedIn(route);
    return asked === null ? <Welcome /> : <AskView route={route} asked={asked} />;
  }
  const load = LOADED[route.view];
  return load === undefined ? <MissingView /> : <LazyView load={load} route={route} />;
}

function titled(route: Route): string {
  const place = NAVIGATION.find(([view]) => view === route.view && view !== "ask")?.[1];
  const name = route.id !== "" ? route.id : route.question !== "" ? route.question : place;
  return name === undefined ? "EviPath" : `${name} · EviPath`;
}

/** When another view is gone to, put the focus on the content, where reading goes on. */
function useFocusOnNewPlace(route: Route) {
  const main = useRef<HTMLElement>(null);
  const before = useRef(route.view);
  useEffect(() => {
    if (before.current !== route.view) main.current?.focus({ preventScroll: true });
    before.current = route.view;
  }, [route.view]);
  return main;
}

function Mark(): VNode {
  return (
    <svg class="logo" viewBox="0 0 32 32" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="3" stroke-linecap="round">
      <circle cx="7" cy="24" r="4" />
      <path d="M10.5 20.5 20 11" />
      <path d="m15.5 6.5 9 9" />
    </svg>
  );
}
