/** The look of the drawn graph, in the colours of the page's present theme. */

import type cytoscape from "cytoscape";

const COLOURS = ["ink", "muted", "paper", "line", "raise", "lower", "accent", "accent-soft"] as const;
type Palette = Record<(typeof COLOURS)[number], string>;

// The library takes double quotes only, and a name with a number needs quotes.
const FONT = '"Source Sans 3 Variable", sans-serif';

function palette(): Palette {
  const page = getComputedStyle(document.documentElement);
  const pairs = COLOURS.map((name) => [name, page.getPropertyValue(`--${name}`).trim()]);
  return Object.fromEntries(pairs) as Palette;
}

/** Return the style sheet: sign by colour and by the shape of the arrow, extrapolation by dashes. */
export function styleSheet(): cytoscape.StylesheetJson {
  const colour = palette();
  const signed = (name: string, shape: "triangle" | "tee" | "none"): cytoscape.Css.Edge => ({
    "line-color": name,
    "target-arrow-color": name,
    "target-arrow-shape": shape,
    color: name,
  });
  return [
    {
      selector: "node",
      style: {
        shape: "round-rectangle",
        width: "data(width)",
        height: "data(height)",
        label: "data(label)",
        "font-family": FONT,
        "font-size": 14,
        "text-wrap": "wrap",
        "text-valign": "center",
        color: colour.ink,
        "background-color": colour.paper,
        "border-width": 1.25,
        "border-color": colour.muted,
        "overlay-opacity": 0,
      },
    },
    { selector: "node[kind = 'target']", style: { "border-width": 2, "border-color": colour.ink } },
    {
      selector: "node[kind = 'outcome']",
      style: { "background-color": colour["accent-soft"], "border-color": colour.accent, "font-weight": 600 },
    },
    { selector: "node[change = '-']", style: { "border-color": colour.lower } },
    { selector: "node[change = '+']", style: { "border-color": colour.raise } },
    {
      selector: "edge",
      style: {
        width: 2,
        "curve-style": "bezier",
        "arrow-scale": 1.2,
        label: "data(label)",
        "font-family": FONT,
        "font-size": 12.5,
        "text-background-color": colour.paper,
        "text-background-opacity": 1,
        "text-background-padding": "2px",
        "control-point-step-size": 48,
        "overlay-opacity": 0,
        ...signed(colour.muted, "none"),
      },
    },
    { selector: "edge[sign = '+']", style: signed(colour.raise, "triangle") },
    { selector: "edge[sign = '-']", style: signed(colour.lower, "tee") },
    { selector: "edge[kind = 'membership']", style: { "line-style": "dotted" } },
    { selector: "edge[kind = 'claimed'][!matched]", style: { "line-style": "dashed" } },
    { selector: "node:selected", style: { "border-width": 3, "border-color": colour.accent } },
    {
      selector: "edge:selected",
      style: { width: 4, "underlay-color": colour.accent, "underlay-opacity": 0.25, "underlay-padding": 5 },
    },
  ];
}
