import assert from "node:assert/strict";
import { test } from "node:test";
import * as changes from "./changes.ts";
import { addressOf, read, write } from "./state.ts";

const at = (search: string) => read(new URLSearchParams(search));

test("an address and its state are each other's inverse", () => {
  const search = "center=FPLX%3ANFkappaB&hops=2&limit=30&expand=outgoing~negative~Gene~50~HGNC%3A7794&expand=~~~20~X~1&hide=GO%3A1&pin=-12~40~A~B&sign=positive&tier=observed&status=candidate&min_belief=0.35&year_from=1999&year_to=2020&organism=NCBITaxon%3A9606&layout=paths&links=own&as_of=18&show=node+A";
  assert.equal(decodeURIComponent(write(at(search)).toString()), decodeURIComponent(search));
  assert.deepEqual(at(search).expanded[1], { id: "X~1", direction: null, sign: null, category: null, limit: 20 });
  assert.deepEqual(at(search).pinned, [{ id: "A~B", x: -12, y: 40 }]);
});

test("an answer keeps the question as it was asked, and its own defaults", () => {
  const state = at("q=which+interventions+reverse+EMT");
  assert.equal(state.layout, "paths");
  assert.equal(state.allLinks, false);
  assert.equal(addressOf(state), "/graph?q=which+interventions+reverse+EMT");
  const structured = at("outcome=GO%3A1&effect=reverses&context=cell%3ACL%3A1&context=setting%3Ain_vivo&max_hops=4");
  assert.deepEqual(structured.source.kind === "answer" && structured.source.asked.length, 5);
});

test("what can't be read in an address is left out", () => {
  const state = at("center=A&hops=99&expand=&expand=a~b&pin=x~y~A&pin=1~2&sign=both&layout=round&min_belief=7&year_from=old");
  assert.deepEqual([state.expanded, state.pinned, state.filters], [[], [], changes.NO_FILTERS]);
  assert.equal(addressOf(state), "/graph?center=A");
  assert.equal(at("hide=A").source.kind, "none");
});

test("expanding again in the same way changes the number, another way adds", () => {
  const one = { id: "A", direction: null, sign: null, category: null, limit: 20 };
  const twice = changes.expand(changes.expand(at("center=A"), one), { ...one, limit: 40 });
  assert.deepEqual(twice.expanded, [{ ...one, limit: 40 }]);
  const both = changes.expand(twice, { ...one, sign: "negative" as const });
  assert.equal(both.expanded.length, 2);
  assert.deepEqual(changes.collapse(both, "A").expanded, []);
});

test("steps go back and forth, and a new step forgets what was undone", () => {
  const two = changes.step(changes.step(changes.NO_STEPS, "a"), "b");
  const [undone, to] = changes.back(two, "c") ?? assert.fail();
  assert.equal(to, "b");
  const [redone, again] = changes.forth(undone, "b") ?? assert.fail();
  assert.deepEqual([again, redone], ["c", two]);
  assert.equal(changes.forth(changes.step(undone, "b"), "x"), null);
  assert.equal(changes.back(changes.NO_STEPS, "a"), null);
});
