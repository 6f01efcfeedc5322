"""python -m mlcheck."""

from mlcheck.cli.main import main

main()
