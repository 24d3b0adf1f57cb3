"""Curated data tested like code: schema, canonical order, spans, identifiers, facts."""

import json
from collections import Counter
from pathlib import Path

import pytest

from app.curation.validation import misplaced, verify
from app.graph.names import fold_name
from app.model.article import text_of
from app.model.claim import Claim
from app.model.eco import ECO_LABEL
from app.model.identifiers import normalise_curie
from app.model.text import sha256_of
from app.model.vocabulary import Epistemic, LinkType, RelationType, Sign
from app.services.seeds import Seeds, read_seeds
from tests.support.seeded import seed_claim

ROOT = Path(__file__).resolve().parents[2] / "seeds"
FILES = sorted(ROOT.rglob("*.json"))


@pytest.fixture(scope="module")
def seeds() -> Seeds:
    return read_seeds()


@pytest.fixture(scope="module")
def text(seeds: Seeds) -> str:
    return text_of(seeds.articles[0].record.citation)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_file_is_written_in_one_way(file: Path) -> None:
    raw = file.read_text(encoding="utf-8")
    assert raw == json.dumps(json.loads(raw), ensure_ascii=False, indent=1) + "\n"


def test_all_is_in_canonical_order(seeds: Seeds) -> None:
    ids = [entity.id for entity in seeds.entities]
    assert ids == sorted(set(ids))
    keys = [relation.key for relation in seeds.relations]
    assert keys == sorted(set(keys))
    for group in seeds.claims:
        places = [
            (each.claim.quotes[0].start, each.claim.quotes[0].end, each.id) for each in group.claims
        ]
        assert places == sorted(places)
        for each in group.claims:
            assert list(each.links) == sorted(each.links, key=lambda link: (link.type, link.claim))
    for entity in seeds.entities:
        assert list(entity.synonyms) == sorted(set(entity.synonyms))
        assert entity.name not in entity.synonyms


def test_the_founding_article(seeds: Seeds, text: str) -> None:
    citation = seeds.articles[0].record.citation
    assert citation.identifiers == ("PMID:15314694", "PMC:503772", "doi:10.1172/jci21358")
    assert [author.name for author in citation.authors] == [
        "Huber MA", "Azoitei N", "Baumann B", "Grünert S", "Sommer A", "Pehamberger H",
        "Kraut N", "Beug H", "Wirth T",
    ]  # fmt: skip
    assert str(citation.published) == "2004-08"
    assert len(citation.title) == 116
    assert seeds.claims[0].text_sha256 == sha256_of(text)


def test_every_claim_has_its_computed_id_and_stands_in_the_text(seeds: Seeds, text: str) -> None:
    for group in seeds.claims:
        for each in group.claims:
            assert each.id == each.claim.id, each.name
            assert list(misplaced(each.claim, text)) == [], each.name
            assert verify(each.claim, text) == each.claim, each.name


def test_every_entity_that_is_named_is_in_the_lexicon(seeds: Seeds) -> None:
    known = {entity.id: entity for entity in seeds.entities}
    for group in seeds.claims:
        for each in group.claims:
            for grounding in _groundings(each.claim.model_dump(exclude={"quotes"})):
                entity = known[grounding["id"]]
                names = {fold_name(name) for name in (entity.name, *entity.synonyms)}
                assert fold_name(grounding["name"]) in names, (each.name, grounding)
    for relation in seeds.relations:
        assert {relation.subject, relation.object} <= known.keys()


def test_every_curie_is_canonical(seeds: Seeds) -> None:
    ids = [entity.id for entity in seeds.entities]
    ids += [each for article in seeds.articles for each in article.record.citation.identifiers]
    ids += [entity.taxon for entity in seeds.entities if entity.taxon]
    for curie in ids:
        assert normalise_curie(curie) == curie


def test_every_evidence_code_is_known(seeds: Seeds) -> None:
    codes = {
        eco for group in seeds.claims for each in group.claims for eco in each.claim.evidence.eco
    }
    assert codes <= ECO_LABEL.keys()


