"""What ten real records say, field by field, as read from them by eye.

An abstract is given by label, NLM category, length in code points and sha256, counted on the raw
file with other tools; its words are not kept here.
"""

Fields = dict[str, object]


def ymd(year: int, month: int | None = None, day: int | None = None) -> Fields:
    parts = {"year": year, "month": month, "day": day}
    return {name: part for name, part in parts.items() if part is not None}


def at(status: str, year: int, month: int, day: int, time: str | None = None) -> Fields:
    entry: Fields = {"status": status, "date": ymd(year, month, day)}
    return {**entry, "time": time} if time else entry


def who(last: str, fore: str, initials: str, *affiliations: str, **more: object) -> Fields:
    person: Fields = {"last_name": last, "fore_name": fore, "initials": initials, **more}
    return {**person, "affiliations": list(affiliations)} if affiliations else person


def mesh(*headings: str) -> list[Fields]:
    """Read ``D006454 Hemoglobins / Q000378 metabolism``; ``*`` marks a major topic."""
    found = []
    for heading in headings:
        first, *rest = (_term(term) for term in heading.split(" / "))
        found.append({**first, "qualifiers": rest} if rest else first)
    return found


def _term(text: str) -> Fields:
    words = text.split(" ", 1)
    has_id = len(words) > 1 and words[0][0] in "DQ" and words[0][1:].isdigit()
    name = words[1] if has_id else text
    term: Fields = {"id": words[0]} if has_id else {}
    term["name"] = name.lstrip("*")
    return {**term, "major": True} if name.startswith("*") else term


def part(label: str | None, category: str | None, length: int, sha256: str) -> Fields:
    entry = {"label": label, "category": category, "length": length, "sha256": sha256}
    return {name: value for name, value in entry.items() if value is not None}


def keywords(*names: str, major: bool = False, owner: str = "NOTNLM") -> list[Fields]:
    flag: Fields = {"major": True} if major else {}
    return [{"name": name, **flag, "owner": owner} for name in names]


def cited(*entries: tuple[str, str]) -> list[Fields]:
    return [{"citation": citation, "ids": [f"PMID:{pmid}"]} for citation, pmid in entries]
