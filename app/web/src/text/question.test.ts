import assert from "node:assert/strict";
import { test } from "node:test";
import { askedWith } from "./question.ts";

test("the name gives way to the identifier, and the rest of the question stays", () => {
  assert.equal(askedWith("what lowers NFKB in mice?", "nfkb", "HGNC:7794"), "what lowers HGNC:7794 in mice?");
  assert.equal(askedWith("what lowers  cell   death", "cell death", "GO:1"), "what lowers  GO:1");
});

test("a name is found as a word of its own, whatever characters it has", () => {
  assert.equal(askedWith("what lowers (p50) by p5", "p5", "A:1"), "what lowers (p50) by A:1");
  for (const name of ["p50 (NF-kB/p50)", "a.b*c", "[x]", "TGF-β", "$&"]) {
    assert.equal(askedWith(`what lowers ${name} now`, name, "A:1"), "what lowers A:1 now");
  }
});

test("where the question has no such name nothing is guessed", () => {
  assert.equal(askedWith("what lowers it?", "x-ray", "A:1"), null);
  assert.equal(askedWith("what lowers it?", "  ", "A:1"), null);
});
