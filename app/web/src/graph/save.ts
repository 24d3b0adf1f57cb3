/** Pictures of the drawing as files: PNG by the library, SVG by our own writer. */

import type cytoscape from "cytoscape";
import { palette } from "./style.ts";
import { svgOf } from "./svg.ts";
import type { DrawnEdge, DrawnNode } from "./svg.ts";

/** The longest side of a PNG in pixels; browsers refuse larger canvases. */
const LONGEST = 8000;

export interface Caption {
  readonly title: string;
  readonly description: string;
}

export function saveSvg(view: cytoscape.Core, caption: Caption, name: string): void {
  const colour = palette();
  const text = svgOf({
    ...caption,
    nodes: view.nodes().map(drawnNode),
    edges: view.edges().map(drawnEdge),
    background: colour.paper,
    warn: colour.warn,
  });
  save(new Blob([text], { type: "image/svg+xml" }), `${name}.svg`);
}

export async function savePng(view: cytoscape.Core, name: string): Promise<void> {
  const options = { output: "blob-promise", full: true, scale: 2, maxWidth: LONGEST, maxHeight: LONGEST, bg: palette().paper } as const;
  save(await view.png(options), `${name}.png`);
}

function save(contents: Blob, name: string): void {
  const address = URL.createObjectURL(contents);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

function drawnNode(node: cytoscape.NodeSingular): DrawnNode {
  const box = node.hasClass("box");
  const { x1, y1, w, h } = node.boundingBox({ includeLabels: false, includeOverlays: false, includeUnderlays: false });
  const around = node.isParent() ? { at: { x: x1 + w / 2, y: y1 + h / 2 }, width: w, height: h } : { at: { ...node.position() }, width: node.width(), height: node.height() };
  return {
    id: node.id(),
    ...around,
    shape: String(node.style("shape")),
    lines: String(node.data("label")).split("\n"),
    fill: String(node.style("background-color")),
    stroke: String(node.style("border-color")),
    strokeWidth: Number.parseFloat(String(node.style("border-width"))),
    ink: String(node.style("color")),
    bold: Number(node.style("font-weight")) >= 600,
    box,
  };
}

function drawnEdge(edge: cytoscape.EdgeSingular): DrawnEdge {
  const style = String(edge.style("line-style"));
  return {
    id: edge.id(),
    from: edge.sourceEndpoint(),
    to: edge.targetEndpoint(),
    bends: edge.controlPoints() ?? [],
    middle: edge.midpoint(),
    colour: String(edge.style("line-color")),
    width: Number.parseFloat(String(edge.style("width"))),
    dash: style === "dashed" ? (Number(edge.data("unjudged")) === 1 ? "2 5" : "6 3") : style === "dotted" ? "1.5 3" : "",
    opacity: Number(edge.style("line-opacity")),
    arrow: String(edge.style("target-arrow-shape")),
    label: String(edge.style("label")),
    labelColour: String(edge.style("color")),
    disputed: edge.data("conflict") !== undefined,
  };
}
