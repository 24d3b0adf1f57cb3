import assert from "node:assert/strict";
import { test } from "node:test";
import { asDocument, looksLike } from "./writing.ts";

test("what is pasted is told by its look", () => {
  assert.equal(looksLike("  <?xml version='1.0'?><PubmedArticleSet/>"), "pubmed_xml");
  assert.equal(looksLike('[{"title": "x"}]'), "json");
  assert.equal(looksLike("PMID- 15314694\nTI  - A title"), "medline");
  assert.equal(looksLike("1. J Clin Invest. 2004 Aug;114(4):569-81. doi: 10.1172/JCI21358.\n\nA title."), "pubmed_text");
  assert.equal(looksLike("A title.\nWe show that A lowers B."), "abstract");
});

test("a title and an abstract make a document; one of them alone does not", () => {
  assert.deepEqual(JSON.parse(asDocument(" A title.\n\nFirst.\nSecond.", "12") ?? ""), {
    identifiers: ["PMID:12"],
    title: "A title.",
    abstract: [{ text: "First.\nSecond." }],
  });
  assert.equal(asDocument("Only a title", ""), null);
});
