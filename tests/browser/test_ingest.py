"""Handing documents in through the page, and seeing what becomes of them."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext, watch
from tests.browser.service import Service

SENTENCE = "Knockdown of NFKBIA induced EMT in MCF-7 cells."


@pytest.fixture
def ingest(new_context: NewContext, service: Service, complaints: list[str]) -> Page:
    context = new_context()
    context.set_extra_http_headers(service.authorization)
    page = context.new_page()
    watch(page, complaints)
    page.goto("/ingest")
    return page


def test_readers_are_told_what_is_needed(page: Page) -> None:
    page.goto("/ingest")
    expect(page.get_by_role("heading", name="Ingesting needs a curator")).to_be_visible()
    expect(page.get_by_role("button", name="Ingest")).to_have_count(0)


def test_a_pasted_abstract_is_read_and_leads_to_its_article(
    ingest: Page, complaints: list[str]
) -> None:
    ingest.get_by_label("A PubMed citation").fill(f"A paper that was pasted.\n{SENTENCE}")
    expect(ingest.get_by_label("It is")).to_have_value("abstract")
    ingest.get_by_label("PMID, where").fill("99999801")
    ingest.get_by_role("button", name="Ingest").click()
    job = ingest.get_by_role("article")
    expect(job).to_contain_text("succeeded")
    expect(job).to_contain_text("1 created")
    expect(ingest).to_have_url(re.compile("job="))
    job.get_by_role("link", name="ART:").click()
    expect(ingest.locator(".reading-text")).to_contain_text(SENTENCE)
    expect(ingest.locator(".claim").first).to_contain_text("candidate")
    assert complaints == []


def test_files_are_read_one_by_one_and_errors_have_their_place(
    ingest: Page, tmp_path: Path, new_context: NewContext
) -> None:
    good = tmp_path / "good.json"
    records = [
        {
            "identifiers": [f"PMID:{99999810 + n}"],
            "title": f"Paper {n}.",
            "abstract": [{"text": SENTENCE}],
        }
        for n in range(3)
    ]
    good.write_text("\n".join([*map(json.dumps, records), '{"title": 7}']))
    bad = tmp_path / "bad.txt"
    bad.write_text("nothing that anybody could read\n")
    ingest.get_by_label("Drop files here").set_input_files([good, bad])
    expect(ingest.locator(".sent li")).to_contain_text(["good.json sent", "bad.txt sent"])
    jobs = ingest.get_by_role("article")
    expect(jobs.filter(has_text="3 created")).to_have_count(1)
    failed = jobs.filter(has_text="bad.txt")
    expect(failed.locator(".errors")).to_contain_text("bad.txt, record 1, line 1:")
    part = jobs.filter(has_text="3 created").locator(".errors")
    expect(part).to_contain_text("good.json, record 4, line 4:")
    other = new_context().new_page()
    other.goto(ingest.url)
    expect(other.get_by_role("article").filter(has_text="3 created")).to_have_count(1)


def test_a_dropped_file_is_taken_and_does_not_replace_the_page(ingest: Page) -> None:
    drop = """async panel => {
        const data = new DataTransfer();
        const body = JSON.stringify({identifiers: ['PMID:99999830'], title: 'Dropped.',
                                     abstract: [{text: 'Nothing.'}]});
        data.items.add(new File([body], 'dropped.json'));
        panel.dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true,
                                                   cancelable: true}));
    }"""
    ingest.locator("section.panel").evaluate(drop)
    expect(ingest.get_by_role("article")).to_contain_text("1 created")


def test_what_can_not_be_sent_is_said_and_kept(ingest: Page) -> None:
    box = ingest.get_by_label("A PubMed citation")
    box.fill("Only a title")
    ingest.get_by_role("button", name="Ingest").click()
    expect(ingest.get_by_role("alert")).to_contain_text("the abstract must follow")
    box.fill(f"Title.\n{SENTENCE}")
    ingest.context.set_offline(True)
    ingest.get_by_role("button", name="Ingest").click()
    expect(ingest.get_by_role("alert")).to_contain_text("can't be reached")
    expect(box).to_have_value(f"Title.\n{SENTENCE}")
    ingest.context.set_offline(False)
