import assert from "node:assert/strict";
import { test } from "node:test";
import { askedWith } from "./question.ts";

test("the quoted name gives way to the identifier, and the rest of the question stays", () => {
  assert.equal(
    askedWith("what lowers NFKB in mice?", "'nfkb' may mean HGNC:7794 (NFKB1).", "HGNC:7794"),
    "what lowers HGNC:7794 in mice?",
  );
});

test("without a quoted name of the question nothing is guessed", () => {
  assert.equal(askedWith("what lowers it?", "No entity is called 'x-ray'.", "A:1"), null);
  assert.equal(askedWith("what lowers it?", "No such thing.", "A:1"), null);
});
