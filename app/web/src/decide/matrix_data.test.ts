import assert from "node:assert/strict";
import { test } from "node:test";
import { cellKey, columnsOf, matrix } from "./matrix_data.ts";

const CELL = { side: "loss", aspect: "induction", result: "positive", total: 1, claims: [{ claim: "a", sign: "+", status: "accepted" }], conflicts: [] };
const MATRIX = {
  query: { target: { id: "FPLX:NFkappaB", name: "NFkappaB" }, outcome: { id: "GO:0001837", name: "EMT" } },
  snapshot: { id: "x", revision: 3, created_at: "2026-01-01T00:00:00Z" },
  contexts: [
    { parts: [{ type: "cell", id: "CL:1", name: "a cell", state: null }], cells: [CELL, { ...CELL, side: null, aspect: null, result: "null" }] },
    { parts: [], cells: [{ ...CELL, side: "gain", aspect: "maintenance", result: "untested", claims: [], total: 0 }] },
  ],
  deciding: [],
  beside: [],
  total: 2,
  next: null,
};

test("the columns are those that any context has, loss before gain, stated before unstated", () => {
  const found = matrix(MATRIX);
  assert.deepEqual(columnsOf(found.items), [
    { side: "loss", aspect: "induction" },
    { side: "gain", aspect: "maintenance" },
    { side: null, aspect: null },
  ]);
  assert.equal(found.items[0]?.cells[0]?.claims[0]?.sign, "+");
});

test("a cell's key tells its context whatever the order of its parts", () => {
  const parts = [{ type: "cell", id: "CL:1", name: "", state: null }, { type: "co_stimulus", id: "HGNC:1", name: "", state: "absent" }];
  assert.equal(cellKey(parts, "loss", null), cellKey([...parts].reverse(), "loss", null));
  assert.notEqual(cellKey(parts, "loss", null), cellKey(parts.slice(1), "loss", null));
});

test("a result that is not known is no result", () => {
  assert.throws(() => matrix({ ...MATRIX, contexts: [{ parts: [], cells: [{ ...CELL, result: "perhaps" }] }] }));
});
