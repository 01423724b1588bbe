"""Measure names and quotations on labelled articles, and what finding them costs.

    python -m benchmarks.names [--errors]

The articles are those of `names_labelled.jsonl`: twelve of the sample corpus and eight invented for this, each with
the people, organisations and places that it names, under all forms in which it writes them, and with its quotations
and who said them (null: nobody who is named). The labels of the invented ones were written before they were first
measured. Printed is one JSON object a group of articles:

    names        precision and recall of forms with the right kind
    who          share of those found that are resolved to the right entity
    quotes       precision and recall of quotations, by their words
    speakers     share of the quotations found whose speaker is right, "nobody" included
    milliseconds_for_1000_words  processor time for names and quotations together, without linking

`--errors` lists what is missing, wrong and too much.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tasks.enrich.candidates import read_sentences
from tasks.enrich.entities.article_names import ArticleNames, resolve_names
from tasks.enrich.entities.linking import NameFact, link_names
from tasks.enrich.entities.quotations import find_quotations
from tasks.records import NamedEntity, Passage, Quotation

LABELLED = Path(__file__).with_name("names_labelled.jsonl")
SAMPLE = Path(__file__).parents[1] / "seeds/labels/articles.jsonl"


@dataclass(slots=True)
class Tally:
    """Counts over the articles of a group, and what went wrong."""

    counts: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    errors: list[str] = field(default_factory=list)

    def share(self, part: str, whole: str) -> float:
        """Return a share of two counts, 0 where there is nothing to share."""
        return round(self.counts[part] / self.counts[whole], 3) if self.counts[whole] else 0.0

    def figures(self) -> dict[str, float]:
        """Return the figures that the module's docstring names."""
        return {
            "articles": self.counts["articles"],
            "names_precision": self.share("names-right", "names-found"),
            "names_recall": self.share("names-right", "names-labelled"),
            "who": self.share("who-right", "names-right"),
            "quotes_precision": self.share("quotes-right", "quotes-found"),
            "quotes_recall": self.share("quotes-right", "quotes-labelled"),
            "speakers": self.share("speakers-right", "quotes-right"),
            "milliseconds_for_1000_words": round(1e6 * self.seconds / max(self.counts["words"], 1), 2),
        }


def read_labelled() -> Iterator[tuple[str, dict[str, Any], list[Passage]]]:
    """Yield the group, the labels and the passages of each labelled article."""
    rows = (json.loads(line) for line in SAMPLE.read_text("utf-8").splitlines())
    sample = {row["uri"]: row["text"] for row in rows if row["ordinal"] == 0}
    for line in LABELLED.read_text("utf-8").splitlines():
        labels = json.loads(line)
        text = labels.get("text") or sample[labels["uri"]]
        passages, start = [], 0
        for paragraph in text.split("\n\n"):
            passages.append(Passage(start, "paragraph", paragraph))
            start += len(paragraph) + 2
        yield "invented" if "text" in labels else "sample", labels, passages


def measure() -> dict[str, Tally]:
    """Return the tally of each group of articles."""
    tallies: dict[str, Tally] = {}
    unknown = Passage(0, "paragraph", "Zyrqel Vontrapp met Jane Doe in Geneva.")
    resolve_names(read_sentences([unknown], []))  # reads the lists, which is not what is measured
    for group, labels, passages in read_labelled():
        tally = tallies.setdefault(group, Tally())
        sentences = read_sentences(passages, [])
        began = time.process_time()
        names = resolve_names(sentences)
        quotations = find_quotations(passages, sentences, names)
        tally.seconds += time.process_time() - began
        tally.counts["articles"] += 1
        tally.counts["words"] += sum(len(passage.text.split()) for passage in passages)
        entities = _linked(names)
        _score_names(tally, labels, names, entities)
        _score_quotes(tally, labels, quotations, entities)
    return tallies


def _linked(names: ArticleNames) -> dict[int, tuple[str, str]]:
    """Return the kind and name of each entity that linking keeps of an article by itself."""
    facts = {entity.ordinal: _fact(entity) for entity in names.entities}
    links = link_names(facts.values())
    fullest: dict[str, str] = {}
    for ordinal in sorted(facts, key=lambda ordinal: -len(facts[ordinal].name.split())):
        link = links[facts[ordinal]]
        if link is not None:
            fullest.setdefault(link[0], facts[ordinal].name)
    kept = {ordinal: links[fact] for ordinal, fact in facts.items()}
    return {ordinal: (link[1], fullest[link[0]]) for ordinal, link in kept.items() if link is not None}


def _fact(entity: NamedEntity) -> NameFact:
    return NameFact(
        "story", entity.name, entity.kind, entity.is_sure, entity.gender, entity.acronym, entity.is_ambiguous, 1
    )


def _score_names(
    tally: Tally, labels: dict[str, Any], names: ArticleNames, entities: dict[int, tuple[str, str]]
) -> None:
    wanted = {(form, label["kind"]): label["name"] for label in labels["names"] for form in label["forms"]}
    found = {
        (mention.text, entities[mention.ordinal][0]): entities[mention.ordinal][1]
        for mention in names.mentions
        if mention.ordinal in entities
    }
    tally.counts["names-labelled"] += len(wanted)
    tally.counts["names-found"] += len(found)
    for form in wanted.keys() & found.keys():
        tally.counts["names-right"] += 1
        tally.counts["who-right"] += wanted[form].casefold() == found[form].casefold()
        if wanted[form].casefold() != found[form].casefold():
            tally.errors.append(f"{labels['uri']}: {form[0]} is {wanted[form]}, not {found[form]}")
    tally.errors += [f"{labels['uri']}: not found: {form}" for form in sorted(wanted.keys() - found.keys())]
    tally.errors += [f"{labels['uri']}: too much: {form}" for form in sorted(found.keys() - wanted.keys())]


def _score_quotes(
    tally: Tally, labels: dict[str, Any], quotations: Sequence[Quotation], entities: dict[int, tuple[str, str]]
) -> None:
    wanted = {label["text"]: label["speaker"] for label in labels["quotes"]}
    found = {quotation.text: entities.get(quotation.speaker_ordinal or 0, ("", None))[1]
             if quotation.speaker_ordinal is not None else None for quotation in quotations}  # fmt: skip
    tally.counts["quotes-labelled"] += len(wanted)
    tally.counts["quotes-found"] += len(found)
    for text in wanted.keys() & found.keys():
        tally.counts["quotes-right"] += 1
        tally.counts["speakers-right"] += wanted[text] == found[text]
        if wanted[text] != found[text]:
            tally.errors.append(f"{labels['uri']}: “{text}” is {wanted[text]}'s, not {found[text]}'s")
    tally.errors += [f"{labels['uri']}: not found: “{text}”" for text in wanted.keys() - found.keys()]
    tally.errors += [f"{labels['uri']}: too much: “{text}”" for text in found.keys() - wanted.keys()]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--errors", action="store_true", help="list what is missing, wrong and too much")
    arguments = parser.parse_args()
    for group, tally in measure().items():
        print(json.dumps({"group": group, **tally.figures()}))
        if arguments.errors:
            print("\n".join(f"  {error}" for error in sorted(tally.errors)))


if __name__ == "__main__":
    main()
