/** The frame that every view stands in: the head with the question, the view, the foot. */

import { useEffect } from "preact/hooks";
import type { VNode } from "preact";
import { address, follow } from "./router.ts";
import { useRoute } from "./state.ts";
import { AskView } from "./views/ask.tsx";
import { MissingView } from "./views/missing.tsx";
import { SearchBox } from "./views/search.tsx";
import { Welcome } from "./views/welcome.tsx";

export function App(): VNode {
  const route = useRoute();
  useEffect(() => {
    document.title = route.question === "" ? "EviPath" : `${route.question} · EviPath`;
  }, [route.question]);
  const first = route.view === "ask" && route.question === "";
  return (
    <div class="frame" onClick={follow}>
      <a class="skip" href="#content">Skip to the content</a>
      <header class="head">
        <a class="brand" href={address({})} data-inside>
          <Mark />
          EviPath
        </a>
        <SearchBox question={route.question} asOf={route.asOf} />
      </header>
      <main id="content" tabIndex={-1}>
        {route.view === "missing" ? <MissingView /> : first ? <Welcome /> : <AskView route={route} />}
      </main>
      <footer class="foot">
        <a href="/docs">REST interface</a>
        <a href="/assets/licences.md">Licences</a>
        <span>Every answer leads to the exact sentence of the exact paper.</span>
      </footer>
    </div>
  );
}

function Mark(): VNode {
  return (
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="3" stroke-linecap="round">
      <circle cx="7" cy="24" r="4" />
      <path d="M10.5 20.5 20 11" />
      <path d="m15.5 6.5 9 9" />
    </svg>
  );
}
