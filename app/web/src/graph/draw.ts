/** The drawn graph. This module brings the graph library, so it is loaded on demand. */

import cytoscape from "cytoscape";
import dagre from "cytoscape-dagre";
import { lines } from "./elements.ts";
import { keepLibraryStyleOut, styleSheet } from "./style.ts";
import { inWords, perturbationInWords } from "../words.ts";
import type { AnswerGraph, GraphEdge, GraphNode } from "./elements.ts";

cytoscape.use(dagre);

const NARROW = 420;

/** The mean width of a letter and the height of a line in a node's label, in model pixels. */
const LETTER = 6.7;
const LINE = 16.5;

/** The largest zoom that is chosen unasked, and the bounds of the drawing's height in pixels. */
const LARGEST = 1.2;
const LOWEST = 150;
const HIGHEST = 460;
const MARGIN = 12;

export interface Drawing {
  select(id: string | null): void;
  fit(): void;
  zoom(factor: number): void;
  destroy(): void;
}

/** Draw `graph` in `container`; `onSelect` gets the id of a chosen node or edge, or null. */
export function draw(container: HTMLElement, graph: AnswerGraph, onSelect: (id: string | null) => void): Drawing {
  keepLibraryStyleOut();
  const view = cytoscape({
    container,
    elements: [
      ...graph.nodes.map((node) => ({ group: "nodes" as const, data: nodeData(node) })),
      ...graph.edges.map((edge) => ({ group: "edges" as const, data: edgeData(edge) })),
    ],
    style: styleSheet(),
    minZoom: 0.2,
    maxZoom: 3,
    userZoomingEnabled: false,
    boxSelectionEnabled: false,
    autounselectify: false,
    selectionType: "single",
  });
  const arrange = (): void => {
    view.layout(layout(container.clientWidth < NARROW)).run();
    fit(view, container);
  };
  arrange();
  view.on("tap", (event) => {
    onSelect(event.target === view ? null : (event.target as cytoscape.SingularElementReturnValue).id());
  });
  const stop = watch(container, arrange, () => view.style(styleSheet()));
  return {
    select: (id) => {
      view.elements().unselect();
      if (id !== null) view.getElementById(id).select();
    },
    fit: arrange,
    zoom: (factor) => view.zoom({ level: view.zoom() * factor, renderedPosition: { x: view.width() / 2, y: view.height() / 2 } }),
    destroy: () => {
      stop();
      view.destroy();
    },
  };
}

/** Show the whole graph as large as reads well, in a container no higher than it needs. */
function fit(view: cytoscape.Core, container: HTMLElement): void {
  const drawn = view.elements().boundingBox();
  const zoom = Math.min(LARGEST, (container.clientWidth - 2 * MARGIN) / drawn.w);
  const height = Math.min(HIGHEST, Math.max(LOWEST, drawn.h * zoom + 2 * MARGIN));
  container.style.height = `${Math.round(height)}px`;
  view.resize();
  view.zoom(Math.min(zoom, (height - 2 * MARGIN) / drawn.h));
  view.center();
}

function nodeData(node: GraphNode): cytoscape.NodeDataDefinition {
  const done = node.perturbed.map(({ type, direction }) => perturbationInWords(type, direction));
  const label = [...lines(node.entity.name), ...done];
  const longest = Math.max(...label.map((line) => line.length), 1);
  const directions = new Set(node.perturbed.map(({ direction }) => direction));
  return {
    id: node.id,
    kind: node.kind,
    change: directions.size === 1 ? [...directions][0] : "",
    label: label.join("\n"),
    width: longest * LETTER + 22,
    height: label.length * LINE + 14,
  };
}

function edgeData(edge: GraphEdge): cytoscape.EdgeDataDefinition {
  const label = edge.kind === "membership" ? "member" : edge.aspect === null ? "" : inWords(edge.aspect);
  return { id: edge.id, source: edge.source, target: edge.target, kind: edge.kind, sign: edge.sign, matched: edge.matched ? 1 : 0, label };
}

function layout(narrow: boolean): cytoscape.LayoutOptions {
  return {
    name: "dagre",
    rankDir: narrow ? "TB" : "LR",
    nodeSep: narrow ? 32 : 28,
    rankSep: narrow ? 56 : 100,
    edgeSep: 18,
    fit: false,
    animate: false,
  } as cytoscape.LayoutOptions;
}

/** Arrange anew when the width of the container changes, and colour anew when the theme does. */
function watch(container: HTMLElement, arrange: () => void, colour: () => void): () => void {
  let width = container.clientWidth;
  const size = new ResizeObserver(() => {
    if (Math.abs(container.clientWidth - width) < 8) return;
    width = container.clientWidth;
    arrange();
  });
  size.observe(container);
  const dark = matchMedia("(prefers-color-scheme: dark)");
  dark.addEventListener("change", colour);
  return () => {
    size.disconnect();
    dark.removeEventListener("change", colour);
  };
}
