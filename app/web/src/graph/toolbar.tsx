/** What is done to the drawing as a whole: search in it, undo, layout, view, files, the address. */

import { useState } from "preact/hooks";
import type { RefObject, VNode } from "preact";
import { dayOf } from "../words.ts";
import { Inert } from "../views/text.tsx";
import type { Canvas } from "./canvas.ts";
import type { Picture } from "./compose.ts";
import type { GraphState } from "./state.ts";
import type { Browser } from "./use_picture.ts";

interface Props {
  readonly browser: Browser;
  readonly picture: Picture;
  readonly canvas: RefObject<Canvas | null>;
  readonly stage: RefObject<HTMLDivElement | null>;
  readonly words: string;
  readonly setWords: (words: string) => void;
  readonly found: readonly string[];
  readonly point: (id: string | null) => void;
}

export function Toolbar(props: Props): VNode {
  const { browser, picture, canvas } = props;
  const { state, change } = browser;
  return (
    <header class="stage-head">
      <div class="stage-title">
        <h1 id="graph-title"><Inert text={titleOf(state, picture)} /></h1>
        <p class="quiet">
          As of revision {picture.snapshot.revision}, {dayOf(picture.snapshot.createdAt)}{" "}
          <button type="button" class="plain" onClick={() => change({ ...state, asOf: null })}>Show the latest</button>
        </p>
      </div>
      <div class="tools" role="toolbar" aria-label="Tools of the graph">
        <Search {...props} />
        <div class="group">
          <button type="button" disabled={browser.undo === null} onClick={() => browser.undo?.()} title="Ctrl+Z">Undo</button>
          <button type="button" disabled={browser.redo === null} onClick={() => browser.redo?.()} title="Ctrl+Shift+Z">Redo</button>
        </div>
        <div class="group" role="group" aria-label="Layout">
          <button type="button" aria-pressed={state.layout === "paths"} onClick={() => change({ ...state, layout: "paths" })}>Paths</button>
          <button type="button" aria-pressed={state.layout === "free"} onClick={() => change({ ...state, layout: "free" })}>Free</button>
        </div>
        <div class="group">
          <button type="button" aria-label="Zoom in" onClick={() => canvas.current?.zoom(1.25)}>+</button>
          <button type="button" aria-label="Zoom out" onClick={() => canvas.current?.zoom(0.8)}>−</button>
          <button type="button" onClick={() => canvas.current?.fit()}>Fit</button>
          <FullScreen stage={props.stage} />
        </div>
        <FileButtons title={titleOf(state, picture)} picture={picture} canvas={canvas} />
      </div>
    </header>
  );
}

function titleOf(state: GraphState, picture: Picture): string {
  const middle = picture.nodes.find((node) => node.kind === "center" || node.kind === "outcome")?.name;
  if (state.source.kind === "center") return `Around ${middle ?? state.source.center}`;
  const asked = state.source.kind === "answer" ? new Map(state.source.asked) : new Map<string, string>();
  return asked.get("q") ?? `What ${asked.get("effect") ?? "changes"} ${middle ?? asked.get("outcome") ?? ""}?`;
}

function Search({ words, setWords, found, point, picture }: Props): VNode {
  const [at, setAt] = useState(0);
  const go = (event: SubmitEvent): void => {
    event.preventDefault();
    const next = found[at % Math.max(1, found.length)];
    if (next === undefined) return;
    point(next);
    setAt(at + 1);
  };
  const typed = (text: string): void => {
    setWords(text);
    setAt(0);
  };
  return (
    <form class="within" role="search" aria-label="In this graph" onSubmit={go}>
      <input type="search" aria-label="Search in this graph" placeholder="Search in this graph" value={words} list="graph-names" onInput={(event) => typed(event.currentTarget.value)} />
      <datalist id="graph-names">{picture.nodes.slice(0, 500).map((node) => <option key={node.id} value={node.name} />)}</datalist>
      <span class="quiet found-count" role="status">{words.trim() === "" ? "" : `${found.length} found`}</span>
    </form>
  );
}

function FullScreen({ stage }: { readonly stage: RefObject<HTMLDivElement | null> }): VNode | null {
  if (!document.fullscreenEnabled) return null;
  const turn = (): void => {
    if (document.fullscreenElement === null) void stage.current?.requestFullscreen();
    else void document.exitFullscreen();
  };
  return <button type="button" onClick={turn}>Full screen</button>;
}

interface FileProps {
  readonly title: string;
  readonly picture: Picture;
  readonly canvas: RefObject<Canvas | null>;
}

function FileButtons({ title, picture, canvas }: FileProps): VNode {
  const [said, setSaid] = useState("");
  const name = `evipath-${title.toLowerCase().replace(/[^a-z0-9]+/gu, "-").replace(/^-|-$/gu, "").slice(0, 60)}-r${picture.snapshot.revision}`;
  const save = async (kind: "png" | "svg"): Promise<void> => {
    const view = canvas.current?.view;
    if (view === undefined) return;
    try {
      const { savePng, saveSvg } = await import("./save.ts");
      const description = `Snapshot ${picture.snapshot.id}, revision ${picture.snapshot.revision}. ${location.href}`;
      if (kind === "svg") saveSvg(view, { title, description }, name);
      else await savePng(view, name);
      setSaid(`Saved as ${kind.toUpperCase()}`);
    } catch (error) {
      setSaid(`Not saved: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(location.href);
      setSaid("Address copied");
    } catch {
      setSaid("Copy it from the browser's address line");
    }
  };
  return (
    <div class="group">
      <button type="button" onClick={() => void save("png")}>PNG</button>
      <button type="button" onClick={() => void save("svg")}>SVG</button>
      <button type="button" onClick={() => void copy()}>Copy address</button>
      <span class="quiet" role="status">{said}</span>
    </div>
  );
}
