/** The look of the drawn graph, in the colours of the page's present theme. */

import type cytoscape from "cytoscape";

const COLOURS = ["ink", "muted", "paper", "page", "sunken", "line", "raise", "lower", "accent", "accent-soft", "warn", "mark-deep"] as const;
export type Palette = Record<(typeof COLOURS)[number], string>;

// The library takes double quotes only, and a name with a number needs quotes.
export const FONT = '"Source Sans 3 Variable", sans-serif';

export function palette(): Palette {
  const page = getComputedStyle(document.documentElement);
  const pairs = COLOURS.map((name) => [name, page.getPropertyValue(`--${name}`).trim()]);
  return Object.fromEntries(pairs) as Palette;
}

type Arrow = "triangle" | "tee" | "circle" | "none";

/** Return the style sheet: sign by colour and by the shape of the arrow, what is less sure by dashes. */
export function styleSheet(): cytoscape.StylesheetJson {
  const colour = palette();
  const signed = (name: string, shape: Arrow): cytoscape.Css.Edge => ({
    "line-color": name,
    "target-arrow-color": name,
    "target-arrow-shape": shape,
    color: name,
  });
  return [...nodeStyles(colour), ...edgeStyles(colour, signed), ...stateStyles(colour)];
}

function nodeStyles(colour: Palette): cytoscape.StylesheetJson {
  return [
    {
      selector: "node",
      style: {
        shape: "round-rectangle",
        label: "data(label)",
        "font-family": FONT,
        "font-size": 14,
        "text-wrap": "wrap",
        "text-valign": "center",
        "min-zoomed-font-size": 5,
        color: colour.ink,
        "background-color": colour.paper,
        "border-width": 1.25,
        "border-color": colour.muted,
        "overlay-opacity": 0,
      },
    },
    { selector: "node[width]", style: { width: "data(width)", height: "data(height)" } },
    { selector: "node[shape]", style: { shape: "data(shape)" as cytoscape.Css.NodeShape } },
    { selector: "node[kind = 'target']", style: { "border-width": 2, "border-color": colour.ink } },
    {
      selector: "node[kind = 'outcome'], node[kind = 'center']",
      style: { "background-color": colour["accent-soft"], "border-color": colour.accent, "border-width": 2, "font-weight": 600 },
    },
    { selector: "node[change = '-']", style: { "border-color": colour.lower } },
    { selector: "node[change = '+']", style: { "border-color": colour.raise } },
    { selector: "node[pinned = 1]", style: { "border-style": "double", "border-width": 4 } },
    {
      selector: "node.box",
      style: {
        shape: "round-rectangle",
        "background-color": colour.sunken,
        "background-opacity": 0.6,
        "border-color": colour.line,
        "border-width": 1.5,
        "border-style": "solid",
        "text-valign": "top",
        "text-margin-y": -3,
        "font-size": 12.5,
        color: colour.muted,
        padding: "14px",
      },
    },
  ];
}

function edgeStyles(colour: Palette, signed: (name: string, shape: Arrow) => cytoscape.Css.Edge): cytoscape.StylesheetJson {
  return [
    {
      selector: "edge",
      style: {
        width: 2,
        "curve-style": "bezier",
        "arrow-scale": 1.2,
        label: "data(label)",
        "font-family": FONT,
        "font-size": 12.5,
        "min-zoomed-font-size": 7,
        "text-background-color": colour.paper,
        "text-background-opacity": 1,
        "text-background-padding": "2px",
        "control-point-step-size": 40,
        "overlay-opacity": 0,
        ...signed(colour.muted, "none"),
      },
    },
    { selector: "edge[width]", style: { width: "data(width)" } },
    { selector: "edge[sign = '+']", style: signed(colour.raise, "triangle") },
    { selector: "edge[sign = '-']", style: signed(colour.lower, "tee") },
    { selector: "edge[sign = '0'][kind = 'claimed']", style: { ...signed(colour.muted, "circle"), "target-arrow-fill": "hollow", "arrow-scale": 0.9 } },
    { selector: "edge[kind = 'membership']", style: { "line-style": "dotted", width: 1.5 } },
    { selector: "edge[kind = 'claimed'][matched = 0]", style: { "line-style": "dashed" } },
    { selector: "edge[unjudged = 1]", style: { "line-opacity": 0.55, "line-style": "dashed", "line-dash-pattern": [2, 5] } },
    {
      selector: "edge[conflict]",
      style: {
        "mid-target-arrow-shape": "diamond",
        "mid-target-arrow-color": colour.warn,
        color: colour.warn,
        "font-weight": 600,
        "text-rotation": "autorotate",
        "text-margin-y": -13,
        "underlay-color": colour["mark-deep"],
        "underlay-opacity": 0.45,
        "underlay-padding": 3,
      },
    },
    { selector: "edge.enclosed", style: { "line-opacity": 0.45, label: "" } },
    { selector: "edge:loop", style: { "control-point-step-size": 90, "loop-sweep": "-50deg" } },
    { selector: "edge.simple", style: { "curve-style": "straight", label: "" } },
  ];
}

function stateStyles(colour: Palette): cytoscape.StylesheetJson {
  return [
    { selector: "node.found", style: { "background-color": colour["mark-deep"] } },
    { selector: ".apart", style: { opacity: 0.25 } },
    { selector: "node.cursor", style: { "outline-width": 3, "outline-color": colour.accent, "outline-offset": 3 } as cytoscape.Css.Node },
    { selector: "node:selected", style: { "background-color": colour["accent-soft"], "border-color": colour.accent, "border-width": 2.5 } },
    { selector: "edge:selected", style: { width: 4.5 } },
  ];
}

/** The id of the style element that the library would add. */
const LIBRARY_STYLE = "__________cytoscape_stylesheet";

/** The page's style sheet has what the library would write into a style element of its own. */
export function keepLibraryStyleOut(): void {
  if (document.getElementById(LIBRARY_STYLE) !== null) return;
  const stand = document.createElement("template");
  stand.id = LIBRARY_STYLE;
  document.head.append(stand);
}
