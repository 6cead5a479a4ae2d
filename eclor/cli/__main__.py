"""`python -m eclor.cli`."""

from eclor.cli import main

main()
