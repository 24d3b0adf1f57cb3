"""Users, copies, exports, backups, purges and checks on the command line."""

import json
import sqlite3
import zipfile
from pathlib import Path

import pytest

from app.graph.rows import row_line
from app.graph.sqlite import open_sqlite
from app.model.text import sha256_of
from tests.cli.conftest import Evipath


def lines(url: str) -> bytes:
    store = open_sqlite(url)
    found = b"\n".join(row_line(row) for row in store.dump())
    store.close()
    return found


def test_a_token_is_printed_alone_and_once(seeded: Evipath) -> None:
    done = seeded("user", "add", "anna", "--role", "curator")
    token = done.out.strip()
    assert done.status == 0
    assert done.out == f"{token}\n"
    assert "only this once" in done.err
    accounts = open_sqlite(seeded.url).accounts
    held = accounts.token(sha256_of(token))
    assert held is not None
    assert [(user.name, user.role) for user in accounts.users()] == [("anna", "curator")]
    assert held.user == "anna"
    assert seeded("user", "add", "anna", "--role", "reader").status == 1
    assert seeded("user", "add", "-", "--role", "reader").status == 1


def test_users_are_listed_without_hashes_and_revoked(seeded: Evipath) -> None:
    token = seeded("user", "add", "anna", "--role", "admin", "--json").json["token"]
    listed = seeded("user", "list", "--json")
    assert sha256_of(token) not in listed.out
    assert [user["name"] for user in listed.json["items"]] == ["anna"]
    assert seeded("user", "revoke", "anna").status == 0
    assert seeded("user", "list", "--json").json["items"][0]["revoked_at"]
    missing = seeded("user", "revoke", "eve")
    assert missing.status == 1
    assert "nearest:\n  anna  admin" in missing.err


def test_a_copy_is_the_same_byte_for_byte(seeded: Evipath, tmp_path: Path) -> None:
    there = f"sqlite:///{tmp_path}/copy.db"
    done = seeded("copy", seeded.url, there, "--json", store=False)
    assert done.json["head"]["number"] == 1
    assert lines(there) == lines(seeded.url)
    again = seeded("copy", seeded.url, there, store=False)
    assert (again.status, again.out) == (1, "")
    assert "empty" in again.err


def test_an_export_appears_whole_in_a_new_file(seeded: Evipath, tmp_path: Path) -> None:
    out = tmp_path / "graph.jsonl"
    done = seeded("export", "jsonl", str(out), "--json")
    assert done.json["bytes"] == out.stat().st_size
    first = json.loads(out.read_text().splitlines()[0])
    assert done.json["snapshot"]["revision"] == 1
    assert "snapshot" in json.dumps(first)
    assert seeded("export", "jsonl", "-").out == out.read_text()
    assert seeded("export", "jsonl", str(out)).status == 1
    assert sorted(path.name for path in tmp_path.glob("*.part")) == []


def test_kgx_is_an_archive_or_the_tables(seeded: Evipath, tmp_path: Path) -> None:
    assert seeded("export", "kgx", str(tmp_path / "graph.zip")).status == 0
    assert seeded("export", "kgx", str(tmp_path)).status == 0
    with zipfile.ZipFile(tmp_path / "graph.zip") as archive:
        for name in ("nodes.tsv", "edges.tsv", "omitted.tsv"):
            assert archive.read(name) == (tmp_path / name).read_bytes()


def test_a_selection_is_exported_and_what_has_no_place_is_counted(
    seeded: Evipath, tmp_path: Path
) -> None:
    whole = seeded("export", "sif", "-").out.splitlines()
    some = seeded("export", "sif", "-", "--outcome", "MESH:D009362").out.splitlines()
    assert 0 < len(some) < len(whole)
    assert {line.split("\t")[2] for line in some} == {"MESH:D009362"}
    done = seeded("export", "kgx", str(tmp_path / "a.zip"), "--json")
    assert done.json["left_out"]["the outcome is a relation, not an entity"] == 1
    assert "left out: 1" in seeded("export", "kgx", str(tmp_path / "b.zip")).err
    assert seeded("export", "ro-crate", str(tmp_path)).status == 0
    assert (tmp_path / "kgx" / "edges.tsv").is_file()
    refused = seeded("export", "bel", "-", "--status", "rejected")
    assert refused.status == 1
    assert "jsonl or csv" in refused.err


