import assert from "node:assert/strict";
import { test } from "node:test";
import * as decode from "./decode.ts";

const STEP = {
  subject: "FPLX:NFkappaB",
  subject_name: "NF-kappaB",
  sign: "+",
  object: "GO:0001837",
  object_name: "epithelial to mesenchymal transition",
  aspect: "maintenance",
  rule: "loss-of-function",
  side: "loss",
  matched: true,
  claims: ["c5"],
};

const ANSWER = {
  query: { outcome: { id: "GO:0001837", name: "EMT" }, effect: "reverses", max_hops: 3, matched_only: false, context: [{ type: "organism", id: "NCBITaxon:9606" }] },
  snapshot: { id: "s", revision: 18, created_at: "2026-01-02T03:04:05Z" },
  interventions: [
    {
      target: { id: "FPLX:NFkappaB", name: "NF-kappaB" },
      perturbation: { type: "inhibition", direction: "-" },
      tier: "observed",
      belief: 0.9,
      paths: [{ steps: [STEP], arithmetic: "words", belief: 0.9, weakest: 0.9, context: { cell: { asked: null, found: "x", agreement: "unasked" } } }],
      evidence: [{ claim: "c5", pmid: "PMID:1", quote: "q", start: 1, end: 2, verified: true, epistemic: "demonstrated", role: "beside" }],
      counter_evidence: [{ claim: "c9", relation: "contradicts", kind: "opposite_sign", pmid: "PMID:2", quote: "r", verified: null }],
    },
  ],
  total: 1,
  next: null,
};

test("an answer reads the same bare and beside its query", () => {
  const bare = decode.answer(ANSWER);
  assert.deepEqual(decode.answer({ query: {}, answer: ANSWER }), bare);
  const found = bare.interventions[0];
  assert.equal(found?.paths[0]?.steps[0]?.subject.name, "NF-kappaB");
  assert.equal(found?.evidence[0]?.role, "beside");
  assert.equal(found?.counter[0]?.role, "counter");
  assert.equal(found?.counter[0]?.relation, "contradicts");
  assert.equal(found?.counter[0]?.start, null);
});

test("a question is read with every setting, those that are absent at their defaults", () => {
  assert.deepEqual(decode.answer(ANSWER).query, {
    outcome: { id: "GO:0001837", name: "EMT" },
    effect: "reverses",
    context: [{ type: "organism", id: "NCBITaxon:9606" }],
    maxHops: 3,
    candidates: false,
    background: false,
    matched: false,
    order: "standing",
      simulate: false,
      excluding: [],
    asOf: null,
  });
});

test("an empty answer is an answer; something else is not", () => {
  assert.equal(decode.answer({ ...ANSWER, interventions: [], total: 0 }).total, 0);
  for (const wrong of [null, [], "text", {}, { answer: {} }]) {
    assert.throws(() => decode.answer(wrong), decode.WireError);
  }
});

test("an unknown tier is refused, since an answer without its tier misleads", () => {
  const other = { ...ANSWER, interventions: [{ ...ANSWER.interventions[0], tier: "guessed" }] };
  assert.throws(() => decode.answer(other), /guessed/);
});

test("a problem keeps its candidates and what can be asked", () => {
  const problem = decode.problem(409, {
    title: "The name means several entities",
    detail: "d",
    name: "NFKB",
    candidates: [{ id: "HGNC:7794", name: "NFKB1" }],
    can_be_asked: ["which interventions reverse EMT"],
  });
  assert.equal(problem.kind, "refused");
  assert.deepEqual(problem.candidates, [{ id: "HGNC:7794", name: "NFKB1" }]);
  assert.deepEqual(problem.suggestions, ["which interventions reverse EMT"]);
  assert.equal(problem.name, "NFKB");
  assert.equal(problem.retryAfter, null);
  assert.equal(decode.problem(500, {}).kind, "broken");
});

test("a busy service says when to ask again, if it does so in seconds", () => {
  assert.equal(decode.problem(503, {}).kind, "busy");
  assert.equal(decode.problem(503, {}, "5").retryAfter, 5);
  for (const header of [null, "", "soon", "-1", "Wed, 21 Oct 2015 07:28:00 GMT"]) {
    assert.equal(decode.problem(503, {}, header).retryAfter, null);
  }
});

test("an article's citation is read with as precise a date as its source has", () => {
  const article = decode.article({
    id: "a1",
    text: "Title\nBody",
    citation: {
      identifiers: ["PMID:1"],
      title: "Title",
      journal: { iso_abbreviation: "J X" },
      published: { year: 2004, month: 8, day: null, source: null },
      authors: [{ last_name: "Huber", initials: "MA" }, { collective: "The Group" }],
    },
  });
  assert.equal(article.published, "2004 Aug");
  assert.deepEqual(article.authors, ["Huber MA", "The Group"]);
  assert.equal(article.journal, "J X");
});
