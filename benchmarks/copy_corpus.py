"""Invented articles with known copies, as many as wanted: for measuring speed, growth and accuracy of dedupe.

Word frequencies follow Zipf's law with Mandelbrot's correction, and a fifth of the text is stock phrases that recur,
Zipf-distributed too, so that unrelated articles share shingles by chance as news does. Of the articles, some are
copies: cut, restyled, misspelt, with a paragraph less. Others come from templates, differ in names and numbers, and
are no copies. The corpus that provokes puts the same disclaimer below every article, and makes reports of one form.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tasks.records import ArticleText

VOCABULARY, PHRASES = 60_000, 20_000
ZIPF_EXPONENT, MANDELBROT_SHIFT = 1.07, 2.7
SYLLABLES = [
    "ba",
    "ke",
    "lo",
    "mi",
    "nu",
    "ra",
    "se",
    "ti",
    "vo",
    "za",
    "pel",
    "dor",
    "kan",
    "mer",
    "sul",
    "ter",
    "gan",
    "hol",
    "fin",
    "wes",
    "ar",
    "en",
    "il",
    "on",
    "us",
]
CITIES = [
    "Halden",
    "Tarn",
    "Eastmere",
    "Skerry",
    "Calder",
    "Norrow",
    "Vinstra",
    "Ostby",
    "Marlow",
    "Quarry",
    "Brenn",
    "Lindal",
    "Harrow",
    "Selby",
]
NAMES = [
    "Olund",
    "Nassiri",
    "Ansgar",
    "Brandt",
    "Rask",
    "Hansen",
    "Adeola",
    "Ridley",
    "Calloway",
    "Morten",
    "Ferris",
    "Whelan",
    "Castell",
    "Duarte",
]
SKIES = ["foggy", "clear", "overcast", "windy", "rainy", "bright", "stormy", "dry"]

TEMPLATES = (
    "{city} weather for {day}: {sky} at first with highs of {n1} and lows of {n2}.\n\nThe service said conditions "
    "in the {city} area would be {sky} through the morning, becoming {sky2} by late afternoon. Winds will reach {n3} "
    "miles per hour with gusts of up to {n4} on higher ground.\n\nThe chance of rain is {n5} percent during the day, "
    "and residents are advised to check the forecast again before travelling on exposed roads or by boat.",
    "Shares in {city} closed {n1} points higher on {day}, led by {name} Holdings, which gained {n2} percent.\n\nThe "
    "{city} index of leading companies ended the session at {n3}.{n4} after trading between narrow limits for most of "
    "the afternoon.\n\nTurnover was {n5} million. Analysts at {name2} Partners said that investors were waiting for "
    "figures on prices and wages, which the statistics office is to publish at the end of the week.",
    "Police in {city} are looking for witnesses after a collision on {day} at about {n1}.{n2} in the evening.\n\nA car "
    "driven by a {n3}-year-old from {city2} left the road near kilometre {n4} and struck a barrier. The driver, named "
    "as {name}, was taken to hospital with injuries that are not thought to be life-threatening.\n\nAnyone with "
    "information is asked to call the station and give the reference {n5}.",
    "{city} {n1}-{n2} {city2}: {name} scores late as the hosts hold on in front of {n3} spectators on {day}.\n\n{name} "
    "scored in minute {n4} after a cross from {name2}, and the goalkeeper made several saves before the final whistle."
    "\n\nThe manager said that the team had worked hard in training all week and deserved the points. {city} meet "
    "{city3} in the next round, which will be played in {n5} days.",
    "A magnitude {n1}.{n2} earthquake struck {n3} kilometres from {city} on {day}, the seismological institute said."
    "\n\nIt had a depth of {n4} kilometres and was felt in {city2} and {city3}. There were no immediate reports "
    "of casualties or damage, and no tsunami warning was issued.\n\nThe institute recorded {n5} aftershocks within the "
    "first hours and asked people who had felt the earthquake to fill in a form on its site.",
)
DISCLAIMER = (
    "The information on these pages is given without warranty of any kind and may change at any time. Reproduction in "
    "whole or in part needs the written consent of the publisher, who accepts no liability for the content of linked "
    "pages. Readers who find a mistake are asked to write to the desk, which corrects what it got wrong."
)


@dataclass(frozen=True, slots=True)
class Labelled:
    """An article and the text that it is a copy of."""

    article: ArticleText
    cluster: str


def fill_template(chance: random.Random, number: int) -> str:
    """Fill one of the templates with names and numbers."""
    slots = {f"n{slot}": chance.randint(1, 99) for slot in range(1, 6)}
    cities, names, skies = chance.sample(CITIES, 3), chance.sample(NAMES, 2), chance.sample(SKIES, 2)
    day = chance.choice(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]) + f", March {chance.randint(1, 31)}"
    words = {"city": cities[0], "city2": cities[1], "city3": cities[2], "name": names[0], "name2": names[1]}
    return TEMPLATES[number].format(day=day, sky=skies[0], sky2=skies[1], **words, **slots)


def edit(chance: random.Random, text: str) -> str:
    """Copy a text as syndication does: cut it, leave a paragraph out, misspell some words."""
    paragraphs = text.split("\n\n")
    if len(paragraphs) > 3 and chance.random() < 0.6:
        paragraphs = paragraphs[: chance.randint(max(2, len(paragraphs) // 3), len(paragraphs))]
    if len(paragraphs) > 3 and chance.random() < 0.4:
        del paragraphs[chance.randrange(1, len(paragraphs))]
    words = "\n\n".join(paragraphs).split(" ")
    rate = chance.choice([0, 0, 0.01, 0.03, 0.1])
    return " ".join(misspell(chance, word) if chance.random() < rate else word for word in words)


def misspell(chance: random.Random, word: str) -> str:
    """Drop, double or replace one letter."""
    if len(word) < 4 or "\n" in word:
        return word
    at = chance.randrange(1, len(word) - 1)
    return word[:at] + chance.choice(["", word[at] * 2, chance.choice("aeinorst")]) + word[at + 1 :]


class _Prose:
    """Text of Zipf-distributed words and stock phrases."""

    def __init__(self, seed: int) -> None:
        chance = random.Random(seed)
        made: dict[str, None] = {}
        while len(made) < VOCABULARY:  # frequent words are short
            length = 1 + (len(made) > 60) + (len(made) > 3000) + (chance.random() < 0.4)
            made["".join(chance.choice(SYLLABLES) for _ in range(length + chance.randint(0, 1)))] = None
        words = list(made)
        self.draw = np.random.default_rng(seed)
        self.cumulative = self._zipf(VOCABULARY)
        phrases = [" ".join(words[w] for w in self._ranks(chance.randint(3, 7))) for _ in range(PHRASES)]
        self.pieces = np.array(words + phrases, dtype=object)
        self.phrase_cumulative = self._zipf(PHRASES)

    @staticmethod
    def _zipf(kinds: int) -> np.ndarray:
        weight = 1 / (np.arange(kinds) + MANDELBROT_SHIFT) ** ZIPF_EXPONENT
        return np.cumsum(weight) / weight.sum()

    def _ranks(self, count: int) -> np.ndarray:
        return np.searchsorted(self.cumulative, self.draw.random(count))

    def write(self, words: int) -> str:
        """Write paragraphs of about `words` words."""
        count = max(8, int(words / 1.16))  # a phrase is five words, and one piece in 25 is a phrase
        pick = self._ranks(count)
        phrase = self.draw.random(count) < 0.04
        pick[phrase] = VOCABULARY + np.searchsorted(self.phrase_cumulative, self.draw.random(int(phrase.sum())))
        pieces, text, at = self.pieces[pick].tolist(), [], 0
        numbers = self.draw.integers(2, 3000, count // 8 + 1).tolist()
        while at < count:
            step = 10 + (numbers[at // 10 % len(numbers)] % 13)
            sentence = pieces[at : at + step]
            sentence[len(sentence) // 2] = sentence[len(sentence) // 2].title()
            sentence[-1] = str(numbers[at % len(numbers)])
            text.append(" ".join(sentence).capitalize() + ("." if len(text) % 3 else ".\n\n"))
            at += step
        return " ".join(text).replace("\n\n ", "\n\n").strip()


def invent_articles(
    count: int,
    *,
    words: int = 400,
    seed: int = 1,
    copies: float = 0.3,
    templates: float = 0.05,
    disclaimer: bool = False,
) -> Iterator[Labelled]:
    """Invent `count` articles; `copies` and `templates` are the shares of copies and of filled templates."""
    prose, chance = _Prose(seed), random.Random(seed)
    recent: list[tuple[str, str, str]] = []
    start = datetime(2026, 1, 1, tzinfo=UTC)
    for number in range(count):
        lot = chance.random()
        article_id = f"{chance.getrandbits(80):020x}"
        title, cluster = prose.write(9).partition("\n")[0][:70].title(), article_id
        if lot < templates:
            text = fill_template(chance, chance.randrange(len(TEMPLATES)))
            title = text.partition(".")[0][:60]
        elif lot < templates + copies and recent:
            source, cluster, title = chance.choice(recent)
            text = edit(chance, source)
        else:
            text = prose.write(int(chance.lognormvariate(0, 0.35) * words))
            recent.append((text, cluster, title))
            if len(recent) > 400:
                recent.pop(chance.randrange(100))
        if disclaimer:
            text += "\n\n" + DISCLAIMER
        published = start + timedelta(minutes=number % 40_000)
        publisher = f"Publisher {chance.randrange(60)}"
        yield Labelled(
            ArticleText(article_id, article_id, "lead", title, publisher, None, None, "en", published, text), cluster
        )
