"""``python -m martyrolog``."""

from martyrolog.cli import main

main()
