"""The examples under the help of a command."""

from __future__ import annotations


def examples_of(*commands: str) -> str:
    title = "Example" if len(commands) == 1 else "Examples"
    return "\n".join(["\b", f"    {title}:", *(f"      {command}" for command in commands)])
