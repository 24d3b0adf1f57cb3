"""What an answer lists; in a module of its own so that the command line starts without the rest."""

from enum import StrEnum


class AnswerKind(StrEnum):
    """What a question for interventions lists: targets, or the means that act on them."""

    TARGETS = "targets"
    MEANS = "means"
