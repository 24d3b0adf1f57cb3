// Constraints and indexes of the typed graph, one statement a line.
// Generated from graph_schema/evipath.yaml by `python -m graph_schema.generate`; do not edit.
CREATE CONSTRAINT article_id IF NOT EXISTS FOR (n:Article) REQUIRE n.id IS UNIQUE
CREATE CONSTRAINT text_sha256 IF NOT EXISTS FOR (n:Text) REQUIRE n.sha256 IS UNIQUE
CREATE CONSTRAINT alias_alias IF NOT EXISTS FOR (n:Alias) REQUIRE n.alias IS UNIQUE
CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE
CREATE CONSTRAINT claim_id IF NOT EXISTS FOR (n:Claim) REQUIRE n.id IS UNIQUE
CREATE CONSTRAINT decision_id IF NOT EXISTS FOR (n:Decision) REQUIRE n.id IS UNIQUE
CREATE CONSTRAINT articledecision_id IF NOT EXISTS FOR (n:ArticleDecision) REQUIRE n.id IS UNIQUE
CREATE CONSTRAINT revision_number IF NOT EXISTS FOR (n:Revision) REQUIRE n.number IS UNIQUE
CREATE INDEX regulates_claim IF NOT EXISTS FOR ()-[r:REGULATES]-() ON (r.claim)
CREATE FULLTEXT INDEX name_words IF NOT EXISTS FOR (n:Name) ON EACH [n.words] OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}}
CREATE FULLTEXT INDEX name_trigrams IF NOT EXISTS FOR (n:Name) ON EACH [n.trigrams] OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}}
