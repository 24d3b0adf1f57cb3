/** What speaks against an intervention, told apart from what only differs in scope. */

import type { VNode } from "preact";
import type { CounterEvidence } from "../types.ts";
import { inWords } from "../words.ts";
import { QuoteView } from "./evidence.tsx";

interface Props {
  readonly counter: readonly CounterEvidence[];
  /** How many more speak against it than are shown. */
  readonly more: number;
}

export function Counter({ counter, more }: Props): VNode {
  const contradicts = counter.filter((item) => item.relation === "contradicts");
  const differs = counter.filter((item) => item.relation === "differs_in_scope");
  if (counter.length === 0) return <p class="counter-none">No counter-evidence in this graph.</p>;
  return (
    <section class="counter">
      <h4>Counter-evidence</h4>
      <Group title="Contradicts" items={contradicts} />
      <Group title="Differs in scope" items={differs} />
      {more > 0 && <p class="quiet">and {more} more</p>}
    </section>
  );
}

function Group({ title, items }: { readonly title: string; readonly items: readonly CounterEvidence[] }): VNode | null {
  if (items.length === 0) return null;
  return (
    <>
      <h5>{title}</h5>
      <ul class="quotes">
        {items.map((item, index) => (
          <li key={index}>
            <QuoteView item={item} />
            <p class="quiet">{because(item)}</p>
          </li>
        ))}
      </ul>
    </>
  );
}

function because(item: CounterEvidence): string {
  const scope = item.scope.length === 0 ? "" : `; differs in ${item.scope.map(inWords).join(", ")}`;
  return `${inWords(item.kind)}${scope}`;
}
