import assert from "node:assert/strict";
import { test } from "node:test";
import { codePoints, segments, slice, toUtf16, within } from "./offsets.ts";

// Two characters outside the basic plane stand before the words that are quoted.
const TEXT = "𝛽-catenin 🧬 raises EMT";

test("an offset behind astral characters moves by one for each", () => {
  const at = toUtf16(TEXT);
  assert.deepEqual([0, 1, 10, 11, 12].map(at), [0, 2, 11, 13, 14]);
});

test("a slice by code points gives the words that the service means", () => {
  const points = [...TEXT];
  const start = points.indexOf("r");
  assert.equal(slice(TEXT, start, start + 6), "raises");
  assert.equal(slice(TEXT, 0, points.length), TEXT);
});

test("segments join to the text, and each names the marks that cover it", () => {
  const start = [...TEXT].indexOf("r");
  const found = segments(TEXT, [
    { start, end: start + 6, key: "a" },
    { start: start + 3, end: start + 10, key: "b" },
  ]);
  assert.equal(found.map((part) => part.text).join(""), TEXT);
  assert.deepEqual(found.map((part) => [part.text, part.marks.map((mark) => mark.key).join("")]), [
    ["𝛽-catenin 🧬 ", ""],
    ["rai", "a"],
    ["ses", "ab"],
    [" EMT", "b"],
  ]);
});

test("a mark outside the text, or an empty one, is left out", () => {
  const marks = [{ start: 5, end: 900, key: "far" }, { start: 3, end: 3, key: "empty" }];
  assert.deepEqual(segments(TEXT, marks), [{ text: TEXT, marks: [] }]);
});

test("an empty text has no segments", () => {
  assert.deepEqual(segments("", [{ start: 0, end: 1, key: "a" }]), []);
});

test("marks are cut and counted anew for a part of the text", () => {
  const marks = [{ start: 2, end: 8, key: "a" }, { start: 9, end: 12, key: "b" }];
  assert.deepEqual(within(marks, 0, 5), [{ start: 2, end: 5, key: "a" }]);
  assert.deepEqual(within(marks, 6, Infinity), [
    { start: 0, end: 2, key: "a" },
    { start: 3, end: 6, key: "b" },
  ]);
});

test("code points are counted, not UTF-16 units", () => {
  assert.equal(codePoints(TEXT), [...TEXT].length);
  assert.notEqual(codePoints(TEXT), TEXT.length);
});
