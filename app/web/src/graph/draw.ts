/** The drawn graph. This module brings the graph library, so it is loaded on demand. */

import cytoscape from "cytoscape";
import dagre from "cytoscape-dagre";
import { lines } from "./elements.ts";
import { styleSheet } from "./style.ts";
import { inWords } from "../words.ts";
import type { AnswerGraph, GraphEdge, GraphNode } from "./elements.ts";

cytoscape.use(dagre);

const NARROW = 420;

/** The id of the style element that the library would add; the page's own style sheet has it. */
const LIBRARY_STYLE = "__________cytoscape_stylesheet";

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
    if (view.zoom() > 1.25) {
      view.zoom(1.25);
      view.center();
    }
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

function nodeData(node: GraphNode): cytoscape.NodeDataDefinition {
  const label = lines(node.name);
  const longest = Math.max(...label.map((line) => line.length), 1);
  const pad = node.kind === "intervention" ? 26 : 22;
  return { id: node.id, kind: node.kind, label: label.join("\n"), width: longest * 6.9 + pad, height: label.length * 16 + 14 };
}

function edgeData(edge: GraphEdge): cytoscape.EdgeDataDefinition {
  const label = edge.kind === "membership" ? "member" : edge.aspect === null ? "" : inWords(edge.aspect);
  return { id: edge.id, source: edge.source, target: edge.target, kind: edge.kind, sign: edge.sign, matched: edge.matched ? 1 : 0, label };
}

function layout(narrow: boolean): cytoscape.LayoutOptions {
  return {
    name: "dagre",
    rankDir: narrow ? "TB" : "LR",
    nodeSep: narrow ? 22 : 26,
    rankSep: narrow ? 46 : 72,
    edgeSep: 18,
    padding: 16,
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

function keepLibraryStyleOut(): void {
  if (document.getElementById(LIBRARY_STYLE) !== null) return;
  const stand = document.createElement("template");
  stand.id = LIBRARY_STYLE;
  document.head.append(stand);
}
