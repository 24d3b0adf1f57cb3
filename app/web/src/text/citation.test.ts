import assert from "node:assert/strict";
import { test } from "node:test";
import type { Article } from "../types.ts";
import { addressOf, citationLine } from "./citation.ts";

const ARTICLE: Article = {
  id: "PMID:15314694",
  text: "Title",
  title: "Title",
  authors: ["Huber MA", "Azoitei N", "Baumann B", "Grünert S", "Sommer A"],
  journal: "J Clin Invest",
  published: "2004 Aug",
  volume: "114",
  issue: "4",
  pages: "569-81",
  identifiers: ["PMID:15314694"],
  retracted: false,
};

test("a citation reads as PubMed prints it", () => {
  assert.equal(
    citationLine(ARTICLE),
    "Huber MA, Azoitei N, Baumann B, Grünert S, et al. J Clin Invest 2004 Aug;114(4):569-81.",
  );
});

test("what the source does not hold leaves no trace", () => {
  const bare = { ...ARTICLE, authors: [], volume: null, issue: null, pages: null, published: null };
  assert.equal(citationLine(bare), "J Clin Invest.");
  assert.equal(citationLine({ ...bare, journal: null }), "");
});

test("an identifier leads to its page, and nothing else becomes a link", () => {
  assert.equal(addressOf("PMID:15314694"), "https://pubmed.ncbi.nlm.nih.gov/15314694/");
  assert.equal(addressOf("doi:10.1172/JCI<x>"), "https://doi.org/10.1172/JCI%3Cx%3E");
  assert.equal(addressOf("PMID:1/../x"), null);
  assert.equal(addressOf("HGNC:7794"), "https://www.genenames.org/data/gene-symbol-report/#!/hgnc_id/HGNC:7794");
  for (const wrong of ["javascript:alert(1)", "GO:1/../x", "constructor:x", "nothing"]) assert.equal(addressOf(wrong), null);
});