@pytest.mark.parametrize(
    ("words", "status"),
    [(("pdf", "x"), 1), (("jsonl", "-", "--json"), 2), (("jsonl", "no/such/folder/x"), 1)],
)
def test_an_export_that_cannot_be_made_is_told(
    seeded: Evipath, words: tuple[str, ...], status: int
) -> None:
    done = seeded("export", *words)
    assert (done.status, done.out) == (status, "")
    assert done.err


def test_a_backup_restores_into_an_empty_store(seeded: Evipath, tmp_path: Path) -> None:
    file = tmp_path / "graph.backup"
    new = f"sqlite:///{tmp_path}/new.db"
    assert seeded("backup", str(file)).status == 0
    assert seeded("backup", str(file)).status == 1
    done = seeded("restore", str(file), "--json", "--store", new, store=False)
    assert done.json["head"]["number"] == 1
    assert lines(new) == lines(seeded.url)
    assert seeded("restore", str(file)).status == 1
    assert seeded("restore", str(tmp_path / "none")).status == 1


def test_a_purge_takes_a_reason_and_leaves_a_tombstone(seeded: Evipath) -> None:
    assert seeded("purge", "PMID:15314694").status == 2
    done = seeded("purge", "PMID:15314694", "--reason", "asked for", "--as", "root", "--json")
    assert done.json["kind"] == "article"
    tombstones = [row for row in open_sqlite(seeded.url).dump() if row.kind == "tombstone"]
    assert {row.fields["actor"] for row in tombstones} == {"root"}
    assert seeded("check").status == 0
    assert seeded("purge", "PMID:15314694", "--reason", "again").status == 1


def test_a_check_finds_and_a_rebuild_mends(seeded: Evipath) -> None:
    clean = seeded("check")
    assert (clean.status, clean.out) == (0, "")
    assert "clean: 1 articles, 18 claims" in clean.err
    with sqlite3.connect(seeded.url.removeprefix("sqlite:///")) as file:
        file.execute("UPDATE edge SET rule_version = 99")
    file.close()
    found = seeded("check")
    assert found.status == 1
    assert found.out.startswith("rule_version  ")
    assert seeded("check", "--json").json["clean"] is False
    assert seeded("rebuild", "--json").json["changed"] > 0
    assert seeded("check", "--json").json["findings"] == []
    assert seeded("rebuild", "--json").json["changed"] == 0


@pytest.mark.parametrize(
    "words",
    [
        ("ask", "what reverses EMT"),
        ("paths", "a", "b"),
        ("claims",),
        ("entities",),
        ("curate", "0" * 64, "accept"),
        ("export", "jsonl", "-"),
        ("check",),
        ("rebuild",),
        ("user", "list"),
        ("purge", "PMID:1", "--reason", "x"),
    ],
)
def test_a_store_that_is_not_there_is_not_made_by_looking(
    evipath: Evipath, words: tuple[str, ...]
) -> None:
    done = evipath(*words)
    assert (done.status, done.out) == (1, "")
    assert "There is no store at sqlite:///" in done.err
    assert not Path(evipath.url.removeprefix("sqlite:///")).exists()


@pytest.mark.parametrize(
    "url", ["mysql://x/y", "sqlite://", "sqlite:///", "neo4j://me:secret@host/db", "neo4j://h:1/d"]
)
def test_another_address_is_bad_usage_and_shows_no_secret(evipath: Evipath, url: str) -> None:
    done = evipath("seed", "--store", url, store=False)
    assert (done.status, done.out) == (2, "")
    assert "secret" not in done.err
