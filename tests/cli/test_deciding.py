"""``evipath matrix``."""

from tests.cli.conftest import Evipath


def test_the_matrix_is_printed_by_context_with_what_to_try(seeded: Evipath) -> None:
    done = seeded("matrix", "GO:0007249", "EMT")
    words = " ".join(done.out.split())
    assert done.status == 0
    assert "no context stated" in words
    assert "loss maintenance positive 1" in words
    assert "gain maintenance untested" in words
    assert "makes matched: raise canonical NF-kappaB signal transduction once it is there" in words


def test_the_matrix_as_json(seeded: Evipath) -> None:
    found = seeded("matrix", "NF-kappaB", "EMT", "--json").json
    assert found["total"] == 5
    assert found["deciding"] == []


def test_an_unknown_target_fails_with_the_nearest(seeded: Evipath) -> None:
    done = seeded("matrix", "no such thing", "EMT")
    assert done.status == 1
    assert "no such thing" in done.err


def test_means_and_side_effects_are_asked_in_words(seeded: Evipath) -> None:
    question = "which interventions reverse EMT"
    done = seeded("ask", question, "--answer", "means")
    assert done.status == 0
    assert "No compound or construct is known to have this effect." in done.out
    assert "No means is known for inhibition of NF-kappaB" in done.out
    side = seeded("ask", question, "--excluding", "metastasis:lowers")
    assert "lowers Neoplasm Metastasis: excluded" in " ".join(side.out.split())
    refused = seeded("ask", question, "--excluding", "metastasis")
    assert (refused.status, "write outcome:effect" in refused.err) == (1, True)


def test_a_contrast_is_printed_with_what_to_try(seeded: Evipath) -> None:
    cells = ("--context", "cell:CL:0008019", "--versus", "cell:CL:0000066")
    done = seeded("contrast", "EMT", *cells)
    assert done.status == 0
    assert "There: reverses epithelial to mesenchymal transition (GO:0001837)" in done.out
    assert "untested" in done.out
    found = seeded("contrast", "EMT", *cells, "--json").json
    assert found["rows"][0]["words"].startswith("lower NF-kappaB once it is there")
    refused = seeded("contrast", "EMT")
    assert (refused.status, "name another context" in refused.err) == (1, True)


def test_requirements_are_printed_by_result(seeded: Evipath) -> None:
    done = seeded("requirements", "NF-kappaB", "EMT")
    words = " ".join(done.out.split())
    assert done.status == 0
    assert "TGF-beta null any stage, epithelial cell: null (effect without)" in words
    assert "Ras untested" in words
    assert "Needs of the outcome, stated without this cause" in words
    found = seeded("requirements", "FPLX:RAS", "MESH:D063646", "--json").json
    assert found["requirements"][0]["entities"][0]["id"] == "FPLX:NFkappaB"
