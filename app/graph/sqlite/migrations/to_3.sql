-- From schema version 2 to 3: a user has any number of tokens, each in a row of its own.

ALTER TABLE account RENAME TO account_2;

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

INSERT INTO account (name, role, account)
    SELECT name, role, json_remove(account, '$.token_sha256', '$.last_used_at') FROM account_2;

INSERT INTO token (id, kind, owner, sha256, token, created_at, ended_at, last_used_at)
    SELECT substr(token_sha256, 1, 16), 'personal', name, token_sha256,
        json_object('id', substr(token_sha256, 1, 16), 'kind', 'personal', 'user', name,
            'name', 'first token', 'sha256', token_sha256,
            'created_at', json_extract(account, '$.created_at')),
        json_extract(account, '$.created_at'),
        json_extract(account, '$.revoked_at'),
        json_extract(account, '$.last_used_at')
    FROM account_2;

DROP TABLE account_2;
PRAGMA user_version = 3;
