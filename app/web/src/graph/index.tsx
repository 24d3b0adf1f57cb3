/** The graph browser: the paths of an answer, or what lies around an entity, to look at and to extend. */

import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { VNode } from "preact";
import { AnswerRevision } from "../state.ts";
import { go } from "../router.ts";
import { Skeleton } from "../views/loading.tsx";
import type { ViewProps } from "../views/lazy.tsx";
import * as changes from "./changes.ts";
import { matching, nodeInWords } from "./compose.ts";
import { Drawn } from "./drawn.tsx";
import { FilterBar } from "./filter_bar.tsx";
import { Legend } from "./legend.tsx";
import { nodeKey } from "./part.ts";
import { GraphProblem } from "./problem.tsx";
import { Side } from "./side.tsx";
import { Start } from "./start.tsx";
import { FIRST_NEIGHBOURS, addressOf } from "./state.ts";
import { PictureTable } from "./table.tsx";
import { Toolbar } from "./toolbar.tsx";
import { useBrowser, usePicture } from "./use_picture.ts";
import type { Browser } from "./use_picture.ts";
import type { Canvas } from "./canvas.ts";
import type { Picture } from "./compose.ts";
import "./graph.css";

const MOST_NODES = 2000;
const MOST_INTERVENTIONS = 500;

export default function GraphBrowser({ route }: ViewProps): VNode {
  const browser = useBrowser(route.parameters);
  const { state, change, show } = browser;
  const reading = usePicture(state);
  const [words, setWords] = useState("");
  const [cursor, setCursor] = useState<string | null>(null);
  const canvas = useRef<Canvas | null>(null);
  const stage = useRef<HTMLDivElement>(null);
  const picture = reading.shown?.picture ?? null;
  const found = useMemo(() => (picture === null ? [] : matching(picture, words)), [picture, words]);
  useSnapshotInAddress(browser, reading.busy ? null : (picture?.snapshot.revision ?? null));
  const expand = useCallback((id: string) => {
    change(changes.expand(state, { id, direction: null, sign: null, category: null, limit: FIRST_NEIGHBOURS }));
  }, [state, change]);
  const point = useCallback((id: string | null) => {
    setCursor(id);
    if (id !== null) canvas.current?.reveal(id);
  }, []);
  if (state.source.kind === "none") return <Start />;
  if (picture === null) {
    return reading.problem === null ? <Skeleton label="Reading this part of the graph" /> : <GraphProblem problem={reading.problem} retry={reading.retry} />;
  }
  const at = picture.nodes.find((node) => node.id === cursor);
  return (
    <AnswerRevision.Provider value={picture.snapshot.revision}>
      <div class="browser">
        <section class="stage" ref={stage} aria-labelledby="graph-title">
          <Toolbar browser={browser} picture={picture} canvas={canvas} stage={stage} words={words} setWords={setWords} found={found} point={point} />
          <FilterBar browser={browser} picture={picture} />
          {reading.problem !== null && <GraphProblem problem={reading.problem} retry={reading.retry} />}
          <Drawn shown={reading.shown} browser={browser} canvas={canvas} cursor={cursor} point={point} found={found} expand={expand} />
          <p class="unseen" role="status" aria-live="polite">{at === undefined ? "" : nodeInWords(at, picture)}</p>
          <Counts reading={reading.busy} picture={picture} more={moreOf(browser, picture)} />
          <Legend picture={picture} />
        </section>
        <Side browser={browser} picture={picture} point={(id) => { point(id); show(nodeKey(id)); }} />
      </div>
      <PictureTable picture={picture} shown={state.shown} show={show} />
    </AnswerRevision.Provider>
  );
}

/** Once the picture is there, the address names its snapshot, so that a copy of it shows the same. */
function useSnapshotInAddress({ state }: ReturnType<typeof useBrowser>, revision: number | null): void {
  useEffect(() => {
    if (revision === null || state.source.kind === "none" || state.asOf !== null) return;
    go(addressOf({ ...state, asOf: String(revision) }), true);
  }, [revision, state]);
}

interface CountsProps {
  readonly reading: boolean;
  readonly picture: Picture;
  readonly more: (() => void) | null;
}

function Counts({ reading, picture, more }: CountsProps): VNode {
  const notShown = picture.baseNotShown + picture.expansions.reduce((sum, one) => sum + one.notShown, 0);
  const parts = [
    `${picture.nodes.length} ${picture.nodes.length === 1 ? "node" : "nodes"} and ${picture.edges.length} ${picture.edges.length === 1 ? "link" : "links"} drawn`,
    ...(picture.filteredEdges > 0 ? [`${picture.filteredEdges} filtered out`] : []),
    ...(picture.hiddenNodes.length > 0 ? [`${picture.hiddenNodes.length} hidden`] : []),
    ...(notShown > 0 ? [`${notShown} neighbours not shown`] : []),
  ];
  return (
    <p class="counts quiet" role="status">
      {parts.join(" · ")}{reading ? " · reading …" : ""}
      {picture.notes.map((note) => <span key={note}> · {note}</span>)}
      {more !== null && <> <button type="button" class="plain" onClick={more}>Draw more</button></>}
    </p>
  );
}

/** Draw more of what the drawing starts from; null where all of it is drawn. */
function moreOf({ state, change }: Browser, picture: Picture): (() => void) | null {
  const { source } = state;
  if (source.kind === "center" && picture.baseNotShown > 0 && source.limit < MOST_NODES) {
    return () => change({ ...state, source: { ...source, limit: Math.min(MOST_NODES, source.limit * 2) } });
  }
  if (source.kind === "answer" && picture.notes.some((note) => note.includes("interventions")) && source.interventions < MOST_INTERVENTIONS) {
    return () => change({ ...state, source: { ...source, interventions: Math.min(MOST_INTERVENTIONS, source.interventions * 2) } });
  }
  return null;
}
