"""Net influence against the exact sum over walks of any length."""

import numpy as np
import pytest
from hypothesis import given, settings

from app.model.edge import StoredEdge
from app.model.entity import EntityRelation
from app.reasoning.flow import DAMPING, PRECISION
from tests.reasoning.graphs import graphs, index_of


@settings(max_examples=60, deadline=None)
@given(graphs)
def test_what_is_left_out_is_no_more_than_stated(
    graph: tuple[list[StoredEdge], list[EntityRelation]],
) -> None:
    lens = index_of(*graph).lens(candidates=False, background=False)
    step = DAMPING * lens.influences.net.toarray()
    exact = np.linalg.inv(np.eye(len(step)) - step) - np.eye(len(step))
    for place in range(len(step)):
        to, back = lens.flow_to(place).net, lens.flow_from(place).net
        assert to == pytest.approx(exact[:, place], abs=PRECISION, rel=1e-12)
        assert back == pytest.approx(exact[place], abs=PRECISION, rel=1e-12)
