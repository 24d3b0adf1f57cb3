-- The embedded store, schema version 4. Columns rev_from and rev_to say in which revisions a
-- version stands: from rev_from on, until before rev_to; null while it is open.

CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE revision (
    number INTEGER PRIMARY KEY CHECK (number > 0),
    id TEXT NOT NULL UNIQUE,
    created_at TEXT NOT NULL,
    actor TEXT NOT NULL,
    message TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX revision_time ON revision (created_at);

-- Articles

CREATE TABLE article (
    id TEXT PRIMARY KEY,
    rev_from INTEGER NOT NULL REFERENCES revision
) STRICT, WITHOUT ROWID;
CREATE INDEX article_opened ON article (rev_from);

CREATE TABLE alias (
    alias TEXT NOT NULL,
    article_id TEXT NOT NULL REFERENCES article,
    rev_from INTEGER NOT NULL REFERENCES revision,
    rev_to INTEGER CHECK (rev_to > rev_from),
    PRIMARY KEY (alias, rev_from)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX alias_open ON alias (alias) WHERE rev_to IS NULL;
CREATE INDEX alias_article ON alias (article_id);
CREATE INDEX alias_opened ON alias (rev_from);
CREATE INDEX alias_closed ON alias (rev_to) WHERE rev_to IS NOT NULL;

CREATE TABLE record (
    version INTEGER PRIMARY KEY,
    article_id TEXT NOT NULL REFERENCES article,
    format TEXT NOT NULL CHECK (format IN ('pubmed_xml', 'medline', 'pubmed_text', 'json')),
    record TEXT NOT NULL,
    citation_key TEXT,
    rev_from INTEGER NOT NULL REFERENCES revision,
    rev_to INTEGER CHECK (rev_to > rev_from),
    UNIQUE (article_id, format, rev_from)
) STRICT;
CREATE UNIQUE INDEX record_open ON record (article_id, format) WHERE rev_to IS NULL;
CREATE INDEX record_citation ON record (citation_key) WHERE citation_key IS NOT NULL;
CREATE INDEX record_opened ON record (rev_from);
CREATE INDEX record_closed ON record (rev_to) WHERE rev_to IS NOT NULL;

CREATE TABLE text_body (
    sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
    text TEXT NOT NULL
) STRICT;

CREATE TABLE article_text (
    article_id TEXT NOT NULL REFERENCES article,
    sha256 TEXT NOT NULL REFERENCES text_body,
    rev_from INTEGER NOT NULL REFERENCES revision,
    rev_to INTEGER CHECK (rev_to > rev_from),
    PRIMARY KEY (article_id, rev_from)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX article_text_open ON article_text (article_id) WHERE rev_to IS NULL;
CREATE INDEX article_text_sha256 ON article_text (sha256);
CREATE INDEX article_text_opened ON article_text (rev_from);
CREATE INDEX article_text_closed ON article_text (rev_to) WHERE rev_to IS NOT NULL;

-- Entities

CREATE TABLE entity (
    version INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    category TEXT NOT NULL CHECK (category IN (
        'Gene', 'Protein', 'GeneFamily', 'MacromolecularComplex', 'Pathway',
        'BiologicalProcess', 'PhenotypicFeature', 'Disease', 'ChemicalEntity',
        'SmallMolecule', 'Cell', 'CellLine', 'AnatomicalEntity', 'OrganismTaxon',
        'NamedThing'
    )),
    entity TEXT NOT NULL,
    rev_from INTEGER NOT NULL REFERENCES revision,
    rev_to INTEGER CHECK (rev_to > rev_from),
    UNIQUE (id, rev_from)
) STRICT;
CREATE UNIQUE INDEX entity_open ON entity (id) WHERE rev_to IS NULL;
CREATE INDEX entity_opened ON entity (rev_from);
CREATE INDEX entity_closed ON entity (rev_to) WHERE rev_to IS NOT NULL;

CREATE TABLE entity_name (
    number INTEGER PRIMARY KEY,
    version INTEGER NOT NULL REFERENCES entity ON DELETE CASCADE,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    preferred INTEGER NOT NULL CHECK (preferred IN (0, 1))
) STRICT;
CREATE INDEX entity_name_version ON entity_name (version);
CREATE INDEX entity_name_folded ON entity_name (folded);

CREATE VIRTUAL TABLE name_word USING fts5 (
    folded, content = 'entity_name', content_rowid = 'number',
    tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3 4'
);
CREATE VIRTUAL TABLE name_trigram USING fts5 (
    folded, content = 'entity_name', content_rowid = 'number', tokenize = 'trigram'
);
CREATE TRIGGER entity_name_added AFTER INSERT ON entity_name BEGIN
    INSERT INTO name_word (rowid, folded) VALUES (new.number, new.folded);
    INSERT INTO name_trigram (rowid, folded) VALUES (new.number, new.folded);
END;
CREATE TRIGGER entity_name_removed AFTER DELETE ON entity_name BEGIN
    INSERT INTO name_word (name_word, rowid, folded) VALUES ('delete', old.number, old.folded);
    INSERT INTO name_trigram (name_trigram, rowid, folded)
        VALUES ('delete', old.number, old.folded);
END;

CREATE TABLE relation (
    subject TEXT NOT NULL,
    type TEXT NOT NULL CHECK (type IN (
        'same_as', 'opposite_of', 'is_a', 'member_of', 'subunit_of', 'part_of',
        'positively_regulates', 'negatively_regulates'
    )),
    object TEXT NOT NULL,
    role TEXT CHECK (role IN ('+', '-', '0')),
    relation TEXT NOT NULL,
    rev_from INTEGER NOT NULL REFERENCES revision,
    rev_to INTEGER CHECK (rev_to > rev_from),
    PRIMARY KEY (subject, type, object, rev_from)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX relation_open ON relation (subject, type, object) WHERE rev_to IS NULL;
CREATE INDEX relation_object ON relation (object);
CREATE INDEX relation_opened ON relation (rev_from);
CREATE INDEX relation_closed ON relation (rev_to) WHERE rev_to IS NOT NULL;

-- Identifiers that many rows name, by whole numbers

CREATE TABLE entity_key (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE paper_key (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE claim_key (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE CHECK (length(id) = 64)
) STRICT;

-- Claims

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

-- Signed edges, by whole numbers: what an index reads is one scan of this table. `codes` packs
-- sign, side, aspect and condition with the status, epistemic standing and evidence of the claim
-- (see edge_codes.py). What is copied from the claim is renewed with it: an edge that goes on
-- after such a renewal keeps the revision in which it first stood in `opened`.

CREATE TABLE edge (
    number INTEGER PRIMARY KEY,
    claim INTEGER NOT NULL REFERENCES claim_key,
    position INTEGER NOT NULL CHECK (position >= 0),
    subject INTEGER NOT NULL REFERENCES entity_key,
    object INTEGER NOT NULL REFERENCES entity_key,
    paper INTEGER REFERENCES paper_key,
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

CREATE TABLE tombstone (
    kind TEXT NOT NULL CHECK (kind IN ('article', 'claim')),
    key TEXT NOT NULL,
    reason TEXT NOT NULL,
    actor TEXT NOT NULL,
    rev_from INTEGER NOT NULL REFERENCES revision,
    PRIMARY KEY (kind, key, rev_from)
) STRICT, WITHOUT ROWID;
CREATE INDEX tombstone_opened ON tombstone (rev_from);

-- Outside of revisions, copies and dumps

CREATE TABLE account (
    name TEXT PRIMARY KEY,
    role TEXT NOT NULL CHECK (role IN ('reader', 'curator', 'admin')),
    account TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE token (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('personal', 'session', 'code')),
    owner TEXT NOT NULL,
    sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
    token TEXT NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT,
    ended_at TEXT,
    last_used_at TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX token_owner ON token (owner);

CREATE TABLE job (
    id TEXT PRIMARY KEY,
    status TEXT NOT NULL CHECK (status IN (
        'queued', 'running', 'succeeded', 'failed', 'cancelled', 'interrupted'
    )),
    job TEXT NOT NULL,
    payload BLOB
) STRICT;

CREATE TABLE idempotency (
    key TEXT NOT NULL,
    owner TEXT NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (key, owner)
) STRICT, WITHOUT ROWID;
