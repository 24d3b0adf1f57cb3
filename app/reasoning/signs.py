"""The arithmetic of signs: +1, -1, and 0 for unsigned, which absorbs."""

from app.model.vocabulary import OutcomeDirection, Side, Sign

_NUMBER = {Sign.POSITIVE: 1, Sign.NEGATIVE: -1, Sign.UNSIGNED: 0}
_SIGN = {number: sign for sign, number in _NUMBER.items()}
_DIRECTION = {OutcomeDirection.UP: 1, OutcomeDirection.DOWN: -1, OutcomeDirection.NONE: 0}
_SIDE = {-1: Side.LOSS, 1: Side.GAIN, 0: None}


def number(sign: Sign) -> int:
    """Return a sign as +1, -1 or 0."""
    return _NUMBER[sign]


def sign_of(value: int) -> Sign:
    """Return the sign of +1, -1 or 0."""
    return _SIGN[value]


def change_of(direction: OutcomeDirection) -> int:
    """Return an outcome's direction as +1, -1 or 0."""
    return _DIRECTION[direction]


def side_of(change: int) -> Side | None:
    """Return the side of function that a change makes: lowering is loss, raising is gain."""
    return _SIDE[change]


def is_matched(change: int, side: Side | None) -> bool:
    """Tell whether the change that arrives is the change that the experiment made."""
    return side is not None and _SIDE[change] is side
