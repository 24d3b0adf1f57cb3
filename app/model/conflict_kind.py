"""The kinds of conflicts, by themselves: the command line names them before it loads a model."""

from enum import StrEnum


class ConflictKind(StrEnum):
    """What a conflict is: claims that contradict each other, or that only differ in scope."""

    CONTRADICTS = "contradicts"
    SCOPE = "scope"
