"""Closed vocabularies of the typed graph.

Generated from ``graph_schema/evipath.yaml`` by ``python -m graph_schema.generate``; do not edit.
"""

from enum import StrEnum


class Category(StrEnum):
    """What kind of thing an entity is; the names are Biolink's classes."""

    GENE = "Gene"
    PROTEIN = "Protein"
    GENE_FAMILY = "GeneFamily"
    MACROMOLECULAR_COMPLEX = "MacromolecularComplex"
    PATHWAY = "Pathway"
    BIOLOGICAL_PROCESS = "BiologicalProcess"
    PHENOTYPIC_FEATURE = "PhenotypicFeature"
    DISEASE = "Disease"
    CHEMICAL_ENTITY = "ChemicalEntity"
    SMALL_MOLECULE = "SmallMolecule"
    CELL = "Cell"
    CELL_LINE = "CellLine"
    ANATOMICAL_ENTITY = "AnatomicalEntity"
    ORGANISM_TAXON = "OrganismTaxon"
    NAMED_THING = "NamedThing"


class PerturbationType(StrEnum):
    """What was done to the agent, or observed of it."""

    NONE = "none"
    INHIBITION = "inhibition"
    KNOCKDOWN = "knockdown"
    KNOCKOUT = "knockout"
    DOMINANT_NEGATIVE = "dominant_negative"
    BLOCKADE = "blockade"
    OVEREXPRESSION = "overexpression"
    ACTIVATION = "activation"
    CONSTITUTIVE_ACTIVATION = "constitutive_activation"
    TREATMENT = "treatment"
    WITHDRAWAL = "withdrawal"
    MUTATION = "mutation"
    LOSS = "loss"
    GAIN = "gain"


class Sign(StrEnum):
    """The sign of a perturbation's direction or of an edge; ``0`` is unsigned."""

    POSITIVE = "+"
    NEGATIVE = "-"
    UNSIGNED = "0"


class PredicateType(StrEnum):
    """The author's verb, normalised."""

    INDUCES = "induces"
    PROMOTES = "promotes"
    INCREASES = "increases"
    MAINTAINS = "maintains"
    REQUIRED_FOR = "required_for"
    SUFFICIENT_FOR = "sufficient_for"
    PREVENTS = "prevents"
    REVERSES = "reverses"
    ABROGATES = "abrogates"
    ATTENUATES = "attenuates"
    RESTORES = "restores"
    INHIBITS = "inhibits"
    DECREASES = "decreases"
    WORSENS = "worsens"
    NO_EFFECT = "no_effect"
    ACTIVE_IN = "active_in"
    ASSOCIATED_WITH = "associated_with"


class OutcomeDirection(StrEnum):
    """The net change of the outcome's entity."""

    UP = "up"
    DOWN = "down"
    NONE = "none"


class Aspect(StrEnum):
    """Whether the outcome is coming about or already there."""

    INDUCTION = "induction"
    MAINTENANCE = "maintenance"


class Measure(StrEnum):
    """Which property of an entity was acted upon or measured."""

    ACTIVITY = "activity"
    ABUNDANCE = "abundance"
    EXPRESSION = "expression"
    SYNTHESIS = "synthesis"
    STABILITY = "stability"
    DEGRADATION = "degradation"
    PHOSPHORYLATION = "phosphorylation"
    ACETYLATION = "acetylation"
    METHYLATION = "methylation"
    UBIQUITINATION = "ubiquitination"
    SUMOYLATION = "sumoylation"
    GLYCOSYLATION = "glycosylation"
    CLEAVAGE = "cleavage"
    LOCALISATION = "localisation"
    BINDING = "binding"
    SECRETION = "secretion"


class Strength(StrEnum):
    """How much of the effect was seen."""

    COMPLETE = "complete"
    PARTIAL = "partial"


class Timing(StrEnum):
    """When the perturbation was made, relative to the inducer of the outcome."""

    BEFORE = "before"
    WITH = "with"
    AFTER = "after"


class EvidenceType(StrEnum):
    """How the claim was shown."""

    LOSS_OF_FUNCTION = "loss_of_function"
    GAIN_OF_FUNCTION = "gain_of_function"
    RESCUE = "rescue"
    OBSERVATIONAL = "observational"
    SUMMARY = "summary"
    NONE_IN_THIS_STUDY = "none_in_this_study"


