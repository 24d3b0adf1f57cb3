import assert from "node:assert/strict";
import { test } from "node:test";
import { pieces } from "./controls.ts";

test("a direction override stands alone and is named", () => {
  assert.deepEqual(pieces("safe \u202Eevil\u202C end"), [
    { text: "safe ", control: null },
    { text: "\u202E", control: "U+202E" },
    { text: "evil", control: null },
    { text: "\u202C", control: "U+202C" },
    { text: " end", control: null },
  ]);
});

test("ordinary text of any script is one piece", () => {
  for (const text of ["NF-κB <b>&amp;</b>", "שלום", "𝛽🧬"]) {
    assert.deepEqual(pieces(text), [{ text, control: null }]);
  }
});

test("the pieces of any text join to it", () => {
  const text = "\u2067a\u2066\u2069b\u061c";
  assert.equal(pieces(text).map((piece) => piece.text).join(""), text);
});
