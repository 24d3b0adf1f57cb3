-- From schema version 3 to 4: an edge names what its claim was published in, be it an article of
-- the store or not. The text of a paper is the article's id, if any, then the publications that the
-- import names, sorted, with char(31) between them.

ALTER TABLE article_key RENAME TO paper_key;
ALTER TABLE edge RENAME COLUMN article TO paper;

CREATE TEMP TABLE published (
    claim INTEGER PRIMARY KEY,
    named TEXT NOT NULL
);
INSERT INTO published (claim, named)
SELECT key, named FROM (
    SELECT c.key AS key, (
        SELECT group_concat(value, char(31)) FROM (
            SELECT DISTINCT value FROM json_each(c.claim, '$.source.publications')
            WHERE value != '' ORDER BY value)) AS named
    FROM claim c
    WHERE json_extract(c.claim, '$.source.publications[0]') IS NOT NULL
    GROUP BY c.key)
WHERE named IS NOT NULL;

CREATE TEMP TABLE printed (
    number INTEGER PRIMARY KEY,
    paper TEXT NOT NULL
);
INSERT INTO printed (number, paper)
SELECT e.number, ifnull(p.id || char(31), '') || q.named
FROM published q CROSS JOIN edge e ON e.claim = q.claim
LEFT JOIN paper_key p ON p.key = e.paper;

INSERT INTO paper_key (id)
SELECT DISTINCT paper FROM printed WHERE NOT EXISTS (SELECT 1 FROM paper_key WHERE id = paper);
UPDATE edge SET paper = (
    SELECT k.key FROM printed p JOIN paper_key k ON k.id = p.paper WHERE p.number = edge.number)
WHERE number IN (SELECT number FROM printed);

DROP TABLE printed;
DROP TABLE published;

PRAGMA user_version = 4;
