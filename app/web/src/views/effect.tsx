/** A simulated effect in words, and as a bar with its standard error. */

import type { VNode } from "preact";
import type { Simulated } from "../types.ts";

const WIDTH = 64;
const MIDDLE = WIDTH / 2;

export function effectInWords({ effect, error }: Simulated): string {
  const shown = effect.toFixed(2).replace("-", "−");
  return error === null ? shown : `${shown} ± ${error.toFixed(2)}`;
}

/** The effect on a line from all of it the other way (left) over nothing (the middle) to all of it (right). */
export function EffectBar({ of }: { readonly of: Simulated }): VNode {
  const end = placed(of.effect);
  const [low, high] = [placed(of.effect - (of.error ?? 0)), placed(of.effect + (of.error ?? 0))];
  return (
    <svg class="effect-bar" viewBox={`0 0 ${WIDTH} 10`} preserveAspectRatio="none" aria-hidden="true">
      <path class="effect-axis" d={`M1 5h${WIDTH - 2}M${MIDDLE} 0v10`} />
      <rect class={of.effect < 0 ? "effect-against" : "effect-for"} x={Math.min(MIDDLE, end)} y="2.5" width={Math.abs(end - MIDDLE)} height="5" />
      {of.error !== null && <path class="effect-error" d={`M${low} 5H${high}M${low} 1v8M${high} 1v8`} />}
    </svg>
  );
}

function placed(effect: number): number {
  return MIDDLE + Math.min(1, Math.max(-1, effect)) * (MIDDLE - 1);
}
