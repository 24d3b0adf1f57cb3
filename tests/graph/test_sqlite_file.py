"""The store's file: addresses, foreign files, versions, locks."""

import gzip
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from app.graph.rows import row_line
from app.graph.sqlite import connection as connections
from app.graph.sqlite import open_sqlite, schema
from app.graph.sqlite.connection import path_of_url
from app.model.errors import BadInput, Corrupt, NotFound, SchemaTooNew, StoreError, Unavailable
from app.model.vocabulary import Category
from tests.support.factories import entity, paper, user

STORES = Path(__file__).resolve().parents[1] / "data" / "stores"


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("sqlite:///graph.db", Path("graph.db")),
        ("sqlite:///a b/ä%20.db", Path("a b/ä%20.db")),
        ("sqlite:////var/graph.db", Path("/var/graph.db")),
        ("sqlite:///:memory:", None),
    ],
)
def test_an_address_names_a_file(url: str, path: Path | None) -> None:
    assert path_of_url(url) == path


@pytest.mark.parametrize(
    "url", ["sqlite://", "sqlite:///", "sqlite://host/x.db", "graph.db", "sqlite:///dir/", "a\0"]
)
def test_another_address_is_refused(url: str) -> None:
    with pytest.raises(BadInput, match="sqlite:///"):
        path_of_url(url)


def test_folders_are_made(tmp_path: Path) -> None:
    open_sqlite(f"sqlite:///{tmp_path}/new/er/graph.db").close()
    assert (tmp_path / "new/er/graph.db").is_file()


def test_a_relative_path_is_bound_when_the_store_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    store = open_sqlite("sqlite:///graph.db")
    monkeypatch.chdir("/")
    store.write("ada", "one", paper(1).put)
    store.close()
    assert open_sqlite(f"sqlite:///{tmp_path}/graph.db").head().number == 1


def test_a_memory_store_is_its_own_and_goes() -> None:
    one, two = open_sqlite("sqlite:///:memory:"), open_sqlite("sqlite:///:memory:")
    one.write("ada", "one", paper(1).put)
    assert (one.head().number, two.head().number) == (1, 0)
    one.close()
    with pytest.raises(StoreError, match="closed"):
        one.head()


def test_what_is_committed_is_there_after_reopening(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/graph.db"
    store = open_sqlite(url)
    store.write("ada", "one", paper(1).put)
    store.accounts.put_user(user())
    head = store.head()
    store.close()
    again = open_sqlite(url)
    assert again.head() == head
    assert [u.name for u in again.accounts.users()] == ["ada"]


@pytest.mark.parametrize(
    "content",
    [b"not a database, but long enough to be read as one" * 100, b"\x89PNG\r\n", b"\0" * 8192],
)
def test_a_file_that_is_no_database_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.db"
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"other\.db"):
        open_sqlite(f"sqlite:///{path}")
    assert path.read_bytes() == content


def test_a_database_of_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE mine (a)")
    other.close()
    with pytest.raises(StoreError, match="not an EviPath store"):
        open_sqlite(f"sqlite:///{path}")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="directory"):
        open_sqlite(f"sqlite:///{tmp_path}")
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="file"):
        open_sqlite(f"sqlite:///{tmp_path}/file/graph.db")


def test_a_newer_schema_is_refused_by_both_numbers(tmp_path: Path) -> None:
    path = tmp_path / "graph.db"
    open_sqlite(f"sqlite:///{path}").close()
    with sqlite3.connect(path) as newer:
        newer.execute("PRAGMA user_version = 99")
    newer.close()
    with pytest.raises(SchemaTooNew, match=rf"99.*{schema.SCHEMA_VERSION}"):
        open_sqlite(f"sqlite:///{path}")


