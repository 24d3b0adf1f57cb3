import assert from "node:assert/strict";
import { test } from "node:test";
import { PLAIN, askedAt, askedIn, askingIn, inQuestion, simply } from "./asking.ts";
import { parse } from "./router.ts";

const read = (to: string) => {
  const url = new URL(to, "http://x");
  return parse(url.pathname, url.search);
};

test("a question by its slots and its address are inverses", () => {
  const asking = {
    outcome: "GO:0001837",
    effect: "lowers",
    context: ["organism:NCBITaxon:9606", "setting:in_vivo"],
    maxHops: 2,
    candidates: true,
    background: true,
    matched: true,
    order: "influence",
    simulate: true,
    excluding: ["GO:0006915:induces"],
  };
  assert.deepEqual(askedIn(read(askedAt(asking, "18"))), { question: "", asking, asOf: "18", at: null });
});

test("what is at its default is not in the address", () => {
  assert.equal(askedAt(simply("GO:1", "reverses"), null), "/?outcome=GO%3A1&effect=reverses");
});

test("a setting that can't be is the default, and the slots count before the words", () => {
  const asked = askingIn(new URLSearchParams("outcome=GO:1&max_hops=99&order=luck"));
  assert.deepEqual(asked, { ...PLAIN, outcome: "GO:1", effect: "reverses" });
  assert.equal(askedIn(read("/?q=what+lowers+x&outcome=GO:1"))?.question, "");
  assert.equal(askedIn(read("/")), null);
});

test("an effect reads as a verb", () => {
  assert.equal(inQuestion("no_effect", "EMT"), "which interventions have no effect on EMT");
});
