"""Users and their tokens."""

import pytest

from app.graph.port import GraphStore
from app.model.errors import BadInput, Conflict, NotFound, Unauthorized
from app.model.text import sha256_of
from app.model.vocabulary import Role
from app.services import accounts


def test_a_token_opens_and_is_stored_as_a_hash(store: GraphStore) -> None:
    user, token = accounts.create(store.accounts, "ann", Role.CURATOR)
    assert token.startswith("evp_")
    assert len(token) > 40
    (kept,) = store.accounts.tokens("ann")
    assert kept.sha256 == sha256_of(token)
    assert accounts.authenticate(store.accounts, token).user == user
    assert token not in repr((store.accounts.users(), store.accounts.tokens("ann")))


@pytest.mark.parametrize("token", ["", "evp_", "evp_wrong", "x" * 10_000, "é\n"])
def test_what_is_no_token_is_refused_in_the_same_words(store: GraphStore, token: str) -> None:
    accounts.create(store.accounts, "ann", Role.CURATOR)
    with pytest.raises(Unauthorized, match=r"^The token is not valid\.$"):
        accounts.authenticate(store.accounts, token)


def test_a_token_with_more_behind_it_is_refused(store: GraphStore) -> None:
    _, token = accounts.create(store.accounts, "ann", Role.CURATOR)
    with pytest.raises(Unauthorized):
        accounts.authenticate(store.accounts, token + "x" * 300)


def test_a_revoked_token_is_refused_and_the_name_can_have_a_new_one(store: GraphStore) -> None:
    _, token = accounts.create(store.accounts, "ann", Role.CURATOR)
    revoked = accounts.revoke(store.accounts, "ann")
    assert revoked.revoked_at is not None
    assert accounts.revoke(store.accounts, "ann") == revoked
    with pytest.raises(Unauthorized):
        accounts.authenticate(store.accounts, token)
    _, again = accounts.create(store.accounts, "ann", Role.READER)
    assert accounts.authenticate(store.accounts, again).user.role is Role.READER


def test_names(store: GraphStore) -> None:
    accounts.create(store.accounts, "ann", Role.CURATOR)
    with pytest.raises(Conflict):
        accounts.create(store.accounts, "ann", Role.ADMIN)
    with pytest.raises(BadInput) as caught:
        accounts.create(store.accounts, "no blanks", Role.READER)
    assert caught.value.errors[0].pointer == "/name"
    with pytest.raises(NotFound):
        accounts.revoke(store.accounts, "bob")
    assert [user.name for user in accounts.users(store.accounts)] == ["ann"]
