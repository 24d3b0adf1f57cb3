// How the graph is stored: versions, names, accounts. One statement a line; each may be run again.
CREATE CONSTRAINT store_key IF NOT EXISTS FOR (n:Store) REQUIRE n.key IS UNIQUE
CREATE CONSTRAINT head_key IF NOT EXISTS FOR (n:Head) REQUIRE n.key IS UNIQUE
CREATE CONSTRAINT version_key IF NOT EXISTS FOR (n:Version) REQUIRE (n.kind, n.key, n.rev_from) IS UNIQUE
CREATE CONSTRAINT user_name IF NOT EXISTS FOR (n:User) REQUIRE n.name IS UNIQUE
CREATE CONSTRAINT token_id IF NOT EXISTS FOR (n:Token) REQUIRE n.id IS UNIQUE
CREATE CONSTRAINT token_sha256 IF NOT EXISTS FOR (n:Token) REQUIRE n.sha256 IS UNIQUE
CREATE INDEX token_owner IF NOT EXISTS FOR (n:Token) ON (n.owner)
CREATE CONSTRAINT job_id IF NOT EXISTS FOR (n:Job) REQUIRE n.id IS UNIQUE
CREATE CONSTRAINT idempotency_key IF NOT EXISTS FOR (n:Idempotency) REQUIRE (n.key, n.owner) IS UNIQUE
CREATE INDEX revision_time IF NOT EXISTS FOR (n:Revision) ON (n.created_at)
CREATE INDEX record_citation IF NOT EXISTS FOR (n:Record) ON (n.citation_key)
CREATE INDEX claim_text IF NOT EXISTS FOR (n:Claim) ON (n.text_sha256)
CREATE INDEX name_folded IF NOT EXISTS FOR (n:Name) ON (n.folded)
CREATE INDEX version_opened IF NOT EXISTS FOR (n:Version) ON (n.rev_from)
CREATE INDEX version_closed IF NOT EXISTS FOR (n:Version) ON (n.rev_to)
CREATE CONSTRAINT related_key IF NOT EXISTS FOR ()-[r:RELATED]-() REQUIRE (r.key, r.rev_from) IS UNIQUE
CREATE CONSTRAINT linked_key IF NOT EXISTS FOR ()-[r:LINKED]-() REQUIRE (r.key, r.rev_from) IS UNIQUE
CREATE CONSTRAINT regulates_version IF NOT EXISTS FOR ()-[r:REGULATES]-() REQUIRE (r.claim, r.position, r.rev_from) IS UNIQUE
CREATE INDEX regulates_opened IF NOT EXISTS FOR ()-[r:REGULATES]-() ON (r.rev_from)
CREATE INDEX regulates_closed IF NOT EXISTS FOR ()-[r:REGULATES]-() ON (r.rev_to)
CREATE CONSTRAINT entity_number IF NOT EXISTS FOR (n:Entity) REQUIRE n.number IS UNIQUE
CREATE CONSTRAINT paper_id IF NOT EXISTS FOR (n:Paper) REQUIRE n.id IS UNIQUE
CREATE CONSTRAINT paper_number IF NOT EXISTS FOR (n:Paper) REQUIRE n.number IS UNIQUE
CREATE CONSTRAINT claim_number IF NOT EXISTS FOR (n:Claim) REQUIRE n.number IS UNIQUE
