"""An example of each operation's answer, by its operationId."""

EXAMPLES: dict[str, object] = {}
