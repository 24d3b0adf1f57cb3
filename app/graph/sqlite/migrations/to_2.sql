-- From schema version 1 to 2: what names claims, entities and articles often does so by whole
-- numbers; edges copy what an index needs to know of their claims; articles can be merged.

DROP INDEX claim_open;
DROP INDEX claim_article;
DROP INDEX claim_text;
DROP INDEX claim_opened;
DROP INDEX claim_closed;
ALTER TABLE claim RENAME TO claim_1;
DROP INDEX claim_entity_version;
ALTER TABLE claim_entity RENAME TO claim_entity_1;
DROP INDEX extraction_opened;
ALTER TABLE extraction RENAME TO extraction_1;
DROP INDEX claim_state_open;
DROP INDEX claim_state_opened;
DROP INDEX claim_state_closed;
ALTER TABLE claim_state RENAME TO claim_state_1;
DROP INDEX decision_claim;
DROP INDEX decision_opened;
ALTER TABLE decision RENAME TO decision_1;
DROP INDEX link_open;
DROP INDEX link_target;
DROP INDEX link_opened;
DROP INDEX link_closed;
ALTER TABLE link RENAME TO link_1;
DROP INDEX edge_open;
DROP INDEX edge_subject;
DROP INDEX edge_object;
DROP INDEX edge_opened;
DROP INDEX edge_closed;
ALTER TABLE edge RENAME TO edge_1;

