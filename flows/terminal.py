"""Progress bars at a terminal, and one line a stage where stderr is a file."""

from __future__ import annotations

from contextlib import ExitStack
from types import TracebackType

from rich.console import Console, RenderableType
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    Task,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)
from rich.text import Text

from flows.progress import listening


class OutcomeColumn(SpinnerColumn):
    """A spinner while a stage goes on, then whether it went well."""

    def render(self, task: Task) -> RenderableType:
        if not task.finished:
            return super().render(task)
        return Text("✓", "green") if task.fields["is_good"] else Text("✗", "red")


class ProgressBars:
    """A bar a stage while the block runs; listens to the run's progress."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._bars = Progress(
            OutcomeColumn(),
            TextColumn("{task.description:<14}"),
            BarColumn(bar_width=20),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.fields[summary]}"),
            console=console,
            disable=not console.is_terminal,
        )
        self._tasks: dict[str, TaskID] = {}
        self._stack = ExitStack()

    def __enter__(self) -> ProgressBars:
        self._stack.enter_context(self._bars)
        self._stack.enter_context(listening(self))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    def start(self, stage: str, total: int | None) -> None:
        if stage not in self._tasks:
            self._tasks[stage] = self._bars.add_task(stage, total=total, summary="", is_good=True)

    def advance(self, stage: str, done: int, total: int | None = None) -> None:
        self._bars.update(self._tasks[stage], completed=done, total=total)

    def finish(self, stage: str, summary: str, is_good: bool = True) -> None:
        self.start(stage, 1)
        task = self._bars.tasks[self._tasks[stage]]
        done = task.total or task.completed or 1
        self._bars.update(task.id, completed=done, total=done, summary=summary, is_good=is_good)
        if not self._console.is_terminal:
            self._console.print(f"{stage}: {summary}", soft_wrap=True, highlight=False)
