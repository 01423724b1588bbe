"""Score time expressions on a folder of TimeML stories, and measure how many words a second are read.

    python benchmarks/dates.py FOLDER [--rounds 3] [--errors]

FOLDER holds `.tml` files (TempEval-3): a document creation time and the text with TIMEX3 tags. Printed are span F1
(strict and relaxed), value F1 by the TempEval-3 rule (a relaxed match whose value is equal), the same with values in
one spelling (2000-W6 is 2000-W06, 199X is 199), and words a second of processor time on one core, best of the rounds.
The exit code is 2 where the folder holds no story.
"""

from __future__ import annotations

import argparse
import html
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tasks.enrich.temporal import annotate_times
from tasks.records import Passage, Publication, TimeExpression

_TAG = re.compile(r"<[^>]*>")
_PARAGRAPH = re.compile(r"\S(?:[^\n]|\n(?!\s*\n))*")


@dataclass(frozen=True, slots=True)
class Story:
    """A labelled story: its text without tags, its creation day, and the gold (start, end, value)."""

    name: str
    text: str
    created_on: date
    gold: tuple[tuple[int, int, str], ...]


def read_story(path: Path) -> Story:
    """Read a TimeML file. Raises ValueError where it has no creation time or no text."""
    source = path.read_text(encoding="utf-8").replace("\r\n", "\n")
    created = re.search(r'<DCT>.*?value="(\d{4}-\d\d-\d\d)', source, re.DOTALL)
    body = re.search(r"<TEXT>\n?(.*?)</TEXT>", source, re.DOTALL)
    if created is None or body is None:
        raise ValueError(f"{path.name}: no document creation time or no text")
    text, last = "", 0
    gold: list[tuple[int, int, str]] = []
    opened: list[tuple[int, str]] = []
    for tag in _TAG.finditer(body[1]):
        text += html.unescape(body[1][last : tag.start()])
        last = tag.end()
        if tag[0].startswith("<TIMEX3") and not tag[0].endswith("/>"):
            value = re.search(r'\bvalue="([^"]*)"', tag[0])
            opened.append((len(text), value[1] if value else ""))
        elif tag[0] == "</TIMEX3>" and opened:
            start, value_text = opened.pop()
            if start < len(text):
                gold.append((start, len(text), value_text))
    text += html.unescape(body[1][last:])
    return Story(path.name, text, date.fromisoformat(created[1]), tuple(sorted(gold)))


def annotate_story(story: Story) -> tuple[TimeExpression, ...]:
    """Annotate the paragraphs of a story from its creation day."""
    passages = [Passage(match.start(), "paragraph", match[0]) for match in _PARAGRAPH.finditer(story.text)]
    publication = Publication(story.name, story.created_on, None, "input", story.created_on, story.created_on)
    return annotate_times(passages, publication, "en")


def one_spelling(value: str) -> str:
    """Write the spellings that annotators mix in one way: weeks of two digits, decades and years without X."""
    value = re.sub(r"-W(\d)$", r"-W0\1", value)
    value = re.sub(r"^(\d{4})(-XX)+$", r"\1", value)
    return re.sub(r"^(\d{3})X$", r"\1", value)


def compare(story: Story, found: Sequence[TimeExpression]) -> Iterator[tuple[str, str, str, str]]:
    """Yield (outcome, gold value, found value, context) for every gold expression and every extra one."""
    free = sorted((item.char_start, item.char_end, item.value) for item in found)
    for start, end, value in story.gold:
        match = next((item for item in free if item[0] < end and start < item[1]), None)
        context = _context(story.text, start, end)
        if match is None:
            yield "missed", value, "", context
            continue
        free.remove(match)
        span = "strict" if match[:2] == (start, end) else "relaxed"
        yield span, value, match[2], context
    for start, end, value in free:
        yield "extra", "", value, _context(story.text, start, end)


def _context(text: str, start: int, end: int) -> str:
    return f"{text[max(0, start - 40) : start]}[[{text[start:end]}]]{text[end : end + 30]}".replace("\n", " ")


def score(rows: Sequence[tuple[str, str, str, str]]) -> dict[str, float]:
    """Return the F1 figures of compared rows."""
    count = Counter(outcome for outcome, *_ in rows)
    gold = count["strict"] + count["relaxed"] + count["missed"]
    found = count["strict"] + count["relaxed"] + count["extra"]
    matched = [(value, guess) for outcome, value, guess, _ in rows if outcome in ("strict", "relaxed")]
    hits = {
        "strict_f1": count["strict"],
        "relaxed_f1": len(matched),
        "value_f1": sum(value == guess for value, guess in matched),
        "value_one_spelling_f1": sum(one_spelling(value) == one_spelling(guess) for value, guess in matched),
    }
    return {name: round(2 * number / max(1, gold + found), 4) for name, number in hits.items()}


def words_per_second(stories: Sequence[Story], rounds: int) -> int:
    """Return the words annotated in a second of processor time, the best of `rounds`."""
    words = sum(len(story.text.split()) for story in stories)
    best = 0.0
    for _ in range(rounds):
        began = time.process_time()
        for story in stories:
            annotate_story(story)
        best = max(best, words / max(time.process_time() - began, 1e-9))
    return round(best)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="folder of .tml files")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of the speed measurement (default 3)")
    parser.add_argument("--errors", action="store_true", help="list what was missed, extra or wrong")
    options = parser.parse_args(arguments)
    stories = [read_story(path) for path in sorted(options.folder.glob("*.tml"))]
    if not stories:
        print(f"{options.folder}: no .tml files; give a folder of TimeML stories", file=sys.stderr)
        return 2
    rows = [row for story in stories for row in compare(story, annotate_story(story))]
    if options.errors:
        for outcome, value, guess, context in sorted(rows):
            if outcome in ("missed", "extra") or value != guess:
                print(outcome, value or "-", guess or "-", context, sep="\t")
    figures = {"stories": len(stories), "gold": sum(len(story.gold) for story in stories), **score(rows)}
    print(json.dumps({**figures, "words_per_second": words_per_second(stories, options.rounds)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
