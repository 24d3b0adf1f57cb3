import assert from "node:assert/strict";
import { test } from "node:test";
import { moved, sentence, span, tokens, trimmed } from "./sentences.ts";

const TEXT = [..."A title 𝛼.\nWe show it. TGF-β1 induced EMT (n = 3.5) here. It ended."];

function at(words: string): [number, number] {
  const start = TEXT.join("").indexOf(words);
  const points = [...TEXT.join("").slice(0, start)].length;
  return [points, points + [...words].length];
}

test("a sentence is found by its stops, not by those in numbers or abbreviations before small letters", () => {
  assert.equal(sentence(TEXT, ...at("EMT")).text, "TGF-β1 induced EMT (n = 3.5) here.");
  assert.equal(sentence(TEXT, ...at("title")).text, "A title 𝛼.");
  assert.equal(sentence(TEXT, at("show")[0], at("EMT")[1]).text.startsWith("We show it. TGF"), true);
});

test("spans count code points and lose the white space at their ends", () => {
  const [start, end] = at("𝛼");
  assert.equal(span(TEXT, start, end).text, "𝛼");
  assert.deepEqual(trimmed(TEXT, start - 1, end), span(TEXT, start, end));
  assert.equal(trimmed(TEXT, start - 1, start), null);
});

test("keys move a span by words and change its ends", () => {
  assert.deepEqual(tokens([..."TGF-β1 x"]).map((each) => each.text), ["TGF", "-", "β1", "x"]);
  const first = span(TEXT, ...at("induced"));
  assert.equal(moved(TEXT, first, "next", 0)?.text, "EMT");
  assert.equal(moved(TEXT, first, "longer", 0)?.text, "induced EMT");
  assert.equal(moved(TEXT, span(TEXT, ...at("β1 induced")), "earlier", 0)?.text, "-β1 induced");
  assert.equal(moved(TEXT, first, "shorter", 0)?.text, "induced");
  assert.equal(moved(TEXT, null, "next", at("induced")[0])?.text, "induced");
});
