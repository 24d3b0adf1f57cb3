"""Structured abstracts: one form of their labels, and finding them in running text.

A label is stored in capitals, because PubMed prints the same label as ``Background`` or
``BACKGROUND`` depending on the export, and all of them must give one text. XML marks the parts;
MEDLINE and page text run them together as ``LABEL: …``. Running text is split only where that is
safe: at its very start or after the end of a sentence, before capitals followed by a colon that
consist of words of section headings alone. A section named by other words stays joined to the one
before it: its text then differs from the XML's by one space in place of a newline, and no offset
moves. Parts without a label are joined in running text and can't be told apart there.
"""

import re

Part = dict[str, str | None]

_HEADINGS = (
    "ABSTRACT ACTIVITIES AIM AIMS ANALYSES ANALYSIS ANIMALS APPLICATION APPLICATIONS APPROACH "
    "ASSESSMENT AVAILABILITY BACKGROUND CASE CASES CLINICAL COMMENT COMMENTS COMPARISON "
    "CONCLUSION CONCLUSIONS CONTACT CONTENT CONTEXT CONTRIBUTION COURSE CRITERIA DATA "
    "DEFINITION DESIGN DIAGNOSIS DIRECTIONS DISCUSSION DIVERSITY ETHICS ETIOLOGY EVALUATION "
    "EVIDENCE EXPERIMENTAL EXTRACTION FINDING FINDINGS FUNDING FUTURE GENERAL GOAL GOALS "
    "HIGHLIGHTS HISTORY HYPOTHESES HYPOTHESIS IMPACT IMPLEMENTATION IMPLICATION IMPLICATIONS "
    "IMPORTANCE INFORMATION INNOVATION INTERPRETATION INTERVENTION INTERVENTIONS INTRODUCTION "
    "ISSUES KEY KNOWLEDGE LESSONS LEVEL LIMITATION LIMITATIONS MAIN MATERIAL MATERIALS MEASURE "
    "MEASUREMENT MEASUREMENTS MEASURES MESSAGE METHOD METHODOLOGY METHODS MODEL MOTIVATION "
    "NEEDS NUMBER OBJECT OBJECTIVE OBJECTIVES OBSERVATION OBSERVATIONS OUTCOME OUTCOMES "
    "OVERVIEW PARTICIPANT PARTICIPANTS PATIENT PATIENTS PERFORMANCE PERSPECTIVE PERSPECTIVES "
    "POPULATION PRACTICE PREMISE PRESENTATION PRIMARY PRINCIPAL PROBLEM PROCEDURE PROCEDURES "
    "PROGNOSIS PROTOCOL PURPOSE QUESTION QUESTIONS RATIONALE RECENT RECOMMENDATION "
    "RECOMMENDATIONS REGISTRATION RELEVANCE REPORT RESEARCH RESULT RESULTS REVIEW SAMPLE SCOPE "
    "SEARCH SECONDARY SELECTION SETTING SETTINGS SIGNIFICANCE SITE SOURCE SOURCES STATEMENT "
    "STATISTICAL STATUS STRATEGY STRENGTHS STUDIES STUDY SUBJECTS SUMMARY SUPPLEMENTARY "
    "SUPPLEMENTAL SYNTHESIS TECHNIQUE TREATMENT TRIAL TYPE UNLABELLED VARIABLES "
)
_WORDS = frozenset(_HEADINGS.split())
_JOINING = frozenset({"AND", "OF", "THE", "FOR", "IN", "TO", "ON", "WITH", "OR"})
_LABEL = re.compile(r"(?:\A|(?<=[.?!)\]\"”%])[ \n])([A-Z][A-Z ,/&()'-]{2,79}):(?=[ \n]|\Z)")


def label_of(text: str | None) -> str | None:
    """Return a label in its one form; None for none and for PubMed's ``UNLABELLED``."""
    if not text:
        return None
    label = " ".join(text.split()).rstrip(":").upper()
    return None if label in {"", "UNLABELLED"} else label


def is_heading(text: str) -> bool:
    """Tell whether ``text`` consists of words of section headings alone, in capitals."""
    words = [word for word in re.split(r"[ ,/&()'-]+", text) if word]
    return any(word in _WORDS for word in words) and all(
        word in _WORDS or word in _JOINING or word == "S" for word in words
    )


def split_labelled(text: str) -> list[Part]:
    """Split running text into its parts, each with its label or None."""
    text = " ".join(text.split())
    starts = [match for match in _LABEL.finditer(text) if is_heading(match[1])]
    parts: list[Part] = []
    head = text[: starts[0].start()] if starts else text
    if head.strip():
        parts.append({"text": head.strip(), "label": None})
    for match, after in zip(starts, [*starts[1:], None], strict=False):
        end = after.start() if after is not None else len(text)
        body = text[match.end() : end].strip()
        if body:
            parts.append({"text": body, "label": label_of(match[1])})
    return parts
