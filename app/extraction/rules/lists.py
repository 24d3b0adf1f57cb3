"""Small lists of words: those of ``words/lists.toml``, and the closed classes of ``closed.toml``.

What each is for stands beside it there.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists of ``words/lists.toml``, which grow with what is read."""

    raising: frozenset[str]
    failing: frozenset[str]
    showing: frozenset[str]
    circumstance: frozenset[str]
    effects: frozenset[str]
    unchanged: frozenset[str]
    abilities: frozenset[str]
    be: frozenset[str]
    null_verbs: frozenset[str]
    prepositions: frozenset[str]
    raising_effects: frozenset[str]
    lowering_effects: frozenset[str]
    needed: frozenset[str]
    ectopic: frozenset[str]
    pathway: frozenset[str]
    naming: frozenset[str]
    opposing: frozenset[str]
    blocking: frozenset[str]
    listing: frozenset[str]
    jointly: frozenset[str]
    unmoved: frozenset[str]
    weakening: frozenset[str]
    harmless: frozenset[str]
    prefixes: frozenset[str]
    methods: frozenset[str]
    light: frozenset[str]
    partially: frozenset[str]
    completely: frozenset[str]


@dataclass(frozen=True, slots=True)
class Closed:
    """The closed classes of ``words/closed.toml``, which only a new rule changes."""

    denials: frozenset[str]
    denying_before: frozenset[str]
    agentive: frozenset[str]
    agentive_after: frozenset[str]
    manner: frozenset[str]
    able: frozenset[str]
    outcome_participles: frozenset[str]
    relatives: frozenset[str]
    trigger_prepositions: frozenset[str]
    role_verbs: frozenset[str]
    roles: frozenset[str]
    recalled: frozenset[str]
    lowering_kinds: frozenset[str]
    raising_kinds: frozenset[str]
    modals: frozenset[str]
    rescuing: frozenset[str]
    activity_changes: frozenset[str]
    same: frozenset[str]
    quantities: frozenset[str]
    pathway_anaphors: frozenset[str]
    gene_anaphors: frozenset[str]
    drug_anaphors: frozenset[str]
    background_labels: frozenset[str]
    result_labels: frozenset[str]
    conclusion_labels: frozenset[str]
    method_labels: frozenset[str]
    clause_stops: frozenset[str]
    context_stops: frozenset[str]
    skipped: frozenset[str]
    in_phrase: frozenset[str]
    finite: frozenset[str]
    openers: frozenset[str]
    unopening: frozenset[str]
    no_subject_end: frozenset[str]
    subject_relatives: frozenset[str]
    subject_pronouns: frozenset[str]
    behind_participles: frozenset[str]
    loose: frozenset[str]
    plural_nouns: frozenset[str]
    noun_ends: frozenset[str]
    joint_kinds: frozenset[str]
    kept_active: frozenset[str]
    of_gene: frozenset[str]
    formed: frozenset[str]
    undoing: frozenset[str]
    received: frozenset[str]
    defects: frozenset[str]
    genes: frozenset[str]
