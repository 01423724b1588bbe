"""Every regular expression of parse, clean and enrich takes time that grows with the text and no faster.

The texts are runs that could trap an expression: what it repeats, without what would end it, and texts that it almost
matches, derived from the expression itself.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as sre_parser  # type: ignore[attr-defined]
from typing import Any

import pytest

import tasks.clean
import tasks.enrich
import tasks.enrich.entities
import tasks.enrich.temporal
import tasks.parse

#: Runs that repeat what expressions repeat.
RUNS = (
    "a", "A", "é", "1", " ", "\n", "\t", "a ", "A ", "a. ", "1 ", "a1", "Aa ", "- ", ".", ",", "-", "_", "/", "\\", '"',
    "'", "(", "[", "{", "<", "<a ", "</", "<!--", "&lt;", "|", ": ", "#", "a@", "a.", "1.", "1/", "1-", "\r", " \n",
    "by ", "漢", "あ", "Ã", "Â\u00a0", "é, ",
)  # fmt: skip
#: Linear expressions take some milliseconds for so long a text, quadratic ones a second.
SHORT, LONG = 1_000, 12_000
SECONDS = 0.04
#: Expressions that are only ever applied at the beginning of a text, to a whole label or value.
MATCHED = ("clean.article_labels.ONE_LINE", "enrich.calendar._GRANULARITIES")
OF_CATEGORY = {
    sre.CATEGORY_DIGIT: "1", sre.CATEGORY_SPACE: " ", sre.CATEGORY_WORD: "a",
    sre.CATEGORY_NOT_DIGIT: "a", sre.CATEGORY_NOT_SPACE: "a", sre.CATEGORY_NOT_WORD: "-",
}  # fmt: skip
SIGNS_OF = {
    sre.CATEGORY_DIGIT: "1", sre.CATEGORY_SPACE: " ", sre.CATEGORY_WORD: "Aa1",
    sre.CATEGORY_NOT_DIGIT: "Aa .-\x01", sre.CATEGORY_NOT_SPACE: "Aa1.-\x01", sre.CATEGORY_NOT_WORD: " .-\x01",
}  # fmt: skip
SOURCES = "\n".join(path.read_text("utf-8") for path in Path(tasks.parse.__path__[0]).parent.rglob("*.py"))


def expressions() -> Iterator[tuple[str, re.Pattern[Any]]]:
    """Yield every expression that a module of a stage holds, alone, in a table, or made of words when asked for."""
    for package in (tasks.parse, tasks.clean, tasks.enrich, tasks.enrich.entities, tasks.enrich.temporal):
        for found in pkgutil.iter_modules(package.__path__):
            module = importlib.import_module(f"{package.__name__}.{found.name}")
            for name, value in vars(module).items():
                for pattern in patterns_in(value):
                    yield f"{package.__name__[6:]}.{found.name}.{name}", pattern


def patterns_in(value: object) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif hasattr(value, "cache_info") and "re.Pattern" in value.__annotations__["return"]:
        kinds = ("published", "modified") if "kind" in value.__annotations__ else None
        yield from [value(kind) for kind in kinds] if kinds else [value()]
    elif isinstance(value, dict):
        yield from patterns_in(tuple(value.values()))
    elif isinstance(value, tuple | list):
        for item in value:
            yield from patterns_in(item)


def attacks(pattern: re.Pattern[Any]) -> set[str]:
    """Return short texts that repeat what the expression repeats, and ones that it almost matches."""
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    tree = sre_parser.parse(source, pattern.flags & ~re.DEBUG)
    example = text_of(tree)
    return {*RUNS, example, example[:-1], example + " ", "\x00" + example} | set(repeated(tree, ""))


def text_of(tree: Iterable[Any]) -> str:
    """Write a text that a part of an expression matches, by its first branch and its fewest repetitions."""
    return "".join(text_of_one(kind, value) for kind, value in tree)


def text_of_one(kind: Any, value: Any) -> str:
    if kind is sre.LITERAL:
        return chr(value)
    if kind is sre.NOT_LITERAL or kind is sre.ANY:
        return "a" if value != ord("a") else "b"
    if kind is sre.IN:
        return member(value)
    if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        return text_of(value[2]) * max(1, min(value[0], 40))
    if kind is sre.SUBPATTERN:
        return text_of(value[3])
    if kind is sre.ATOMIC_GROUP:
        return text_of(value)
    if kind is sre.BRANCH:
        return text_of(value[1][0])
    return ""


def member(choices: list[Any]) -> str:
    """Return a character of a class."""
    if choices[0][0] is not sre.NEGATE:
        kind, value = choices[0]
        if kind is sre.CATEGORY:
            return OF_CATEGORY[value]
        return chr(value if kind is sre.LITERAL else value[0])
    literals = {chr(value) for kind, value in choices if kind is sre.LITERAL}
    spans = [value for kind, value in choices if kind is sre.RANGE]
    spans += [(ord(sign), ord(sign)) for kind, value in choices if kind is sre.CATEGORY for sign in SIGNS_OF[value]]
    fit = (sign for sign in "Aa1 .-é\x01" if sign not in literals)
    return next(sign for sign in fit if not any(low <= ord(sign) <= high for low, high in spans))


def repeated(tree: Iterable[Any], before: str) -> Iterator[str]:
    """Yield what stands in an unbounded repetition, as it is and behind what leads to it."""
    for kind, value in tree:
        if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            inner = text_of(value[2])
            if value[1] > 50:
                yield inner
                yield before + inner
            yield from repeated(value[2], before)
        elif kind is sre.SUBPATTERN:
            yield from repeated(value[3], before)
        elif kind is sre.ATOMIC_GROUP:
            yield from repeated(value, before)
        elif kind is sre.BRANCH:
            for branch in value[1]:
                yield text_of(branch)
                yield from repeated(branch, before)
        before += text_of_one(kind, value)


EXPRESSIONS = sorted(expressions(), key=lambda found: found[0])


def is_only_matched(name: str) -> bool:
    """Tell whether an expression is only ever applied at the beginning of a text."""
    calls = set(re.findall(rf"\b{name.rpartition('.')[2]}\.(\w+)\(", SOURCES))
    return name in MATCHED or (bool(calls) and calls <= {"match", "fullmatch"})


def seconds(pattern: re.Pattern[Any], text: str, *, is_matched: bool) -> float:
    subject = text if isinstance(pattern.pattern, str) else text.encode("utf-8")
    began = time.process_time()
    if is_matched:
        pattern.match(subject)
        pattern.fullmatch(subject)
    else:
        for _ in pattern.finditer(subject):
            pass
    return time.process_time() - began


@pytest.mark.parametrize(("name", "pattern"), EXPRESSIONS, ids=[name for name, _ in EXPRESSIONS])
def test_time_grows_with_length_and_no_faster(name: str, pattern: re.Pattern[Any]) -> None:
    is_matched = is_only_matched(name)
    for run in filter(None, attacks(pattern)):
        for length in (SHORT, LONG):
            spent = seconds(pattern, (run * length)[:length], is_matched=is_matched)
            if spent > SECONDS:  # perhaps only the machine was busy
                spent = min(spent, seconds(pattern, (run * length)[:length], is_matched=is_matched))
            assert spent < SECONDS, f"{spent:.2f} s for {length} characters of {run[:60]!r}"


@pytest.mark.parametrize("source", [r"\s*,", r"\S+@\S+\.\w", r"[yz]+\d"])
def test_an_expression_that_is_not_linear_is_found(source: str) -> None:
    pattern = re.compile(source)
    texts = [(run * LONG)[:length] for length in (SHORT, LONG) for run in sorted(attacks(pattern))]
    assert any(seconds(pattern, text, is_matched=False) > SECONDS for text in texts)
