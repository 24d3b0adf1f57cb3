import assert from "node:assert/strict";
import { test } from "node:test";
import * as changes from "./changes.ts";
import { compose, matching, nodeInWords } from "./compose.ts";
import { part } from "./part.ts";
import { read } from "./state.ts";
import type { Parts } from "./load.ts";

const node = (id: string, category = "Gene", neighbours = 0) => ({ id, name: `name of ${id}`, category, neighbours });
const edge = (subject: string, sign: string, object: string, extra: object = {}) => ({ id: `${subject}|${sign}|${object}`, subject, object, sign, belief: 0.8, claims: ["c"], statuses: ["accepted"], ...extra });
const made = (nodes: object[], edges: object[], extra: object = {}) =>
  part({ center: "A", nodes, edges, snapshot: { id: "s", revision: 3, created_at: "2026-01-01T00:00:00Z" }, ...extra });
const parts = (base: Parts["base"], ...expansions: Parts["expansions"]): Parts => ({ base, expansions, among: null });
const ids = (items: readonly { id: string }[]) => items.map((item) => item.id);

const BASE = parts(made([node("A", "Gene", 5), node("B"), node("C")], [edge("A", "+", "B"), edge("C", "-", "A", { belief: 0.3, tiers: ["predicted"] })], { not_shown: 3 }));
const state = read(new URLSearchParams("center=A"));

test("what passes no filter is not drawn, nor what it alone held; the middle stays", () => {
  const drawn = compose(changes.filter(state, { minBelief: 0.5 }), BASE);
  assert.deepEqual([ids(drawn.nodes), ids(drawn.edges), drawn.filteredEdges], [["A", "B"], ["A|+|B"], 1]);
  const none = compose(changes.filter(state, { signs: ["unsigned"] }), BASE);
  assert.deepEqual(ids(none.nodes), ["A"]);
  const tier = compose(changes.filter(state, { tiers: ["observed"] }), BASE);
  assert.deepEqual(ids(tier.edges), ["A|+|B"], "an edge outside of the answer has no tier to be filtered by");
});

test("a hidden node goes with its edges, and is told", () => {
  const drawn = compose(changes.hide(state, "B"), BASE);
  assert.deepEqual([ids(drawn.nodes), ids(drawn.edges)], [["A", "C"], ["C|-|A"]]);
  assert.deepEqual(drawn.hiddenNodes, [{ id: "B", name: "name of B" }]);
  assert.deepEqual(ids(compose(changes.hide(state, "A"), BASE).nodes), ["B", "C"], "what the middle held stays");
});

test("how many neighbours are not drawn", () => {
  const drawn = compose(state, BASE);
  assert.equal(drawn.nodes[0]?.more, 3);
  assert.equal(drawn.baseNotShown, 3);
  assert.match(nodeInWords(drawn.nodes[0] ?? assert.fail(), drawn), /2 links drawn, 3 more neighbours not drawn/u);
  assert.equal(compose(changes.hide(state, "B"), BASE).nodes[0]?.more, 4);
});

test("an expansion adds to the base and tells what it left out", () => {
  const more = made([node("B"), node("D", "SmallMolecule")], [edge("D", "-", "B")], { center: "B", not_shown: 7 });
  const wanted = changes.expand(state, { id: "B", direction: null, sign: null, category: null, limit: 1 });
  const drawn = compose(wanted, parts(BASE.base, more));
  assert.deepEqual(ids(drawn.nodes), ["A", "B", "C", "D"]);
  assert.deepEqual(drawn.expansions, [{ drawn: 1, notShown: 7 }]);
  assert.equal(drawn.nodes[1]?.expanded, true);
});

test("drawn members stand in the box of their family, from whichever end kinship is told", () => {
  const family = (kinship: string, from: string, to: string) => compose(state, parts(made(
    [node("A"), node("F", "GeneFamily"), node("M")],
    [edge("A", "+", "F"), edge(from, "+", to, { kinship, claims: [] })],
  )));
  for (const drawn of [family("member of", "M", "F"), family("family of", "F", "M")]) {
    assert.deepEqual(drawn.boxes.map((box) => box.id), ["F"]);
    assert.deepEqual(drawn.nodes.map((one) => one.box), [null, "F", "F"]);
    assert.deepEqual(drawn.edges.map((one) => one.enclosed), [false, true]);
  }
  assert.deepEqual(family("member of", "F", "M").boxes, [], "a pathway is no box for the families in it");
});

test("links between neighbours are drawn only where all links are asked for", () => {
  const base = parts(made([node("A"), node("B"), node("C")], [edge("A", "+", "B"), edge("B", "-", "C"), edge("C", "+", "A")]));
  assert.equal(compose(state, base).edges.length, 3);
  assert.deepEqual(ids(compose({ ...state, allLinks: false }, base).edges), ["A|+|B", "C|+|A"]);
});

test("search finds names and identifiers", () => {
  assert.deepEqual(matching(compose(state, BASE), "OF b"), ["B"]);
  assert.deepEqual(matching(compose(state, BASE), " "), []);
});