@pytest.mark.parametrize("path", sorted(STORES.glob("sqlite-v*.db.gz")), ids=lambda path: path.name)
def test_a_store_of_every_released_version_opens(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "graph.db"
    copy.write_bytes(gzip.decompress(path.read_bytes()))
    store = open_sqlite(f"sqlite:///{copy}")
    lines = b"".join(row_line(row) + b"\n" for row in store.dump())
    assert lines == (STORES / path.name.replace(".db.gz", ".jsonl")).read_bytes()
    store.write("ada", "goes on", lambda w: w.put_entity(entity("A:9")))
    with store.view() as view:
        assert view.articles(["a0001"])["a0001"].citation.title == "A newer title."
        assert {hit.entity for hit in view.name_hits("EMT", None, 5)} == {"GO:0001837"}
    with store.view(1) as view:
        assert view.articles(["a0001"])["a0001"].citation.title == "Curcumin prevents EMT."


def _add_note(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE revision ADD COLUMN note TEXT")
    connection.execute("PRAGMA user_version = 5")


def _fails(connection: sqlite3.Connection) -> None:
    connection.execute("DROP TABLE tombstone")
    raise RuntimeError("half way")


def test_an_older_schema_is_migrated_after_a_backup(tmp_path: Path) -> None:
    path = tmp_path / "graph.db"
    store = open_sqlite(f"sqlite:///{path}")
    store.write("ada", "one", paper(1).put)
    store.close()
    schema.prepare(path, steps={4: _add_note}, version=5)
    with sqlite3.connect(path) as migrated:
        assert migrated.execute("SELECT message, note FROM revision").fetchall() == [("one", None)]
    migrated.close()
    (backup,) = tmp_path.glob("graph.db.v4-*.bak")
    assert open_sqlite(f"sqlite:///{backup}").head().message == "one"
    with pytest.raises(SchemaTooNew):
        open_sqlite(f"sqlite:///{path}")


def test_a_failed_migration_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "graph.db"
    store = open_sqlite(f"sqlite:///{path}")
    store.write("ada", "one", paper(1).put)
    rows = list(store.dump())
    store.close()
    for steps in ({4: _fails}, {4: lambda _: None}):
        with pytest.raises((RuntimeError, StoreError)):
            schema.prepare(path, steps=steps, version=5)
    assert list(open_sqlite(f"sqlite:///{path}").dump()) == rows


def test_a_writer_that_waits_too_long_is_told_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "WAIT_SECONDS", 0.2)
    url = f"sqlite:///{tmp_path}/graph.db"
    store, other = open_sqlite(url), open_sqlite(url)
    holding, done = threading.Event(), threading.Event()

    def hold(writer: object) -> None:
        holding.set()
        done.wait(20)

    thread = threading.Thread(target=lambda: other.write("eve", "long", hold))
    thread.start()
    holding.wait(20)
    with pytest.raises(Unavailable, match=r"sqlite: .*graph\.db"):
        store.write("ada", "short", paper(1).put)
    assert store.head().number == 0
    done.set()
    thread.join()
    store.write("ada", "short", paper(1).put)


def test_a_write_inside_a_write_is_refused(tmp_path: Path) -> None:
    store = open_sqlite(f"sqlite:///{tmp_path}/graph.db")
    with pytest.raises(StoreError, match="inside"):
        store.write("ada", "outer", lambda _: store.write("ada", "inner", paper(1).put))
    store.write("ada", "outer", paper(1).put)


def test_many_processes_make_one_store(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/graph.db"
    code = f"from app.graph.sqlite import open_sqlite; open_sqlite({url!r}).accounts.users()"
    processes = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(4)]
    assert [process.wait(60) for process in processes] == [0] * 4
    assert open_sqlite(url).head().number == 0


@pytest.mark.filterwarnings("ignore:Pydantic serializer")
def test_the_tables_hold_the_line_where_a_model_is_passed_by(tmp_path: Path) -> None:
    store = open_sqlite(f"sqlite:///{tmp_path}/graph.db")
    wrong = entity().model_copy(update={"category": "Dragon"})
    with pytest.raises(Corrupt, match="CHECK"):
        store.write("ada", "wrong", lambda w: w.put_entity(wrong))
    assert "Dragon" not in list(Category)


def test_the_index_of_names_keeps_step(tmp_path: Path) -> None:
    path = tmp_path / "graph.db"
    store = open_sqlite(f"sqlite:///{path}")
    store.write("ada", "one", lambda w: w.put_entity(entity(synonyms=("EMT",))))

    def back_and_forth(writer: object) -> None:
        writer.put_entity(entity(name="passing"))  # type: ignore[attr-defined]
        writer.put_entity(entity(name="staying"))  # type: ignore[attr-defined]

    store.write("ada", "two", back_and_forth)
    with pytest.raises(RuntimeError):
        store.write("ada", "three", lambda w: (w.put_entity(entity("A:1", "undone")), _stop()))
    store.close()
    with sqlite3.connect(path) as file:
        file.execute("INSERT INTO name_word (name_word, rank) VALUES ('integrity-check', 1)")
        file.execute("INSERT INTO name_trigram (name_trigram, rank) VALUES ('integrity-check', 1)")
        names = {row[0] for row in file.execute("SELECT name FROM entity_name")}
    file.close()
    assert names == {entity().name, "EMT", "staying"}


def _stop() -> None:
    raise RuntimeError("stop")


def test_what_is_purged_is_in_none_of_the_files(tmp_path: Path) -> None:
    store = open_sqlite(f"sqlite:///{tmp_path}/graph.db")
    one = paper(1, abstract="A sentence that must go away for good.")
    store.write("ada", "one", one.put)
    store.purge("article", one.id, "root", "asked for")
    content = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"must go away" not in content


def test_what_no_store_can_hold_is_bad_input() -> None:
    store = open_sqlite("sqlite:///:memory:")
    broken = "a lone \ud800"
    with store.view() as view:
        assert view.name_hits("\0", None, 5) == ()
    for ask in (
        lambda view: view.article_ids([broken]),
        lambda view: view.name_hits(broken, None, 5),
        lambda view: view.text(broken),
        lambda view: view.article_page(None, 2**70),
    ):
        with pytest.raises(BadInput), store.view() as view:
            ask(view)
    with pytest.raises(NotFound), store.view(2**70):
        pass
    assert store.revision(2**70) is None
    with pytest.raises(BadInput):
        store.write(broken, "x", lambda w: w.put_entity(entity()))
    with pytest.raises((BadInput, ValueError)):
        store.write("ada", "x", lambda w: w.put_entity(entity(name=broken)))
    assert store.head().number == 0
    store.close()
