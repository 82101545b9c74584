"""How a command ends: with a message where it fails, never with a traceback, and with its exit status."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from rabatt.command_line.book_files import FaultyBook
from rabatt.command_line.destinations import PipeClosed, StandardOutput
from rabatt.command_line.failures import NOTHING_DONE
from rabatt.command_line.messages import say, say_lines, told
from rabatt.errors import Error, Errors

_PIPE_CLOSED = 141  # as a program that SIGPIPE ends

#: What is wrong with a command line itself, in the words of errors.
_USAGE = {"MissingParameter": "missing_field", "NoSuchOption": "unknown_field"}


class _AsTyped:
    """Arguments and options are texts and flags already; typer would load pydantic to make them that."""

    def coerce(self, value: object, **_: object) -> object:
        return value


class Command(TyperCommand):
    def get_params(self, ctx: Any) -> list[Any]:
        return _as_typed(super().get_params(ctx))


class CommandGroup(TyperGroup):
    def get_params(self, ctx: Any) -> list[Any]:
        return _as_typed(super().get_params(ctx))

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> NoReturn:
        """Commands return their exit status."""
        run = super().main
        sys.exit(_status(lambda: run(args, "rabatt", complete_var, False, windows_expand_args, **extra)))


def print_help(context: typer.Context) -> None:
    """What a group does without a command."""
    if context.invoked_subcommand is None:
        StandardOutput().write(f"{context.get_help()}\n".encode())


def _as_typed(parameters: Sequence[Any]) -> list[Any]:
    for parameter in parameters:
        parameter.get_runtime_param = _AsTyped
    return list(parameters)


def _status(run: Callable[[], int | None]) -> int:
    try:
        status = run() or 0
        StandardOutput().flush()
        return status
    except Errors as errors:
        for problem in errors.problems:
            say(problem.code, ": ".join(part for part in (problem.path, problem.message) if part))
    except Error as error:
        say(error.code, told(error))
    except FaultyBook as error:
        say_lines(str(error))
    except TyperException as error:
        say(_USAGE.get(type(error).__name__, "invalid_value"), error.format_message() + _hint(error))
    except PipeClosed:
        return _PIPE_CLOSED
    except MemoryError:
        say("limit_exceeded", "there is not enough memory")
    except Exception as error:
        say("internal_error", f"{type(error).__name__}: {error}; please report it")
    return NOTHING_DONE


def _hint(error: TyperException) -> str:
    context = getattr(error, "ctx", None)
    return f" See: {context.command_path} --help" if context else ""
