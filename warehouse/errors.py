"""The two families of failure: terminal ones, which no retry mends, and transient ones, which a retry may.

A message says what happened, to which object, what was expected, and the next command to run.
"""

from __future__ import annotations


class DatelineError(Exception):
    """A failure that the user is told in one paragraph, without a stack trace."""


class TerminalError(DatelineError):
    """Trying again without a change cannot help."""


class TransientError(DatelineError):
    """Trying again may help: a lock, a full disk, a worker that died."""


def is_interruption(problem: BaseException) -> bool:
    """Tell whether an error is only a signal that reached DuckDB in the middle of a query."""
    return isinstance(problem, KeyboardInterrupt) or (
        isinstance(problem, RuntimeError) and "Query interrupted" in str(problem)
    )


class UsageError(TerminalError):
    """The command or its input is wrong; exit code 2."""


class BuildLockedError(TransientError):
    """Another run holds the build file."""


class NothingPublishedError(UsageError):
    """The warehouse has no published file yet."""


class QueryError(UsageError):
    """A query was refused by DuckDB."""
