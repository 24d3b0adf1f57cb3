"""Importing graphs on the command line; killed in the middle, an import is completed by another."""

import json
import random
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from app.graph.sqlite import open_sqlite
from app.services.check import check
from tests.cli.conftest import Evipath
from tests.ingest.kgx.pairs import MANUAL, NODES, pair, write

EDGE = {"subject": "HGNC:1", "predicate": "biolink:causes", "object": "HGNC:2", **MANUAL}
KILLS = 5
ROWS = 25_000
SEED = 6


def test_a_pair_is_recognised_in_either_order_and_as_a_directory(
    evipath: Evipath, tmp_path: Path
) -> None:
    made = pair(tmp_path, [EDGE])
    done = evipath("ingest", str(made.edges), str(made.nodes))
    assert done.status == 0
    assert done.out == f"nodes.tsv + edges.tsv: {len(NODES) + 1} read; claims accepted 1, " \
        f"entities created {len(NODES)}\n"  # fmt: skip
    again = evipath("ingest", str(tmp_path), "--json").json
    assert again["imports"][0]["counts"]["claims unchanged"] == 1
    assert open_sqlite(evipath.url).head().number == 2


def test_bad_rows_and_remarks_are_told(evipath: Evipath, tmp_path: Path) -> None:
    older = {**EDGE, "predicate": "biolink:positively_regulates"}
    made = pair(tmp_path, [EDGE, {**EDGE, "object": "HGNC:404"}, older], [*NODES, {"id": "BOOL:1"}])
    done = evipath("ingest", str(made.nodes), str(made.edges))
    assert f"{made.edges}, line 3: an edge to what is no node: HGNC:404 is no node" in done.err
    assert "further prefixes: BOOL" in done.out
    assert "remarks: 1 × older predicate: positively_regulates" in done.out
    assert "left out: 1 × an edge to what is no node" in done.out


def test_documents_and_graphs_at_once(evipath: Evipath, tmp_path: Path) -> None:
    document = tmp_path / "a.json"
    document.write_text(json.dumps({"title": "A title.", "identifiers": ["PMID:1"]}))
    folder = tmp_path / "graph"
    folder.mkdir()
    pair(folder, [EDGE])
    done = evipath("ingest", str(folder), str(document), "--json").json
    assert (done["counts"], len(done["imports"])) == ({"created": 1}, 1)


def test_an_imported_prefix_can_be_asked_for(evipath: Evipath, tmp_path: Path) -> None:
    nodes = [{"id": "BOOL:A", "name": "A"}, {"id": "BOOL:B", "name": "B"}]
    made = pair(tmp_path, [{**EDGE, "subject": "BOOL:A", "object": "BOOL:B"}], nodes)
    evipath("ingest", str(made.nodes), str(made.edges))
    assert evipath("check").status == 0
    found = evipath("paths", "BOOL:A", "BOOL:B", "--json")
    assert found.status == 0
    assert "BOOL:B" in found.out


@pytest.mark.parametrize(("name", "reason"), [("nodes", "edges"), ("edges", "nodes")])
def test_half_a_pair_is_bad_usage(evipath: Evipath, tmp_path: Path, name: str, reason: str) -> None:
    pair(tmp_path, [EDGE])
    done = evipath("ingest", str(tmp_path / f"{name}.tsv"))
    assert done.status == 2
    assert f"no file of {reason} was given" in " ".join(done.err.split())


def test_a_missing_column_is_a_failure(evipath: Evipath, tmp_path: Path) -> None:
    made = pair(tmp_path, [EDGE])
    write(made.edges, [{"subject": "HGNC:1", "object": "HGNC:2"}])
    done = evipath("ingest", str(made.nodes), str(made.edges))
    assert done.status == 1
    assert "edges.tsv, line 1: the header has no column predicate" in done.err


@pytest.mark.parametrize("model", ["sasp", "th17"])
def test_a_boolean_model_loads_by_one_command(
    evipath: Evipath, shared_dir: Path, model: str
) -> None:
    folder = shared_dir / "data" / "boolean" / model
    done = evipath(
        "ingest", str(folder / "nodes.tsv"), str(folder / "edges.evidence.tsv"), "--json"
    )
    (report,) = done.json["imports"]
    assert (report["prefixes"], report["errors"], report["left_out"]) == (["BOOL"], [], {})
    assert evipath("check").status == 0


def many(folder: Path) -> Path:
    rows = [{**EDGE, "id": f"e{number}"} for number in range(ROWS)]
    pair(folder, rows)
    return folder


def command(folder: Path, url: str) -> list[str]:
    return [sys.executable, "-m", "app.cli", "ingest", str(folder), "--store", url]


def claims(url: str) -> int:
    store = open_sqlite(url)
    with store.view() as view:
        count = sum(view.counts().claims.values())
    store.close()
    return count


@pytest.mark.slow
def test_kill_9_of_an_import_leaves_whole_batches_and_another_run_completes_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "graph"
    folder.mkdir()
    many(folder)
    start = time.monotonic()
    whole = f"sqlite:///{tmp_path}/whole.db"
    assert subprocess.run(command(folder, whole), capture_output=True).returncode == 0
    longest = time.monotonic() - start
    moments = random.Random(SEED)
    held = []
    for number in range(KILLS):
        url = f"sqlite:///{tmp_path}/{number}.db"
        path = Path(url.removeprefix("sqlite:///"))
        with subprocess.Popen(
            command(folder, url), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            while not path.exists() and process.poll() is None:
                time.sleep(0.005)
            with suppress(subprocess.TimeoutExpired):
                process.wait(moments.uniform(0.0, longest))
            process.kill()
        held.append(claims(url))
        store = open_sqlite(url)
        assert list(check(store)) == []
        store.close()
        assert subprocess.run(command(folder, url), capture_output=True).returncode == 0
        assert claims(url) == ROWS
    with capsys.disabled():
        print(f"\n{KILLS} kills, claims held after each: {held}; each rerun to {ROWS}")
    assert len(set(held)) > 1


def test_statements_of_indra_are_recognised_and_again_change_nothing(
    evipath: Evipath, tmp_path: Path
) -> None:
    nfkb = {"name": "NFkappaB", "db_refs": {"FPLX": "NFkappaB"}}
    emt = {"name": "EMT", "db_refs": {"GO": "GO:0001837"}}
    said = {"source_api": "signor", "pmid": "15314694", "text": "NF-kappaB raises EMT."}
    known = {"type": "Activation", "id": "1", "subj": nfkb, "obj": emt, "evidence": [said]}
    unknown = {"type": "ActiveForm", "id": "2", "agent": nfkb}
    path = tmp_path / "statements.json"
    path.write_text(json.dumps([known, unknown]))
    done = evipath("ingest", str(path), "--as", "ada")
    assert done.status == 0
    assert "claims accepted 1" in done.out
    assert "left out: 1 × ActiveForm: no claim of one thing about another" in done.out
    head = open_sqlite(evipath.url).head().number
    again = evipath("ingest", str(tmp_path), "--json").json
    assert again["imports"][0]["counts"]["claims unchanged"] == 1
    assert open_sqlite(evipath.url).head().number == head
    assert evipath("check").status == 0
    answer = evipath("ask", "which interventions lower EMT", "--json").json
    (evidence,) = answer["interventions"][0]["evidence"]
    assert (evidence["quote"], evidence["verified"]) == ("NF-kappaB raises EMT.", None)
