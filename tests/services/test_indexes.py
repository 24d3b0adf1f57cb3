"""Indexes: what they are kept in, and that they equal what would be built anew."""

from dataclasses import fields, is_dataclass
from pathlib import Path
from threading import Barrier, Thread

import numpy as np
import pytest

from app.graph.port import GraphStore
from app.model.answer import InterventionAnswer, InterventionQuestion, NamedEntity
from app.model.vocabulary import Effect
from app.reasoning.index import Index, build_index
from app.reasoning.lens import Lenses
from app.services import index_file, indexes
from app.services.indexes import Indexes, read_index
from app.services.reasoning import Reasoner
from tests.services.test_curation import do
from tests.support.exploding import columns
from tests.support.factories import entity
from tests.support.seeded import seed_claim

C5, C8 = seed_claim("C5").id, seed_claim("C8").id


def parts(value: object, name: str = "") -> dict[str, bytes]:
    """Return every array of an index, as bytes, by name."""
    found: dict[str, bytes] = {}
    for field in fields(value):  # type: ignore[arg-type]
        part = getattr(value, field.name)
        if is_dataclass(part):
            found |= parts(part, f"{field.name}.")
        elif isinstance(part, np.ndarray):
            found[f"{name}{field.name}"] = part.tobytes()
    return found


def said(index: Index) -> dict[str, tuple[object, ...]]:
    """Return what each lens of an index says of each link, in names."""
    both = Lenses(index)
    return {
        f"{candidates} {background}": tuple(
            (link.key, round(link.belief, 12), link.claims, link.statuses)
            for link in both.lens(candidates=candidates, background=background).links()
        )
        for candidates in (True, False)
        for background in (True, False)
    }


@pytest.fixture
def index(seeded: GraphStore) -> Index:
    with seeded.view() as view:
        return read_index(view)


def test_a_file_gives_back_the_index(index: Index, tmp_path: Path) -> None:
    index_file.write_index(tmp_path / "index", "key", index)
    read = index_file.read_index(tmp_path / "index", "key")
    assert read is not None
    assert parts(read) == parts(index)
    assert read.canon.steps == index.canon.steps
    assert said(read) == said(index)
    assert [path.name for path in tmp_path.glob("index*")] == ["index"]


def test_a_file_that_is_not_whole_or_not_ours_is_not_read(index: Index, tmp_path: Path) -> None:
    path = tmp_path / "index"
    assert index_file.read_index(path, "key") is None
    index_file.write_index(path, "key", index)
    whole = path.read_bytes()
    assert index_file.read_index(path, "another key") is None
    damaged = bytearray(whole)
    damaged[-100] ^= 1
    for broken in (b"", whole[:10], whole[:200], whole[:-1], b"x" + whole[1:], bytes(damaged)):
        path.write_bytes(broken)
        assert index_file.read_index(path, "key") is None


def test_a_damaged_file_is_built_anew(
    seeded: GraphStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexes, "FILED_FROM", 0)
    with seeded.view() as view:
        first = Indexes(seeded, tmp_path / "cache").of(view, view.revision).index
        (path,) = (tmp_path / "cache").iterdir()
        whole = path.read_bytes()
        path.write_bytes(whole[:-5])
        second = Indexes(seeded, tmp_path / "cache").of(view, view.revision).index
        assert path.read_bytes() == whole
    assert said(first) == said(second)


