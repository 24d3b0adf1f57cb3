"""Writes through the client: ingest with its job, decisions, and pins that outlive them."""

from pathlib import Path

import pytest

from evipath_client import errors
from evipath_client import models as m
from tests.client.conftest import Running

PAPER = """
PMID- 31
TI  - A third paper.
AB  - Curcumin prevented EMT.

PMID- 33
AB  - It has no title.
"""


def test_ingest_waits_and_tells_how_far_it_is(service: Running) -> None:
    seen: list[m.Job] = []
    with service.client() as client:
        job = client.ingest(PAPER, format="medline", progress=seen.append)
        assert job.status == "succeeded"
        assert seen[-1] == job
        assert len(job.errors) == 1
        assert client.article("PMID:31").citation.title == "A third paper."
        assert [one.id for one in client.jobs()] == [job.id]


def test_ingest_of_a_file_draws_a_bar(
    service: Running, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "papers.nbib"
    file.write_text(PAPER)
    with service.client() as client:
        job = client.ingest(file, format="medline", progress=True)
    assert job.errors[0].source == "papers.nbib"
    assert f"{job.done}" in capsys.readouterr().err.splitlines()[-1]


def test_a_job_that_is_not_waited_for(service: Running) -> None:
    with service.client() as client:
        job = client.ingest(PAPER, format="medline", wait=False)
        assert client.wait(job).status == "succeeded"
        with pytest.raises(errors.Conflict):
            client.cancel_job(job)
        assert client.job(job.id).status == "succeeded"


def test_a_decision_on_what_changed_meanwhile_is_refused(service: Running) -> None:
    with service.client() as client:
        seen = client.claim(service.claim)
        reject = m.DecisionRequest(type="reject", reason="not in the text")
        rejected = client.decide_claim(seen, reject)
        assert rejected.status == "rejected"
        with pytest.raises(errors.Changed):
            client.decide_claim(seen, m.DecisionRequest(type="accept"))
        assert client.claim(service.claim).status == "rejected"
        decision = client.claim_history(service.claim).items[-1]
        undone = client.decide_claim(
            service.claim, m.DecisionRequest(type="undo", decision=decision.id)
        )
        assert undone.status == "accepted"


def test_a_claim_is_added_again_from_one_that_was_read(service: Running) -> None:
    with service.client() as client:
        read = client.claim(service.claim).model_dump(mode="json")
        article = client.article("PMID:15314694")
        fields = {name: read[name] for name in m.Claim.model_fields if name in read}
        fields["text_sha256"] = article.text_sha256
        fields["negated"] = True
        made = client.add_claim(m.Claim.model_validate(fields))
        assert made.negated
        assert made.id != service.claim


def test_articles_are_merged_and_parted(service: Running) -> None:
    with service.client() as client:
        client.ingest(PAPER, format="medline")
        client.ingest(PAPER.replace("31", "32").replace("third", "fourth"), format="medline")
        request = m.ArticleDecisionRequest(type="merge", into="PMID:31", reason="the same")
        client.decide_article(client.article("PMID:32"), request)
        assert client.article("PMID:32").id == client.article("PMID:31").id


def test_a_pinned_client_sees_nothing_of_what_came_later(service: Running) -> None:
    with service.client() as client:
        pinned = client.at()
        before = pinned.interventions("EMT", "reverses")
        client.decide_claim(service.claim, m.DecisionRequest(type="reject", reason="test"))
        assert client.interventions("EMT", "reverses").interventions == ()
        assert pinned.interventions("EMT", "reverses").interventions == before.interventions
        question = m.InterventionRequest(outcome="EMT", effect="reverses")
        (batched,) = pinned.batch([question])
        assert batched.answer is not None
        assert batched.answer.interventions == before.interventions
        assert next(iter(pinned.claims())).status == "accepted"
        stored = m.Snapshot.model_validate_json(before.snapshot.model_dump_json())
        assert client.at(stored).stats().snapshot.id == stored.id
        assert client.interventions("EMT", "reverses", as_of=stored).interventions


def test_a_pin_of_another_graph_is_noticed(service: Running) -> None:
    with service.client() as client:
        foreign = client.snapshot().model_copy(update={"id": "0" * 32})
        with pytest.raises(errors.SnapshotMismatch):
            client.at(foreign).interventions("EMT", "reverses")
        with pytest.raises(errors.SnapshotMismatch):
            client.at(foreign).batch([m.InterventionRequest(outcome="EMT", effect="reverses")])
        with pytest.raises(errors.SnapshotMismatch):
            client.at(foreign).ask("which interventions reverse EMT")


def test_another_version_is_warned_of(service: Running) -> None:
    with service.client() as client:
        older = client.snapshot().model_copy(update={"version": "0.0.1"})
        with pytest.warns(UserWarning, match=r"0\.0\.1"):
            client.at(older).stats()