class Supports(StrEnum):
    """What kind of causal statement the evidence supports."""

    NECESSITY = "necessity"
    SUFFICIENCY = "sufficiency"
    CONTRIBUTION = "contribution"
    RESCUE = "rescue"
    ASSOCIATION = "association"
    NONE = "none"


class Epistemic(StrEnum):
    """How strongly the article says it."""

    DEMONSTRATED = "demonstrated"
    SUMMARY = "summary"
    INTERPRETATION = "interpretation"
    BACKGROUND = "background"
    HYPOTHESIS = "hypothesis"
    UNSTATED = "unstated"


class CompositionOp(StrEnum):
    """How the members of a composite mention act together."""

    AND = "and"
    OR = "or"
    PATHWAY = "pathway"
    COMPLEX = "complex"


class ContextType(StrEnum):
    """The kind of a context item."""

    ORGANISM = "organism"
    CELL = "cell"
    DISEASE = "disease"
    CO_STIMULUS = "co_stimulus"
    CO_PERTURBATION = "co_perturbation"
    SETTING = "setting"
    DOCUMENT_MODEL = "document_model"


class Setting(StrEnum):
    """Where the experiment was made."""

    IN_VITRO = "in_vitro"
    IN_VIVO = "in_vivo"
    BOTH = "both"


class Presence(StrEnum):
    """Whether a co-stimulus was there."""

    PRESENT = "present"
    ABSENT = "absent"


class LinkType(StrEnum):
    """How one claim bears on another."""

    SUPPORTS = "supports"
    SUMMARISES = "summarises"
    INFERRED_FROM = "inferred_from"
    EXPLAINS = "explains"
    CONTRADICTS = "contradicts"
    REFINES = "refines"
    EPISTATIC_TO = "epistatic_to"


class Status(StrEnum):
    """Where curation stands, computed from the decisions that stand."""

    CANDIDATE = "candidate"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    DISPUTED = "disputed"
    SUPERSEDED = "superseded"


class DecisionType(StrEnum):
    """What a curator decided."""

    ACCEPT = "accept"
    REJECT = "reject"
    CORRECT = "correct"
    SPLIT = "split"
    MERGE = "merge"
    LINK = "link"
    UNLINK = "unlink"
    UNDO = "undo"


class ArticleDecisionType(StrEnum):
    """What a curator decided on an article."""

    MERGE = "merge"
    UNDO = "undo"


class RelationType(StrEnum):
    """A stable relation between two entities, as curated resources hold it."""

    SAME_AS = "same_as"
    OPPOSITE_OF = "opposite_of"
    IS_A = "is_a"
    MEMBER_OF = "member_of"
    SUBUNIT_OF = "subunit_of"
    PART_OF = "part_of"
    POSITIVELY_REGULATES = "positively_regulates"
    NEGATIVELY_REGULATES = "negatively_regulates"


class Side(StrEnum):
    """The side of function on which an edge was shown."""

    LOSS = "loss"
    GAIN = "gain"


class Effect(StrEnum):
    """What an intervention does to an outcome."""

    PREVENTS = "prevents"
    REVERSES = "reverses"
    LOWERS = "lowers"
    INDUCES = "induces"
    PROMOTES = "promotes"
    MAINTAINS = "maintains"
    WORSENS = "worsens"
    NO_EFFECT = "no_effect"


class Tier(StrEnum):
    """How directly an answer rests on an experiment, strongest first."""

    OBSERVED = "observed"
    ENTAILED = "entailed"
    PREDICTED = "predicted"
    KINSHIP = "kinship"


class Agreement(StrEnum):
    """How a found context answers the asked one."""

    MATCH = "match"
    BROADER = "broader"
    NARROWER = "narrower"
    UNSTATED = "unstated"
    MISMATCH = "mismatch"
    UNASKED = "unasked"


class DocumentFormat(StrEnum):
    """The formats that ingest reads."""

    PUBMED_XML = "pubmed_xml"
    MEDLINE = "medline"
    PUBMED_TEXT = "pubmed_text"
    JSON = "json"


class Role(StrEnum):
    """What a user may do."""

    READER = "reader"
    CURATOR = "curator"
    ADMIN = "admin"
