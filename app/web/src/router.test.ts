import assert from "node:assert/strict";
import { test } from "node:test";
import { address, parse, place } from "./router.ts";

const read = (to: string) => {
  const url = new URL(to, "http://x");
  return parse(url.pathname, url.search);
};

test("an address and its route are inverses", () => {
  const route = { question: "which interventions reverse EMT?", asOf: "2026-01-01", shown: "edge A + B  loss" };
  const { view, question, asOf, shown } = read(address(route));
  assert.deepEqual({ view, question, asOf, shown }, { view: "ask", ...route });
});

test("the address of a question is the one that people share", () => {
  assert.equal(address({ question: "which interventions reverse EMT" }), "/?q=which+interventions+reverse+EMT");
  assert.equal(address({}), "/");
});

test("an identifier stands in the path as people write it, whatever characters it has", () => {
  assert.equal(place("entity", "GO:0001837"), "/entity/GO:0001837");
  for (const id of ["doi:10.1172/JCI21358", "doi:10.1/a?b#c%d", "HGNC:7794", "PMID:1"]) {
    const route = read(place("article", id, { as_of: "18" }));
    assert.deepEqual([route.view, route.id, route.asOf], ["article", id, "18"]);
  }
});

test("parameters of one view are kept, repeated ones too, and empty ones are left out", () => {
  const to = place("curate", "", { by: "entity", status: ["candidate", "disputed"], none: null, empty: "" });
  assert.equal(to, "/curate?by=entity&status=candidate&status=disputed");
  assert.deepEqual(read(to).parameters.getAll("status"), ["candidate", "disputed"]);
});

test("another path is missing, whatever it asks", () => {
  for (const path of ["/nowhere", "/entity", "/claim/", "/curate/x", "/ask", "/article/%E0%A4%A", "/graph/x"]) {
    assert.equal(parse(path, "?q=x").view, "missing", path);
  }
});