def test_groundings_are_ranked_and_the_first_is_sure(seeds: Seeds) -> None:
    for group in seeds.claims:
        for each in group.claims:
            for listed in _lists(each.claim.model_dump()):
                scores = [grounding["score"] for grounding in listed]
                assert scores[0] == 1.0
                assert all(score < 1.0 for score in scores[1:])
                assert scores == sorted(scores, reverse=True)


def test_names_mean_one_entity_each(seeds: Seeds) -> None:
    same = {r.subject: r.object for r in seeds.relations if r.type is RelationType.SAME_AS}
    meant: dict[str, set[str]] = {}
    for entity in seeds.entities:
        for name in (entity.name, entity.abbreviation, *entity.synonyms):
            if name:
                meant.setdefault(fold_name(name), set()).add(same.get(entity.id, entity.id))
    assert {name: ids for name, ids in meant.items() if len(ids) > 1} == {}


def test_equivalents_point_to_the_canonical(seeds: Seeds) -> None:
    same = [r for r in seeds.relations if r.type is RelationType.SAME_AS]
    assert all(r.subject.startswith("MESH:") for r in same)
    assert not {r.object for r in same} & {r.subject for r in same}


def test_roles_in_the_pathway(seeds: Seeds) -> None:
    roles = {r.subject: r.role for r in seeds.relations if r.type is RelationType.MEMBER_OF}
    assert roles == {
        "HGNC:5960": Sign.POSITIVE,
        "FPLX:NFkappaB": Sign.POSITIVE,
        "HGNC:7797": Sign.NEGATIVE,
    }
    assert all("curator" in r.source for r in seeds.relations if r.type is RelationType.MEMBER_OF)


def test_how_strongly_the_claims_are_said(seeds: Seeds) -> None:
    said = Counter(each.claim.epistemic for group in seeds.claims for each in group.claims)
    assert said == {
        Epistemic.DEMONSTRATED: 6,
        Epistemic.INTERPRETATION: 4,
        Epistemic.SUMMARY: 2,
        Epistemic.BACKGROUND: 6,
    }


def test_links_are_read_in_one_direction(seeds: Seeds) -> None:
    names = {each.id: each.name for group in seeds.claims for each in group.claims}
    links = {
        (each.name, link.type, names[link.claim])
        for group in seeds.claims
        for each in group.claims
        for link in each.links
    }
    assert ("B3", LinkType.EXPLAINS, "B2") in links
    assert ("C3", LinkType.SUPPORTS, "C1") in links
    assert ("C7", LinkType.INFERRED_FROM, "C5") in links
    assert len(links) == 19


def test_the_cooperation_is_a_relation() -> None:
    relation = seed_claim("C10").outcome.relation
    assert relation is not None
    assert relation.subject.composition is not None
    members = relation.subject.composition.members
    assert [member.groundings[0].id for member in members] == ["FPLX:RAS", "FPLX:TGFB"]
    assert relation.sign is Sign.POSITIVE
    assert relation.object.top is not None
    assert relation.object.top.id == "MESH:D063646"


@pytest.mark.parametrize("name", ["C1", "C2"])
def test_members_of_the_pathway_are_no_grounding_of_it(name: str) -> None:
    agent = seed_claim(name).agent
    assert [grounding.id for grounding in agent.groundings] == ["GO:0007249"]
    assert agent.composition is not None
    assert len(agent.composition.members) == 3


def _lists(value: object) -> list[list[dict[str, object]]]:
    if isinstance(value, dict):
        here = [list(value["groundings"])] if value.get("groundings") else []
        return here + [found for item in value.values() for found in _lists(item)]
    if isinstance(value, list | tuple):
        return [found for item in value for found in _lists(item)]
    return []


def _groundings(value: object) -> list[dict[str, str]]:
    return [grounding for listed in _lists(value) for grounding in listed]  # type: ignore[misc]


def test_no_seed_claim_is_the_aim_of_the_study(text: str) -> None:
    aim = text.index("To investigate"), text.index(", we utilized")
    for group in read_seeds().claims:
        for each in group.claims:
            claim: Claim = each.claim
            for quote in claim.quotes:
                assert quote.start is not None
                assert not aim[0] <= quote.start < aim[1], each.name
