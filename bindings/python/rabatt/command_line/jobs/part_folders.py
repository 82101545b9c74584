"""The folders in which parts come, and what has to be known of them before a run begins."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from rabatt.command_line.destinations import NewFile
from rabatt.command_line.file_faults import writing
from rabatt.command_line.jobs.writers import TableFormat
from rabatt.errors import Error

JOURNAL = "_rabatt.jsonl"  # in the folder of the lines


@dataclass(frozen=True, slots=True)
class PartFolders:
    """Where parts go: by lines and, where they are wanted, orders; and the file of rejects."""

    form: TableFormat
    lines: Path
    orders: Path | None
    rejects: Path | None

    def check(self) -> None:
        """Raises Error `file_not_writable` where one would be written over another."""
        lines, orders, rejects = (path and path.resolve() for path in (self.lines, self.orders, self.rejects))
        assert lines
        if orders and (orders == lines or lines in orders.parents or orders in lines.parents):
            raise refused(self.orders, "lines and orders need folders of their own")
        if rejects and any(folder in rejects.parents for folder in (lines, orders)):
            raise refused(self.rejects, "it would be among the parts")

    def path(self, name: str, part: int) -> Path:
        if name == "rejects":
            return self.work / f"rejects-{part:05}.csv"
        folder = self.orders if name == "orders" and self.orders else self.lines
        return folder / f"part-{part:05}.{self.form}"

    @property
    def work(self) -> Path:
        """What is needed until the end."""
        return self.lines / ".rabatt"

    @property
    def folders(self) -> list[Path]:
        return [folder for folder in (self.lines, self.orders) if folder]

    @property
    def names(self) -> list[str]:
        wanted = {"lines": self.lines, "orders": self.orders, "rejects": self.rejects}
        return [name for name, path in wanted.items() if path]

    def make(self) -> list[Path]:
        """The folders that were not there, the outermost first. Raises Error `file_not_writable`, also where
        one has other files or the rejects could not be written in the end; then it has made none."""
        self.check()
        made: list[Path] = []
        try:
            for folder in self.folders:
                made += _make(folder)
            if self.rejects:
                NewFile.open(str(self.rejects)).discard()
            if not (self.lines / JOURNAL).exists():
                _refuse_other_files(self)
        except Error:
            remove_folders(made)
            raise
        return made


def refused(path: Path | None, why: str) -> Error:
    return Error("file_not_writable", f"{path}: {why}")


def remove_folders(made: list[Path]) -> None:
    """As far as they are empty."""
    with suppress(OSError):
        for folder in reversed(made):
            folder.rmdir()


def _refuse_other_files(folders: PartFolders) -> None:
    for folder in folders.folders:
        if any(folder.iterdir()):
            raise refused(folder, "the folder is not empty")


def _make(folder: Path) -> list[Path]:
    """The folders that were not there, the outermost first."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()][::-1]
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    return missing
