"""`python -m bridge` is `threadbridge`."""

from .cli import main

main()
