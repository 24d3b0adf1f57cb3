/** From an answer to what helps to decide on its experiment. */

import { useContext } from "preact/hooks";
import type { VNode } from "preact";
import { LOADED } from "../places.ts";
import { place } from "../router.ts";
import { AnswerAsked } from "../state.ts";

/** The effects that a network of on and off can show. */
export const SIMULATED = ["reverses", "prevents", "lowers", "induces", "promotes"] as const;

/** What was tried with a target, and what the network does with it: from the answer's own snapshot. */
export function DecideLinks({ target }: { readonly target: string }): VNode | null {
  const asked = useContext(AnswerAsked);
  if (asked === null || LOADED.decide === undefined) return null;
  const { outcome, effect, candidates, background } = asked.asking;
  const as_of = asked.revision === null ? null : String(asked.revision);
  const include_candidates = candidates ? "true" : null;
  const simulated = SIMULATED.some((each) => each === effect);
  return (
    <>
      <a class="onward" href={place("decide", "", { ask: "matrix", target, outcome, include_candidates, as_of })} data-inside>What was tried</a>
      {simulated && (
        <a class="onward" href={place("decide", "", { ask: "simulate", outcome, effect, target, include_candidates, include_background: background ? "true" : null, as_of })} data-inside>Simulate it</a>
      )}
    </>
  );
}