def test_decisions_change_the_index_without_building_it_anew(
    seeded: GraphStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Indexes(seeded)
    with seeded.view() as view:
        before = kept.of(view, view.revision)
        old = said(before.index)
    monkeypatch.setattr(indexes, "read_index", None)
    for claim, kind, more in ((C5, "reject", {"reason": "no"}), (C8, "reject", {"reason": "no"})):
        do(seeded, claim, kind, **more)
        with seeded.view() as view:
            now = said(kept.of(view, view.revision).index)
            assert now == said(read_index(view))
            assert now != old
    assert said(before.index) == old


def test_an_earlier_revision_has_its_own_index(seeded: GraphStore) -> None:
    kept = Indexes(seeded)
    with seeded.view() as view:
        first = view.revision
        old = said(kept.of(view, first).index)
    do(seeded, C5, "reject", reason="no")
    with seeded.view(first.number) as view:
        assert said(kept.of(view, first).index) == old
    with seeded.view() as view:
        assert said(kept.of(view, view.revision).index) != old


@pytest.mark.parametrize("other", ["revision", "version", "rules", "layout"])
def test_a_file_of_another_store_or_version_is_built_anew(
    seeded: GraphStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, other: str
) -> None:
    monkeypatch.setattr(indexes, "FILED_FROM", 0)
    with seeded.view() as view:
        right = said(Indexes(seeded, tmp_path / "cache").of(view, view.revision).index)
        (path,) = (tmp_path / "cache").iterdir()
        key = (view.revision.id, "__version__", "RULE_VERSION", "INDEX_VERSION")
        names = ("revision", "version", "rules", "layout")
        parts = [
            "other" if name == other else str(getattr(indexes, part, part))
            for name, part in zip(names, key, strict=True)
        ]
        foreign = build_index(columns(3, 1), (), {}, {})
        index_file.write_index(path, " ".join(parts), foreign)
        assert said(Indexes(seeded, tmp_path / "cache").of(view, view.revision).index) == right
        # Under its own key it would have been believed.
        parts[names.index(other)] = str(getattr(indexes, key[names.index(other)], key[0]))
        index_file.write_index(path, " ".join(parts), foreign)
        assert said(Indexes(seeded, tmp_path / "cache").of(view, view.revision).index) != right


def test_a_rebuild_changes_no_answer_of_a_running_question(
    seeded: GraphStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexes, "FILED_FROM", 0)
    # A hundred at once may take long: none is to be cut short.
    shared = Reasoner(seeded, cache=tmp_path / "cache", deadline=600.0)
    first = seeded.head().number
    answers: list[InterventionAnswer] = []
    failed: list[Exception] = []
    begin = Barrier(101)

    def ask(as_of: str | None) -> None:
        begin.wait()
        try:
            answers.append(shared.interventions(_question(as_of)))
        except Exception as error:  # noqa: BLE001 - told below, in the thread of the test.
            failed.append(error)

    asking = [Thread(target=ask, args=(str(first) if n % 2 else None,)) for n in range(100)]
    for thread in asking:
        thread.start()
    begin.wait()
    for number in range(6):
        # A new entity has everything read anew, a decision has the arrays changed.
        named = entity(f"HGNC:{900 + number}", f"gene {number}")
        seeded.write("ada", "an entity", lambda writer, named=named: writer.put_entity(named))  # type: ignore[misc]
        do(seeded, (C5, C8)[number % 2], ("reject", "accept")[number // 2 % 2], reason="no")
    for thread in asking:
        thread.join()
    assert not failed
    assert len(answers) == 100
    alone = {
        number: Reasoner(seeded).interventions(_question(str(number)))
        for number in {answer.snapshot.revision for answer in answers}
    }
    for answer in answers:
        assert answer.interventions == alone[answer.snapshot.revision].interventions
    assert sum(answer.snapshot.revision == first for answer in answers) >= 50
    with seeded.view() as view:
        assert said(shared.index_of(view).index) == said(read_index(view))


def test_a_question_that_saw_an_earlier_head_gets_its_own_snapshot(
    seeded: GraphStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared, first = Indexes(seeded), seeded.head()
    with seeded.view() as early:
        right = said(read_index(early))
        do(seeded, C5, "reject", reason="no")
        with seeded.view() as late:
            shared.of(late, late.revision)
        # It asked for the head before the decision, and waited for the lock until after.
        with monkeypatch.context() as patched:
            patched.setattr(seeded, "head", lambda: first)
            assert said(shared.of(early, early.revision).index) == right
    with seeded.view() as late:
        assert said(shared.of(late, late.revision).index) == said(read_index(late)) != right


def _question(as_of: str | None) -> InterventionQuestion:
    return InterventionQuestion(
        outcome=NamedEntity(id="GO:0001837", name="EMT"), effect=Effect.REVERSES, as_of=as_of
    )
