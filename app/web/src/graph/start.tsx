/** The empty page of the graph: from what to start. */

import { useState } from "preact/hooks";
import type { VNode } from "preact";
import { go, place } from "../router.ts";

const QUESTION = "which interventions reverse EMT";
const ENTITIES = ["NF-kappaB", "epithelial to mesenchymal transition"];

export function Start(): VNode {
  const [words, setWords] = useState("");
  const send = (event: SubmitEvent): void => {
    event.preventDefault();
    if (words.trim() !== "") go(place("graph", "", { center: words.trim() }));
  };
  return (
    <section class="welcome graph-start">
      <h1>Look at the graph</h1>
      <p>Start from an entity and expand what stands around it, or draw the paths of an answer from its interventions to the outcome.</p>
      <form class="start-form" onSubmit={send}>
        <label for="graph-center">A name or an identifier</label>
        <div>
          <input id="graph-center" type="search" value={words} placeholder="NF-kappaB" onInput={(event) => setWords(event.currentTarget.value)} />
          <button type="submit">Draw</button>
        </div>
      </form>
      <h2>For example</h2>
      <ul class="examples">
        {ENTITIES.map((name) => <li key={name}><a href={place("graph", "", { center: name })} data-inside>Around {name}</a></li>)}
        <li><a href={place("graph", "", { q: QUESTION })} data-inside>The paths of “{QUESTION}”</a></li>
      </ul>
    </section>
  );
}
