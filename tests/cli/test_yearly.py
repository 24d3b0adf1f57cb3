"""PubMed's yearly and daily files: in order, with deletions, checked, resumable."""

import gzip
import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.graph.sqlite import open_sqlite
from app.model.article import Article
from app.services.check import check
from tests.cli.conftest import Evipath

ARTICLE = """<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM">
<PMID Version="1">{pmid}</PMID>
<DateRevised><Year>{year}</Year><Month>01</Month><Day>02</Day></DateRevised>
<Article PubModel="Print"><Journal><Title>J</Title></Journal>
<ArticleTitle>{title}</ArticleTitle></Article></MedlineCitation></PubmedArticle>"""


def article(pmid: int, title: str = "", year: int = 2020) -> str:
    return ARTICLE.format(pmid=pmid, title=title or f"Title {pmid}.", year=year)


def gone(*pmids: int) -> str:
    listed = "".join(f'<PMID Version="1">{pmid}</PMID>' for pmid in pmids)
    return f"<DeleteCitation>{listed}</DeleteCitation>"


def write(folder: Path, number: int, *parts: str, md5: str | None = None) -> Path:
    """Write a file of the year with its md5 beside it, as NLM does."""
    folder.mkdir(exist_ok=True)
    path = folder / f"pubmed26n{number:04d}.xml.gz"
    path.write_bytes(
        gzip.compress(f"<PubmedArticleSet>{''.join(parts)}</PubmedArticleSet>".encode())
    )
    digest = md5 or hashlib.md5(path.read_bytes()).hexdigest()  # noqa: S324  as NLM's files do
    path.with_name(f"{path.name}.md5").write_text(f"MD5({path.name})= {digest}\n")
    return path


def articles(evipath: Evipath) -> dict[str, Article]:
    store = open_sqlite(evipath.url)
    with store.view() as view:
        found = {each.curie: each for each in view.article_page(None, 5000).items}
    assert list(check(store)) == []
    store.close()
    return found


def test_files_go_in_in_order_with_revisions_and_deletions(
    evipath: Evipath, tmp_path: Path
) -> None:
    base = tmp_path / "baseline"
    write(base, 2, article(2, "Revised.", 2021), article(5), gone(1, 77))
    write(base, 1, article(1), article(2), article(3))
    write(base, 3, article(3, "Older, and late.", 2019), article(4), gone(5))
    done = evipath("ingest", str(base), "--json").json
    assert done["counts"] == {
        "created": 5, "updated": 1, "outdated": 1, "withdrawn": 2, "unchanged": 1
    }  # fmt: skip
    assert (done["errors"], done["files_taken"], done["files_before"]) == ([], 3, 0)
    found = articles(evipath)
    assert found["PMID:2"].text == "Revised."
    assert found["PMID:3"].text == "Title 3."
    assert {curie for curie, each in found.items() if each.citation.withdrawn} == {
        "PMID:1",
        "PMID:5",
    }

    # The same folder again reads nothing; a further file is read alone.
    again = evipath("ingest", str(base))
    assert (again.status, again.out) == (0, "0 documents: nothing\nfiles: 0 taken, 3 before\n")
    write(base, 4, article(5, "Given again.", 2022), article(6))
    done = evipath("ingest", str(base), "--json").json
    assert (done["done"], done["files_taken"], done["files_before"]) == (2, 1, 3)
    assert not articles(evipath)["PMID:5"].citation.withdrawn
    # All of them again change nothing, in whatever order deletions and records stand.
    head = open_sqlite(evipath.url).head().number
    done = evipath("ingest", str(base), "--again", "--json").json
    assert done["files_taken"] == 4
    assert articles(evipath)["PMID:1"].citation.withdrawn
    assert articles(evipath)["PMID:2"].text == "Revised."
    assert open_sqlite(evipath.url).head().number == head


def test_a_bad_download_is_named_and_the_rest_goes_in(evipath: Evipath, tmp_path: Path) -> None:
    base = tmp_path / "baseline"
    bad = write(base, 1, article(1), md5="0" * 32)
    cut = write(base, 2, *(article(number) for number in range(10, 400)))
    data = cut.read_bytes()
    cut.write_bytes(data[: len(data) // 2])
    cut.with_name(f"{cut.name}.md5").unlink()
    write(base, 3, article(3))
    done = evipath("ingest", str(base), "--json").json
    reasons = {Path(error["source"]).name: error["reason"] for error in done["errors"]}
    assert reasons[bad.name].startswith("not read: its md5 is not the one that the .md5 file")
    taken = done["counts"]["created"] - 1
    assert 10 < taken < 390
    assert (
        reasons[cut.name] == f"the gzip file is cut off; the {taken} records before it were taken"
    )
    assert (done["counts"]["failed"], done["files_taken"]) == (2, 1)
    # Once they are repaired, the same command takes them.
    write(base, 1, article(1))
    cut.write_bytes(data)
    done = evipath("ingest", str(base), "--json").json
    assert (done["files_taken"], done["files_before"], done["errors"]) == (2, 1, [])
    assert len(articles(evipath)) == 392


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_kill_9_in_the_middle_goes_on_where_it_was(
    evipath: Evipath, tmp_path: Path, jobs: str
) -> None:
    base = tmp_path / "baseline"
    for number in range(1, 7):
        first = number * 1000
        write(base, number, *(article(first + offset) for offset in range(500)), gone(first - 999))
    command = [sys.executable, "-m", "app.cli", "ingest", str(base), "--store", evipath.url]
    with subprocess.Popen(
        [*command, "--jobs", jobs], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if line.startswith("1200 documents"):
                break
        process.kill()
    assert 1198 <= len(articles(evipath)) < 3000
    done = evipath("ingest", str(base), "--jobs", jobs, "--json").json
    assert done["files_before"] >= 2
    assert done["files_taken"] + done["files_before"] == 6
    found = articles(evipath)
    assert len(found) == 3000
    assert sum(each.citation.withdrawn for each in found.values()) == 5
    # What was cut off is shown as such once its time is over, and no worker takes it up.
    accounts = open_sqlite(evipath.url).accounts
    assert [job.status for job in accounts.job_page(None, 5).items] == ["succeeded", "running"]


def test_large_files_are_read_by_processes_with_the_same_result(
    evipath: Evipath, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shared_dir: Path
) -> None:
    base = tmp_path / "baseline"
    base.mkdir()
    for path in (shared_dir / "data" / "pubmed").glob("pubmed21n*.xml.gz"):
        shutil.copy(path, base)
    (base / "pubmed21n1006.xml").write_text("<PubmedArticleSet><Pub")
    one = Evipath(f"sqlite:///{tmp_path}/one.db")
    wanted = one("ingest", str(base), "--jobs", "1", "--json").json
    monkeypatch.setattr("app.services.reading.LARGE", 1000)
    done = evipath("ingest", str(base), "--jobs", "2", "--json").json
    assert done == wanted
    assert done["counts"]["created"] > 200
    assert done["errors"][0]["reason"].startswith("the XML is broken")
    assert articles(evipath) == articles(one)
