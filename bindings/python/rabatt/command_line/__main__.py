"""`python -m rabatt.command_line`, where the command `rabatt` is not installed."""

from rabatt.command_line import main

main()
