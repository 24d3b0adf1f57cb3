/** The canvas with its keys: arrows move, Enter opens, letters act on the node under the cursor. */

import { useEffect, useRef, useState } from "preact/hooks";
import type { RefObject, VNode } from "preact";
import * as changes from "./changes.ts";
import type { Canvas } from "./canvas.ts";
import type { Heading } from "./geometry.ts";
import { edgeKey, nodeKey } from "./part.ts";
import type { Browser, Shown } from "./use_picture.ts";

interface Props {
  readonly shown: Shown | null;
  readonly browser: Browser;
  readonly canvas: RefObject<Canvas | null>;
  readonly cursor: string | null;
  readonly point: (id: string | null) => void;
  readonly found: readonly string[];
  readonly expand: (id: string) => void;
}

const HEADINGS: Record<string, Heading> = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" };

export function Drawn(props: Props): VNode {
  const { shown, browser, canvas, cursor, found } = props;
  const container = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  latest.current = props;
  const [failed, setFailed] = useState(false);
  const [there, setThere] = useState(false);
  useEffect(() => {
    let gone = false;
    import("./canvas.ts").then(
      ({ open }) => {
        if (gone || container.current === null) return;
        canvas.current = open(container.current, {
          chosen: (key) => latest.current.browser.show(key),
          expanded: (id) => latest.current.expand(id),
          moved: (id, { x, y }) => {
            const { state, change } = latest.current.browser;
            change(changes.pin(state, { id, x: Math.round(x), y: Math.round(y) }));
          },
        });
        setThere(true);
      },
      () => setFailed(true),
    );
    return () => {
      gone = true;
      canvas.current?.destroy();
      canvas.current = null;
    };
  }, []);
  useEffect(() => {
    if (there && shown !== null) canvas.current?.show(shown.picture, shown.positions);
  }, [there, shown]);
  useEffect(() => {
    if (there) canvas.current?.mark(browser.state.shown, cursor, found);
  }, [there, shown, browser.state.shown, cursor, found]);
  if (failed) return <p role="alert">The drawing could not be loaded. The table below says the same.</p>;
  return (
    <div class="canvas-frame">
      <div
        ref={container}
        class="canvas"
        role="application"
        tabIndex={0}
        aria-label="Drawing of the graph"
        aria-describedby="graph-keys"
        onKeyDown={(event) => keyed(event, latest.current)}
      />
    </div>
  );
}

/** Do what a key asks for; keys with a modifier are the browser's, but for undo and redo. */
function keyed(event: KeyboardEvent, props: Props): void {
  const done = (event.ctrlKey || event.metaKey) && !event.altKey ? walked(event, props) : !event.altKey && acted(event, props);
  if (done) event.preventDefault();
}

function walked(event: KeyboardEvent, { browser }: Props): boolean {
  const key = event.key.toLowerCase();
  const way = key === "z" ? (event.shiftKey ? browser.redo : browser.undo) : key === "y" ? browser.redo : undefined;
  if (way === undefined) return false;
  way?.();
  return true;
}

function acted(event: KeyboardEvent, props: Props): boolean {
  const { canvas, cursor, point, browser } = props;
  const heading = HEADINGS[event.key];
  if (heading !== undefined) {
    const next = canvas.current?.next(cursor, heading) ?? null;
    if (next !== null) point(next);
    return true;
  }
  switch (event.key) {
    case "+":
    case "=":
      canvas.current?.zoom(1.25);
      return true;
    case "-":
      canvas.current?.zoom(0.8);
      return true;
    case "f":
    case "0":
      canvas.current?.fit();
      return true;
    case "Escape":
      if (browser.state.shown === null) return false;
      browser.show(null);
      return true;
    default:
      return cursor !== null && actedOnNode(event.key, cursor, props);
  }
}

function actedOnNode(key: string, id: string, { shown, browser, expand, canvas }: Props): boolean {
  const { state, change, show } = browser;
  switch (key) {
    case "Enter":
      show(nodeKey(id));
      return true;
    case "e":
      expand(id);
      return true;
    case "c":
      change(changes.collapse(state, id));
      return true;
    case "h":
    case "Delete":
      change(changes.hide(state, id));
      return true;
    case "p": {
      const at = canvas.current?.view.getElementById(nodeKey(id)).position();
      if (state.pinned.some((one) => one.id === id)) change(changes.unpin(state, id));
      else if (at !== undefined) change(changes.pin(state, { id, x: Math.round(at.x), y: Math.round(at.y) }));
      return true;
    }
    case "l": {
      const links = shown?.picture.edges.filter((edge) => edge.subject === id || edge.object === id) ?? [];
      const now = links.findIndex((edge) => edgeKey(edge.id) === state.shown);
      const next = links[(now + 1) % Math.max(1, links.length)];
      if (next !== undefined) show(edgeKey(next.id));
      return true;
    }
    default:
      return false;
  }
}
