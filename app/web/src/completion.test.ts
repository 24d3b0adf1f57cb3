import assert from "node:assert/strict";
import { test } from "node:test";
import { addressIn, articleIn, begun, nameSought, offers } from "./completion.ts";
import type { EntityHit } from "./types.ts";

const hit = (id: string, name: string, category: string, abbreviation: string | null = null): EntityHit => ({ id, name, category, abbreviation, synonyms: ["one", "two", "three", "four"] });
const EMT = hit("GO:0001837", "epithelial to mesenchymal transition", "BiologicalProcess", "EMT");
const CELL = hit("CL:0000066", "epithelial cell", "Cell");

test("an article is known by any identifier as people write it", () => {
  for (const text of ["PMID:15314694", "pmid 15314694", " 15314694 ", "https://pubmed.ncbi.nlm.nih.gov/15314694/"]) {
    assert.equal(articleIn(text), "PMID:15314694");
  }
  assert.equal(articleIn("PMC503772"), "PMC:503772");
  assert.equal(articleIn("https://doi.org/10.1172/JCI21358"), "doi:10.1172/JCI21358");
  for (const text of ["p53", "12", "EMT 2004", "which interventions reverse 15314694"]) assert.equal(articleIn(text), null);
});

test("a claim is known by its identifier", () => {
  assert.equal(addressIn("a".repeat(64)), `/claim/${"a".repeat(64)}`);
  assert.equal(addressIn("a".repeat(63)), null);
});

test("a question begun names its effect, and the rest is the outcome that is sought", () => {
  assert.deepEqual(begun("which interventions reverse EM"), { effect: "reverses", rest: "EM" });
  assert.deepEqual(begun("what lowers metast"), { effect: "lowers", rest: "metast" });
  assert.deepEqual(begun("Which interventions have no effect on EMT"), { effect: "no_effect", rest: "EMT" });
  assert.equal(begun("reverse"), null);
  assert.equal(nameSought("which interventions reverse EM"), "EM");
  assert.equal(nameSought("which interventions reverse "), null);
  assert.equal(nameSought("which inter"), null);
  assert.equal(nameSought("NF-k"), "NF-k");
  assert.equal(nameSought("PMID:1234"), null);
});

test("while a question is begun, its beginnings are on offer and go on in the box", () => {
  const found = offers("which interventions re", []);
  assert.deepEqual(found.map(({ text, to }) => [text, to]), [["which interventions reverse ", null]]);
  assert.equal(offers("which", []).length, 8);
});

test("an outcome on offer asks by its identifier; what happens comes before what is", () => {
  const found = offers("which interventions prevent epi", [CELL, EMT]);
  assert.deepEqual(found.map(({ text }) => text), ["which interventions prevent EMT", "which interventions prevent epithelial cell"]);
  assert.equal(found[0]?.to, "/?outcome=GO%3A0001837&effect=prevents");
});

test("an entity has its category and synonyms, and what happens its questions too", () => {
  const found = offers("epithelial", [CELL, EMT]);
  assert.deepEqual(found.map(({ kind }) => kind), ["entity", "entity", "question", "question", "question"]);
  assert.equal(found[1]?.note, "BiologicalProcess");
  assert.equal(found[1]?.detail, "GO:0001837, one, two, three");
  assert.equal(found[1]?.to, "/entity/GO:0001837");
});
