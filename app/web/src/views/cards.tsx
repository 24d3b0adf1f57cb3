/** The cards of a tier: in full near the screen, further off by their headings alone. */

import { options } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { VNode } from "preact";
import type { Intervention } from "../types.ts";
import { InterventionCard } from "./intervention.tsx";

interface Props {
  readonly found: readonly Intervention[];
  /** The targets whose cards are open. */
  readonly open: readonly string[];
  /** The target of which it is shown how its figures came about. */
  readonly why: string | null;
  readonly toggle: (id: string) => void;
}

/** How many cards are drawn in full before it is known which stand near the screen. */
const AT_ONCE = 6;

/** A list of no more cards than this is drawn whole: it scrolls well as it is. */
const SHORT = 20;

/** How far off the screen a card is still drawn in full. */
const NEAR = "1200px 0px";

export function Cards({ found, open, why, toggle }: Props): VNode {
  return (
    // Said aloud as a list although the style sheet takes its numbers away.
    <ol class="cards" role="list">
      {found.map((item, index) => (
        <Row
          key={`${item.perturbation.type} ${item.target.id}`}
          item={item}
          open={open.includes(item.target.id)}
          why={why === item.target.id}
          whole={found.length <= SHORT}
          atOnce={index < AT_ONCE}
          toggle={toggle}
        />
      ))}
    </ol>
  );
}

interface RowProps {
  readonly item: Intervention;
  readonly open: boolean;
  readonly why: boolean;
  readonly whole: boolean;
  readonly atOnce: boolean;
  readonly toggle: (id: string) => void;
}

/**
 * One answer in the list; it is drawn anew only when it changes, however many stand around it. Far
 * off the screen its heading stands for it, as high as the whole was, so that the number of answers,
 * the headings and the search for a name stay those of the whole list.
 */
function Row({ item, open, why, whole, atOnce, toggle }: RowProps): VNode {
  const latest = useRef(toggle);
  latest.current = toggle;
  const row = useRef<HTMLLIElement>(null);
  const height = useRef<number | null>(null);
  const [near, setNear] = useState(atOnce);
  useEffect(() => {
    const element = row.current;
    if (element === null) return undefined;
    return watch(element, (isNear, measured) => {
      if (!isNear && inUse(element)) return;
      // A heading that stands for its card is as high as it was told to be.
      if (!isNear && !element.classList.contains("far")) height.current = measured;
      setNear(isNear);
    });
  }, []);
  const full = whole || near || open || why;
  const high = full || height.current === null ? undefined : `${height.current}px`;
  return useMemo(
    () => (
      <li ref={row} class={full ? "" : "far"} style={{ height: high }} data-target={item.target.id}>
        <InterventionCard found={item} open={open} why={why} brief={!full} toggle={() => latest.current(item.target.id)} />
      </li>
    ),
    [item, open, why, full, high],
  );
}

/** Whether taking the card away would take the focus, a selection or something opened along. */
function inUse(card: HTMLElement): boolean {
  if (card.contains(document.activeElement)) return true;
  const selection = document.getSelection();
  if (selection !== null && !selection.isCollapsed && selection.containsNode(card, true)) return true;
  return card.querySelector("details[open], [aria-expanded=true]") !== null;
}

type Heard = (near: boolean, height: number) => void;

const rows = new Map<Element, Heard>();
let observer: IntersectionObserver | null = null;

/** Say whenever `element` comes near the screen or leaves it; returns the way to stop that. */
function watch(element: Element, heard: Heard): () => void {
  observer ??= begun();
  rows.set(element, heard);
  observer.observe(element);
  return () => {
    rows.delete(element);
    observer?.unobserve(element);
  };
}

function begun(): IntersectionObserver {
  const started = new IntersectionObserver(
    (seen) => {
      for (const { target, isIntersecting, boundingClientRect } of seen) rows.get(target)?.(isIntersecting, boundingClientRect.height);
    },
    { rootMargin: NEAR },
  );
  window.addEventListener("beforeprint", drawAll);
  window.addEventListener("afterprint", () => {
    // Whoever is observed anew is told at once where it stands.
    for (const row of rows.keys()) {
      started.unobserve(row);
      started.observe(row);
    }
  });
  return started;
}

/** On paper every card stands in full; the browser does not wait for a later drawing. */
function drawAll(): void {
  const before = options.debounceRendering;
  options.debounceRendering = (draw) => draw();
  try {
    for (const heard of rows.values()) heard(true, 0);
  } finally {
    if (before === undefined) delete options.debounceRendering;
    else options.debounceRendering = before;
  }
}