CREATE TABLE entity_key (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE article_key (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE claim_key (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE CHECK (length(id) = 64)
) STRICT;

CREATE TABLE claim (
    version INTEGER PRIMARY KEY,
    key INTEGER NOT NULL REFERENCES claim_key,
    article_id TEXT REFERENCES article,
    text_sha256 TEXT CHECK (length(text_sha256) = 64),
    predicate TEXT NOT NULL CHECK (predicate IN (
        'induces', 'promotes', 'increases', 'maintains', 'required_for', 'sufficient_for',
        'prevents', 'reverses', 'abrogates', 'attenuates', 'restores', 'inhibits', 'decreases',
        'worsens', 'no_effect', 'active_in', 'associated_with'
    )),
    epistemic TEXT NOT NULL CHECK (epistemic IN (
        'demonstrated', 'summary', 'interpretation', 'background', 'hypothesis', 'unstated'
    )),
    evidence TEXT NOT NULL CHECK (evidence IN (
        'loss_of_function', 'gain_of_function', 'rescue', 'observational', 'summary',
        'none_in_this_study'
    )),
    claim TEXT NOT NULL,
    rev_from INTEGER NOT NULL REFERENCES revision,
    rev_to INTEGER CHECK (rev_to > rev_from),
    UNIQUE (key, rev_from)
) STRICT;
CREATE UNIQUE INDEX claim_open ON claim (key) WHERE rev_to IS NULL;
CREATE INDEX claim_article ON claim (article_id) WHERE article_id IS NOT NULL;
CREATE INDEX claim_text ON claim (text_sha256) WHERE text_sha256 IS NOT NULL;
CREATE INDEX claim_opened ON claim (rev_from);
CREATE INDEX claim_closed ON claim (rev_to) WHERE rev_to IS NOT NULL;

CREATE TABLE claim_entity (
    entity INTEGER NOT NULL REFERENCES entity_key,
    slot TEXT NOT NULL CHECK (slot IN ('agent', 'outcome', 'means', 'context', 'member')),
    version INTEGER NOT NULL REFERENCES claim ON DELETE CASCADE,
    PRIMARY KEY (entity, slot, version)
) STRICT, WITHOUT ROWID;
CREATE INDEX claim_entity_version ON claim_entity (version);

CREATE TABLE extraction (
    claim INTEGER NOT NULL REFERENCES claim_key,
    rev_from INTEGER NOT NULL REFERENCES revision,
    extraction TEXT NOT NULL,
    confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    PRIMARY KEY (claim, rev_from, extraction)
) STRICT, WITHOUT ROWID;
CREATE INDEX extraction_opened ON extraction (rev_from);

CREATE TABLE claim_state (
    claim INTEGER NOT NULL REFERENCES claim_key,
    status TEXT NOT NULL CHECK (status IN (
        'candidate', 'accepted', 'rejected', 'disputed', 'superseded'
    )),
    state TEXT NOT NULL,
    rev_from INTEGER NOT NULL REFERENCES revision,
    rev_to INTEGER CHECK (rev_to > rev_from),
    PRIMARY KEY (claim, rev_from)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX claim_state_open ON claim_state (claim) WHERE rev_to IS NULL;
CREATE INDEX claim_state_opened ON claim_state (rev_from);
CREATE INDEX claim_state_closed ON claim_state (rev_to) WHERE rev_to IS NOT NULL;

CREATE TABLE decision (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    claim INTEGER NOT NULL REFERENCES claim_key,
    type TEXT NOT NULL CHECK (type IN (
        'accept', 'reject', 'correct', 'split', 'merge', 'link', 'unlink', 'undo'
    )),
    created_at TEXT NOT NULL,
    decision TEXT NOT NULL,
    rev_from INTEGER NOT NULL REFERENCES revision
) STRICT;
CREATE INDEX decision_claim ON decision (claim);
CREATE INDEX decision_opened ON decision (rev_from);

CREATE TABLE article_decision (
    id TEXT PRIMARY KEY,
    article_id TEXT NOT NULL REFERENCES article,
    type TEXT NOT NULL CHECK (type IN ('merge', 'undo')),
    created_at TEXT NOT NULL,
    decision TEXT NOT NULL,
    rev_from INTEGER NOT NULL REFERENCES revision
) STRICT, WITHOUT ROWID;
CREATE INDEX article_decision_article ON article_decision (article_id);
CREATE INDEX article_decision_opened ON article_decision (rev_from);

CREATE TABLE link (
    claim INTEGER NOT NULL REFERENCES claim_key,
    type TEXT NOT NULL CHECK (type IN (
        'supports', 'summarises', 'inferred_from', 'explains', 'contradicts', 'refines',
        'epistatic_to'
    )),
    target INTEGER NOT NULL REFERENCES claim_key,
    rev_from INTEGER NOT NULL REFERENCES revision,
    rev_to INTEGER CHECK (rev_to > rev_from),
    PRIMARY KEY (claim, type, target, rev_from)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX link_open ON link (claim, type, target) WHERE rev_to IS NULL;
CREATE INDEX link_target ON link (target);
CREATE INDEX link_opened ON link (rev_from);
CREATE INDEX link_closed ON link (rev_to) WHERE rev_to IS NOT NULL;

CREATE TABLE edge (
    number INTEGER PRIMARY KEY,
    claim INTEGER NOT NULL REFERENCES claim_key,
    position INTEGER NOT NULL CHECK (position >= 0),
    subject INTEGER NOT NULL REFERENCES entity_key,
    object INTEGER NOT NULL REFERENCES entity_key,
    article INTEGER REFERENCES article_key,
    codes INTEGER NOT NULL CHECK (codes >= 0),
    confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    rule TEXT NOT NULL,
    condition TEXT,
    rule_version INTEGER NOT NULL CHECK (rule_version > 0),
    opened INTEGER NOT NULL REFERENCES revision CHECK (opened <= rev_from),
    rev_from INTEGER NOT NULL REFERENCES revision,
    rev_to INTEGER CHECK (rev_to > rev_from),
    UNIQUE (claim, position, rev_from)
) STRICT;
CREATE UNIQUE INDEX edge_open ON edge (claim, position) WHERE rev_to IS NULL;
CREATE INDEX edge_subject ON edge (subject);
CREATE INDEX edge_object ON edge (object);
CREATE INDEX edge_opened ON edge (rev_from);
CREATE INDEX edge_closed ON edge (rev_to) WHERE rev_to IS NOT NULL;

INSERT INTO claim_key (id) SELECT DISTINCT id FROM claim_1 ORDER BY id;
INSERT INTO entity_key (id)
    SELECT entity FROM claim_entity_1 UNION SELECT subject FROM edge_1
    UNION SELECT object FROM edge_1 ORDER BY 1;
INSERT INTO article_key (id)
    SELECT DISTINCT c.article_id FROM claim_1 c JOIN edge_1 e ON e.claim = c.id
    WHERE c.article_id IS NOT NULL ORDER BY c.article_id;

INSERT INTO claim (version, key, article_id, text_sha256, predicate, epistemic, evidence, claim,
        rev_from, rev_to)
    SELECT c.version, k.key, c.article_id, c.text_sha256, c.predicate, c.epistemic, c.evidence,
        c.claim, c.rev_from, c.rev_to
    FROM claim_1 c JOIN claim_key k ON k.id = c.id ORDER BY c.version;
INSERT INTO claim_entity (entity, slot, version)
    SELECT k.key, e.slot, e.version FROM claim_entity_1 e JOIN entity_key k ON k.id = e.entity;
INSERT INTO extraction (claim, rev_from, extraction, confidence)
    SELECT k.key, x.rev_from, x.extraction, x.confidence
    FROM extraction_1 x JOIN claim_key k ON k.id = x.claim;
INSERT INTO claim_state (claim, status, state, rev_from, rev_to)
    SELECT k.key, s.status, s.state, s.rev_from, s.rev_to
    FROM claim_state_1 s JOIN claim_key k ON k.id = s.claim;
INSERT INTO decision (id, claim, type, created_at, decision, rev_from)
    SELECT d.id, k.key, d.type, d.created_at, d.decision, d.rev_from
    FROM decision_1 d JOIN claim_key k ON k.id = d.claim ORDER BY d.rev_from, d.id;
INSERT INTO link (claim, type, target, rev_from, rev_to)
    SELECT k.key, l.type, t.key, l.rev_from, l.rev_to
    FROM link_1 l JOIN claim_key k ON k.id = l.claim JOIN claim_key t ON t.id = l.target;

-- An edge is cut where what it copies from its claim changed. Where a claim or its state is
-- missing the codes are null, and the table refuses them.
WITH turn (claim, position, opened, at) AS (
    SELECT claim, position, rev_from, rev_from FROM edge_1
    UNION SELECT e.claim, e.position, e.rev_from, v.rev_from
        FROM edge_1 e JOIN claim_1 v ON v.id = e.claim
        WHERE v.rev_from > e.rev_from AND (e.rev_to IS NULL OR v.rev_from < e.rev_to)
    UNION SELECT e.claim, e.position, e.rev_from, v.rev_from
        FROM edge_1 e JOIN claim_state_1 v ON v.claim = e.claim
        WHERE v.rev_from > e.rev_from AND (e.rev_to IS NULL OR v.rev_from < e.rev_to)
    UNION SELECT e.claim, e.position, e.rev_from, v.rev_from
        FROM edge_1 e JOIN extraction_1 v ON v.claim = e.claim
        WHERE v.rev_from > e.rev_from AND (e.rev_to IS NULL OR v.rev_from < e.rev_to)
), piece (claim, position, opened, rev_from, rev_to) AS (
    SELECT claim, position, opened, at,
        lead(at) OVER (PARTITION BY claim, position, opened ORDER BY at)
    FROM turn
)
INSERT INTO edge (claim, position, subject, object, article, codes, confidence, rule, condition,
        rule_version, opened, rev_from, rev_to)
    SELECT k.key, p.position, s.key, o.key, a.key,
        CASE e.sign WHEN '0' THEN 0 WHEN '+' THEN 1 WHEN '-' THEN 2 END
        | (CASE WHEN e.side IS NULL THEN 0 WHEN e.side = 'loss' THEN 1 ELSE 2 END << 2)
        | (CASE WHEN e.aspect IS NULL THEN 0 WHEN e.aspect = 'induction' THEN 1 ELSE 2 END << 4)
        | ((ifnull(json_array_length(e.edge, '$.condition'), 0) > 0) << 6)
        | (CASE t.status WHEN 'candidate' THEN 0 WHEN 'accepted' THEN 1 WHEN 'rejected' THEN 2
            WHEN 'disputed' THEN 3 WHEN 'superseded' THEN 4 END << 7)
        | (CASE c.epistemic WHEN 'demonstrated' THEN 0 WHEN 'summary' THEN 1
            WHEN 'interpretation' THEN 2 WHEN 'background' THEN 3 WHEN 'hypothesis' THEN 4
            WHEN 'unstated' THEN 5 END << 11)
        | (CASE c.evidence WHEN 'loss_of_function' THEN 0 WHEN 'gain_of_function' THEN 1
            WHEN 'rescue' THEN 2 WHEN 'observational' THEN 3 WHEN 'summary' THEN 4
            WHEN 'none_in_this_study' THEN 5 END << 15),
        ifnull((SELECT x.confidence FROM extraction_1 x
            WHERE x.claim = p.claim AND x.rev_from <= p.rev_from
            ORDER BY x.rev_from DESC, x.extraction DESC LIMIT 1), 1.0),
        json_extract(e.edge, '$.rule'),
        CASE WHEN json_array_length(e.edge, '$.condition') > 0
            THEN json_extract(e.edge, '$.condition') END,
        e.rule_version, p.opened, p.rev_from, ifnull(p.rev_to, e.rev_to)
    FROM piece p
    CROSS JOIN edge_1 e
        ON e.claim = p.claim AND e.position = p.position AND e.rev_from = p.opened
    CROSS JOIN claim_key k ON k.id = p.claim
    CROSS JOIN entity_key s ON s.id = e.subject
    CROSS JOIN entity_key o ON o.id = e.object
    LEFT JOIN claim_1 c ON c.id = p.claim AND c.rev_from <= p.rev_from
        AND (c.rev_to IS NULL OR c.rev_to > p.rev_from)
    LEFT JOIN article_key a ON a.id = c.article_id
    LEFT JOIN claim_state_1 t ON t.claim = p.claim AND t.rev_from <= p.rev_from
        AND (t.rev_to IS NULL OR t.rev_to > p.rev_from);

DROP TABLE edge_1;
DROP TABLE link_1;
DROP TABLE decision_1;
DROP TABLE claim_state_1;
DROP TABLE extraction_1;
DROP TABLE claim_entity_1;
DROP TABLE claim_1;
PRAGMA user_version = 2;
