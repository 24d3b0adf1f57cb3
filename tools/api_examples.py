"""Write the examples of the REST reference: what each operation answers on the seed.

``python -m tools.api_examples`` writes ``app/api/examples.json``. Lists are shortened to their
first items, long texts to their beginning; identifiers, times and tokens are fixed values.
"""

import re
import tempfile
import time
from pathlib import Path

import orjson
from fastapi.testclient import TestClient

from app.api.app import create_app
from app.bootstrap import build
from app.model.vocabulary import Role
from app.services import accounts
from app.services.seeds import load_seeds
from app.settings import Settings

TARGET = Path(__file__).parents[1] / "app" / "api" / "examples.json"
BASE = "/api/v1"
EMT = "GO:0001837"
LONGEST_LIST = 1
LONGEST_TEXT = 400

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
_RANDOM = re.compile(r"^[0-9a-f]{32}$|^[0-9a-f]{8}-[0-9a-f-]{27}$")

READS = {
    "explain_intervention": "/reasoning/interventions/FPLX:NFkappaB/why"
    "?outcome=GO:0001837&effect=reverses",
    "find_bypass": f"/reasoning/interventions/HGNC:5960/bypass?outcome={EMT}&effect=lowers",
    "find_interventions": f"/reasoning/interventions?outcome={EMT}&effect=reverses&limit=1",
    "find_consequences": "/reasoning/consequences?target=NF-kappaB&limit=1",
    "draw_consequences": "/reasoning/consequences/graph?target=NF-kappaB",
    "get_matrix": f"/reasoning/matrix?target=GO:0007249&outcome={EMT}",
    "get_contrast": f"/reasoning/contrast?outcome={EMT}&effect=reverses&context=cell:CL:0008019"
    "&versus=cell:CL:0000066",
    "get_requirements": "/reasoning/requirements?cause=FPLX:RAS&outcome=MESH:D063646",
    "ask": "/ask?q=which interventions reverse EMT&limit=1",
    "list_articles": "/articles",
    "get_article": "/articles/PMID:15314694",
    "list_claims": f"/claims?outcome={EMT}&predicate=reverses&limit=1",
    "search_entities": "/entities?q=EMT",
    "get_entity": f"/entities/{EMT}",
    "list_neighbours": f"/entities/{EMT}/neighbours?limit=1",
    "get_graph": f"/graph?center={EMT}",
    "get_bundle": f"/bundle?outcome={EMT}&effect=reverses&limit=1",
    "list_revisions": "/revisions",
    "list_changes": "/changes?since=0&limit=1",
    "get_schema": "/schema",
    "get_stats": "/stats",
    "get_me": "/me",
    "get_session": "/session",
    "healthz": "/healthz",
    "readyz": "/readyz",
}
POSTS: dict[str, tuple[str, object]] = {
    "find_paths": ("/reasoning/paths", {"sources": ["NF-kappaB"], "targets": [EMT], "k": 1}),
    "simulate_interventions": (
        "/reasoning/simulate",
        {"outcome": EMT, "effect": "reverses", "networks": 50},
    ),
    "match_signature": (
        "/reasoning/signature",
        {"up": ["GO:0001837"], "down": [], "weights": {"MESH:D009362": 0.5}, "limit": 1},
    ),
    "find_interventions_batch": (
        "/reasoning/batch",
        {"questions": [{"outcome": EMT, "effect": "prevents", "limit": 1}]},
    ),
    "ground_names": (
        "/entities/ground",
        {"names": ["EMT"], "texts": ["Snail represses E-cadherin."], "limit": 1},
    ),
}


def main() -> None:
    """Ask a service over the seed for everything and write down what it answers."""
    with tempfile.TemporaryDirectory() as folder:
        nowhere = "http://127.0.0.1:9"
        parts = build(Settings(store=f"sqlite:///{folder}/graph.db", ncbi_base_url=nowhere))
        load_seeds(parts.store)
        token = accounts.create(parts.store.accounts, "curator", Role.CURATOR)[1]
        admin = accounts.create(parts.store.accounts, "admin", Role.ADMIN)[1]
        with TestClient(create_app(parts)) as client:
            client.headers["Authorization"] = f"Bearer {token}"
            found = _asked(client)
            client.headers["Authorization"] = f"Bearer {admin}"
            found |= _users(client)
    shortened = {name: _short(answer) for name, answer in sorted(found.items())}
    options = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    TARGET.write_bytes(orjson.dumps(shortened, option=options))


