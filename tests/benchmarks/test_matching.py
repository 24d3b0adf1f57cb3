from benchmarks.extraction.matching import assign, assign_repeated, shares_word
from tests.benchmarks.said import claimed, labels, place

TEXT = (
    "SNAI1 knockdown raised E-cadherin expression and lowered vimentin expression in MCF-7 cells."
)


def test_spans_meet_in_a_word_that_names_something() -> None:
    whole = place(TEXT, "E-cadherin expression")
    assert shares_word(TEXT, whole, place(TEXT, "E-cadherin"))
    assert not shares_word(TEXT, whole, place(TEXT, "expression"))
    assert not shares_word(TEXT, whole, place(TEXT, "vimentin"))


def test_a_hollow_word_is_met_by_itself() -> None:
    text = "This pathway is active and its loss kills."
    assert shares_word(text, place(text, "its"), place(text, "its"))


def test_each_claim_is_taken_once() -> None:
    gold = claimed(TEXT, "SNAI1", "E-cadherin", "-")
    reads = [claimed(TEXT, "SNAI1", "E-cadherin expression", "-")] * 2
    assert len(assign(TEXT, [gold], reads)) == 1
    assert len(assign_repeated(TEXT, [gold], reads)) == 2


def test_the_right_sign_wins_over_closer_spans() -> None:
    gold = claimed(TEXT, "SNAI1", "E-cadherin", "-")
    close = claimed(TEXT, "SNAI1", "E-cadherin", "+")
    right = claimed(TEXT, "SNAI1 knockdown", "E-cadherin expression", "-")
    (match,) = assign(TEXT, [gold], [close, right])
    assert match.index == 1


def test_the_assignment_serves_all_claims_rather_than_the_first() -> None:
    text = "AKT1 and MTOR raise growth of tumours."
    golds = [claimed(text, "AKT1 and MTOR", "growth"), claimed(text, "AKT1", "growth")]
    reads = [claimed(text, "AKT1", "growth"), claimed(text, "MTOR", "growth")]
    found = {(match.gold, match.index) for match in assign(text, golds, reads)}
    assert found == {(1, 0), (0, 1)}


def test_a_doubtful_claim_takes_only_what_no_other_wants() -> None:
    sure = claimed(TEXT, "SNAI1", "E-cadherin", "-")
    doubtful = claimed(TEXT, "SNAI1", "E-cadherin", "-", doubtful=True, labels=labels())
    (match,) = assign(TEXT, [doubtful, sure], [claimed(TEXT, "SNAI1", "E-cadherin", "+")])
    assert match.gold == 1


def test_an_undirected_pair_is_found_either_way_round() -> None:
    read = claimed(TEXT, "vimentin", "SNAI1", "0")
    assert not assign(TEXT, [claimed(TEXT, "SNAI1", "vimentin", None)], [read])
    assert assign(TEXT, [claimed(TEXT, "SNAI1", "vimentin", None, directed=False)], [read])


def test_the_means_answers_for_the_claim() -> None:
    text = "The MEK inhibitor U0126 blocked growth."
    by_means = claimed(text, "U0126", "growth", "-")
    read = claimed(text, "MEK", "growth", "+", alternatives=(by_means,))
    (match,) = assign(text, [claimed(text, "U0126", "growth", "-")], [read])
    assert match.read.sign == "-"
