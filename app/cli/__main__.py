"""``python -m app.cli`` is ``evipath``."""

from app.cli import main

main()
