import assert from "node:assert/strict";
import { test } from "node:test";
import { address, parse } from "./router.ts";

test("an address and its route are inverses", () => {
  const route = { view: "ask", question: "which interventions reverse EMT?", asOf: "2026-01-01", shown: "edge A + B  loss" } as const;
  const to = new URL(address(route), "http://x");
  assert.deepEqual(parse(to.pathname, to.search), route);
});

test("the address of a question is the one that people share", () => {
  assert.equal(address({ question: "which interventions reverse EMT" }), "/?q=which+interventions+reverse+EMT");
  assert.equal(address({}), "/");
});

test("another path is missing, whatever it asks", () => {
  assert.equal(parse("/nowhere", "?q=x").view, "missing");
});
