import assert from "node:assert/strict";
import { test } from "node:test";
import { escaped, svgOf } from "./svg.ts";

const NODE = { id: "node A", at: { x: 0, y: 0 }, width: 80, height: 30, shape: "round-rectangle", lines: ["A"], fill: "#fff", stroke: "#000", strokeWidth: 1, ink: "#000", bold: false, box: false };
const EDGE = { id: "edge 1", from: { x: 0, y: 0 }, to: { x: 100, y: 0 }, bends: [], middle: { x: 50, y: 0 }, colour: "#00f", width: 2, dash: "", opacity: 1, arrow: "triangle", label: "", labelColour: "#00f", disputed: false };
const drawn = (nodes: object[], edges: object[]) => svgOf({ title: "t", description: "d", background: "#fff", warn: "#f00", nodes: nodes as [], edges: edges as [] });

test("markup in a name stays text", () => {
  const text = drawn([{ ...NODE, lines: [`<script>alert("1")</script>\u0000&`] }], []);
  assert.ok(!text.includes("<script"));
  assert.ok(text.includes("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;</tspan>"));
  assert.equal(escaped("a\u0001b\uffffc"), "abc");
});

test("sign is a shape: a head, a bar, a ring", () => {
  assert.match(drawn([], [EDGE]), /<path d="M0 0l-11 -5.5v11z"/u);
  assert.match(drawn([], [{ ...EDGE, arrow: "tee" }]), /<path d="M-1.5 -7v14"/u);
  assert.match(drawn([], [{ ...EDGE, arrow: "circle" }]), /<circle/u);
});

test("a bent edge is a curve, an arrow turns with its end, a disputed edge bears a diamond", () => {
  const text = drawn([], [{ ...EDGE, bends: [{ x: 100, y: 100 }], disputed: true }]);
  assert.match(text, /d="M0 0Q100 100 100 0"/u);
  assert.match(text, /rotate\(-90\)/u);
  assert.match(text, /fill="#f00"/u);
});
