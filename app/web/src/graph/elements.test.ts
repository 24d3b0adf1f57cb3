import assert from "node:assert/strict";
import { test } from "node:test";
import * as decode from "../decode.ts";
import { graphOf, lines } from "./elements.ts";

const EMT = "GO:0001837";
const edge = (subject: string, object: string, extra: object = {}) => ({ subject, object, sign: "+", matched: true, claims: ["c1"], ...extra });
const intervention = (id: string, steps: object[], claims: string[] = []) => ({
  target: { id, name: id },
  perturbation: { type: "inhibition", direction: "-" },
  tier: "predicted",
  paths: [{ steps }],
  evidence: claims.map((claim) => ({ claim })),
});
const graph = (...interventions: object[]) =>
  graphOf(decode.answer({ query: { outcome: { id: EMT, name: "EMT" }, effect: "reverses" }, interventions }));

test("an edge that two answers share is drawn once, with the claims of both", () => {
  const drawn = graph(
    intervention("A", [edge("A", EMT)]),
    intervention("B", [edge("B", "A", { kinship: "member_of", claims: [] }), edge("A", EMT, { claims: ["c2"] })]),
  );
  assert.equal(drawn.edges.length, 2);
  assert.deepEqual(drawn.edges[0]?.claims, ["c1", "c2"]);
  assert.deepEqual(drawn.edges.map((item) => item.kind), ["claimed", "membership"]);
  assert.deepEqual(drawn.nodes.map((node) => node.kind), ["target", "outcome", "target"]);
});

test("what was shown by loss and by gain stays two edges", () => {
  const drawn = graph(intervention("A", [edge("A", EMT, { side: "loss" })]), intervention("A", [edge("A", EMT, { side: "gain" })]));
  assert.equal(drawn.edges.length, 2);
});

test("a target has the claims of its answers and of the edges that touch it", () => {
  const drawn = graph(intervention("A", [edge("A", EMT)], ["c7", "c1"]));
  assert.deepEqual(drawn.nodes[0]?.claims, ["c7", "c1"]);
  assert.deepEqual(drawn.nodes[0]?.perturbed, [{ type: "inhibition", direction: "-" }]);
  assert.deepEqual(drawn.nodes[1]?.perturbed, []);
});

test("names break at spaces and hyphens and lose nothing", () => {
  assert.deepEqual(lines("epithelial to mesenchymal transition"), ["epithelial to", "mesenchymal", "transition"]);
  assert.equal(lines("IKK-2/IkappaBalpha/NF-kappaB").join(""), "IKK-2/IkappaBalpha/NF-kappaB");
  assert.deepEqual(lines("x".repeat(40)), ["x".repeat(40)]);
});
