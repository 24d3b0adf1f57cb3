import assert from "node:assert/strict";
import { test } from "node:test";
import { apart, boxed, nextPlace, roomy } from "./geometry.ts";

const at = (id: string, x: number, y: number, fixed = false) => ({ id, x, y, width: 100, height: 40, fixed });

test("the arrow keys go to the nearest node ahead, not to one beside", () => {
  const places = [at("here", 0, 0), at("far ahead", 300, 10), at("steep", 40, 200), at("behind", -50, 0)];
  const here = places[0] ?? assert.fail();
  assert.equal(nextPlace(here, "right", places), "far ahead");
  assert.equal(nextPlace(here, "down", places), "steep");
  assert.equal(nextPlace(here, "left", places), "behind");
  assert.equal(nextPlace(here, "up", places), null);
});

test("rectangles that cover each other are pushed apart, and what is fixed stands", () => {
  const crowd = Array.from({ length: 30 }, (_, index) => at(`n${index}`, (index % 5) * 20, index * 3, index === 0));
  const placed = apart(crowd, 10);
  assert.deepEqual(placed.get("n0"), { x: 0, y: 0 });
  const all = [...placed.values()];
  for (const [index, one] of all.entries()) {
    for (const other of all.slice(index + 1)) {
      assert.ok(Math.abs(one.x - other.x) >= 99 || Math.abs(one.y - other.y) >= 39, "two nodes cover each other");
    }
  }
});

test("a crowd is spread over the room that it needs before it is pushed apart", () => {
  const crowd = Array.from({ length: 100 }, (_, index) => at(`n${index}`, index % 10, Math.floor(index / 10)));
  const spread = roomy(crowd);
  const width = Math.max(...spread.map(({ x }) => x)) - Math.min(...spread.map(({ x }) => x));
  const height = Math.max(...spread.map(({ y }) => y)) - Math.min(...spread.map(({ y }) => y));
  assert.ok(width > height && width * height > 100 * 100 * 40);
  assert.deepEqual(roomy(crowd.slice(0, 3)), crowd.slice(0, 3));
});

test("the members of a box move as one, and no other node lies within it", () => {
  const members = [at("a", 0, 0), at("b", 0, 100)];
  const placed = boxed([...members, at("other", 10, 50)], new Map([["a", "F"], ["b", "F"]]), apart);
  const [a, b, other] = ["a", "b", "other"].map((id) => placed.get(id) ?? assert.fail());
  assert.ok(a !== undefined && b !== undefined && other !== undefined);
  assert.deepEqual([b.x - a.x, b.y - a.y], [0, 100]);
  assert.ok(Math.abs(other.x - a.x) > 100 || other.y < a.y - 40 || other.y > b.y + 40);
});