def _asked(client: TestClient) -> dict[str, object]:
    found = {
        name: client.get(BASE + path).raise_for_status().json() for name, path in READS.items()
    }
    for name, (path, body) in POSTS.items():
        found[name] = client.post(BASE + path, json=body).raise_for_status().json()
    claim = found["list_claims"]["items"][0]
    path = f"{BASE}/claims/{claim['id']}"
    found["get_claim"] = claim
    found["add_claim"] = claim
    found["get_claim_history"] = client.get(f"{path}/history").raise_for_status().json()
    headers = {"If-Match": client.get(path).headers["etag"]}
    body = {"type": "reject", "reason": "The sentence says otherwise."}
    found["decide_claim"] = (
        client.post(f"{path}/decisions", json=body, headers=headers).raise_for_status().json()
    )
    document = "From the journal.\n\nA title.\n\nAn abstract of some words."
    job = client.post(
        f"{BASE}/articles", content=document, headers={"Content-Type": "text/plain"}
    ).raise_for_status()
    client.post(
        f"{BASE}/articles",
        content='{"title": "The page.", "abstract": [{"text": "Its words."}]}',
        headers={"Content-Type": "application/json"},
    ).raise_for_status()
    found |= _merged(client)
    sentence = {"title": "Inhibition of NF-kappaB reverses EMT.", "identifiers": ["PMID:1"]}
    found["extract_claims"] = (
        client.post(f"{BASE}/articles:extract", json=sentence).raise_for_status().json()
    )
    found["list_conflicts"] = _disputed(client)
    # It is answered before PubMed is asked, at an address where nobody listens.
    fetched = client.post(f"{BASE}/articles:fetch", json={"pmids": ["15314694"]})
    found["fetch_articles"] = fetched.raise_for_status().json()
    found["ingest_articles"] = found["get_job"] = found["cancel_job"] = job.json()
    found["list_jobs"] = {"items": [job.json()], "total": 1, "next": None}
    found["export_graph"] = '{"type": "snapshot", "data": {"id": "…", "revision": 1}}\n'
    found |= _account(client, found["get_session"])
    found["follow_job"] = 'event: end\ndata: {"id": "…", "status": "succeeded"}\n\n'
    found["metrics"] = 'evipath_http_requests_total{method="GET",status="200"} 1.0\n'
    return found


def _account(client: TestClient, session: object) -> dict[str, object]:
    """Make a token and revoke it; no secret is written down."""
    made = client.post(f"{BASE}/me/tokens", json={"name": "pipeline"}).raise_for_status()
    listed = client.get(f"{BASE}/me/tokens").raise_for_status().json()
    gone = client.delete(made.headers["location"]).raise_for_status()
    signed_in = {**session, "csrf_token": "…", "expires_at": "2026-01-01T12:00:00Z"}  # type: ignore[dict-item]
    return {
        "add_token": {**made.json(), "token": "evp_…"},
        "list_tokens": listed,
        "revoke_token": gone.json(),
        "sign_in": signed_in,
    }


def _users(client: TestClient) -> dict[str, object]:
    """Add a user, change their role, and revoke them; no secret is written down."""
    path = f"{BASE}/users"
    made = client.post(path, json={"name": "anna", "role": "curator"}).raise_for_status().json()
    listed = client.get(path).raise_for_status().json()
    changed = client.patch(f"{path}/anna", json={"role": "reader"}).raise_for_status().json()
    token = made["tokens"][0]["id"]
    ended = client.delete(f"{path}/anna/tokens/{token}").raise_for_status().json()
    return {
        "add_user": {**made, "token": "evp_…"},
        "list_users": listed,
        "change_user": changed,
        "revoke_user_token": ended,
        "revoke_user": client.delete(f"{path}/anna").raise_for_status().json(),
    }


def _disputed(client: TestClient) -> object:
    """Ingest a sentence that contradicts the seed, and list the conflict with its candidate."""
    client.post(
        f"{BASE}/articles",
        content='{"title": "Inhibition of NF-kappaB induces EMT.", "identifiers": ["PMID:1"]}',
        headers={"Content-Type": "application/json"},
    ).raise_for_status()
    while True:
        path = f"{BASE}/claims/conflicts?include_candidates=true"
        listed = client.get(path).raise_for_status().json()
        if listed["items"]:
            return listed
        time.sleep(0.1)


def _merged(client: TestClient) -> dict[str, object]:
    """Merge the article without identifiers into the seed's."""
    while True:
        listed = client.get(f"{BASE}/articles").raise_for_status().json()["items"]
        pages = [each["id"] for each in listed if each["citation"]["title"] == "The page."]
        if pages:
            break
        time.sleep(0.1)
    path = f"{BASE}/articles/{pages[0]}"
    headers = {"If-Match": client.get(path).headers["etag"]}
    body = {"type": "merge", "into": "PMID:15314694", "reason": "It is the journal's page of it."}
    made = client.post(f"{path}/decisions", json=body, headers=headers).raise_for_status().json()
    history = client.get(f"{path}/history").raise_for_status().json()
    return {"decide_article": made, "get_article_history": history}


def _short(value: object) -> object:
    if isinstance(value, dict):
        return {key: _short(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_short(item) for item in value[:LONGEST_LIST]]
    if isinstance(value, str):
        fixed = _TIME.sub("2026-01-02T12:00:00Z", value)
        if _RANDOM.match(fixed):
            return re.sub(r"[0-9a-f]", "0", fixed)
        return fixed if len(fixed) <= LONGEST_TEXT else fixed[:LONGEST_TEXT] + "…"
    return value


if __name__ == "__main__":
    main()
