"""An article whose record PubMed withdrew: its claims stay with it, and leave the answers."""

from app.graph.port import GraphStore
from app.ingest import read
from app.model.answer import InterventionQuestion, NamedEntity
from app.model.vocabulary import Effect, Status
from app.services.claims import claims_of_article
from app.services.ingest import Fate, IngestReport, ingest
from app.services.reasoning import Reasoner
from tests.services.test_fetching import article_of

PMID = "15314694"
GONE = f'<DeleteCitation><PMID Version="1">{PMID}</PMID></DeleteCitation>'
LATER = f"""<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM">
<PMID Version="1">{PMID}</PMID>
<DateRevised><Year>2030</Year><Month>01</Month><Day>02</Day></DateRevised>
<Article PubModel="Print"><Journal><Title>J Clin Invest</Title></Journal>
<ArticleTitle>Given again.</ArticleTitle></Article></MedlineCitation></PubmedArticle>"""


def take(store: GraphStore, xml: str) -> IngestReport:
    body = f"<PubmedArticleSet>{xml}</PubmedArticleSet>".encode()
    return ingest(store, read(body, name="update"), actor="ann")


def test_claims_of_a_withdrawn_article_leave_the_answers(seeded: GraphStore) -> None:
    reasoner = Reasoner(seeded)
    emt = NamedEntity(id="GO:0001837", name="epithelial to mesenchymal transition")
    question = InterventionQuestion(outcome=emt, effect=Effect.REVERSES)
    before = reasoner.interventions(question)
    assert before.total > 0
    head = seeded.head().number

    assert take(seeded, GONE).counts == {Fate.WITHDRAWN: 1}
    after = reasoner.interventions(question)
    assert after.total == 0
    with seeded.view() as view:
        claims = claims_of_article(view, article_of(seeded, PMID).id)
        assert claims
        assert {each.status for each in claims} == {Status.ACCEPTED}
        assert all(each.withdrawn and each.retracted for each in claims)
        assert view.decisions_on([claims[0].id])[claims[0].id]
    # A snapshot from before answers as it did.
    then = question.model_copy(update={"as_of": str(head)})
    assert reasoner.interventions(then).interventions == before.interventions

    # Said again it changes nothing; a later record takes it back.
    assert take(seeded, GONE).counts == {Fate.UNCHANGED: 1}
    assert take(seeded, LATER).counts[Fate.UPDATED] == 1
    assert not article_of(seeded, PMID).citation.withdrawn
    assert take(seeded, GONE.replace(PMID, "77")).counts == {Fate.UNCHANGED: 1}
