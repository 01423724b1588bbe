"""Find, inside one article, the phrases that tell of one happening, and let them share their date.

A definite noun phrase ("the call", "White House's deadline") or a verb takes the date of another phrase of the same
kind whose actors agree. Indefinite ones tell of something new and take none.
"""

from __future__ import annotations

from collections.abc import Sequence

from tasks.enrich.candidates import Candidate
from tasks.enrich.event_lexicon import has_role, is_lasting
from tasks.enrich.event_phrases import Tense
from tasks.enrich.names import canonical_name
from tasks.enrich.sentence_dating import shared_date
from tasks.enrich.words import Tag
from warehouse.vocabulary import EventStatus

#: Tellings of one kind that are compared: an article with more is a list, where "the strike" is no particular one.
_MOST_SOURCES = 100
_DEFINITE = frozenset(("the", "this", "that", "his", "her", "their", "its", "these", "those"))


def share_dates(candidates: Sequence[Candidate]) -> None:
    """Date undated candidates from dated ones of the article that tell the same."""
    by_kind: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        if _is_source(candidate):
            by_kind.setdefault(candidate.phrase.kind or "", []).append(candidate)
    for candidate in candidates:
        if (
            candidate.dated is not None
            or candidate.is_absorbed
            or candidate.phrase.kind is None
            or not _is_anaphoric(candidate)
        ):
            continue
        best = _best_source(candidate, by_kind.get(candidate.phrase.kind, []))
        if best is not None and best.dated is not None:
            candidate.dated = shared_date(best.dated, "reference-day")


def _is_source(candidate: Candidate) -> bool:
    dated = candidate.dated
    if dated is None or candidate.phrase.kind is None or dated.begin is None or dated.end is None:
        return False
    return dated.granularity in ("day", "interval", "instant") and not candidate.is_absorbed


def _is_anaphoric(candidate: Candidate) -> bool:
    phrase, words = candidate.phrase, candidate.sentence.words
    if candidate.status == EventStatus.HYPOTHETICAL or phrase.is_negated:
        return False
    if phrase.is_verb:
        if phrase.kind == "deadline":
            return False
        if phrase.tense not in (Tense.PAST, Tense.PAST_PERFECT):
            return False
        return len(candidate.actors) >= 1 or any(words.lowers[at] in _DEFINITE for at in range(phrase.head, phrase.end))
    if is_lasting(phrase.lemma) or (phrase.lemma.endswith("s") and phrase.kind not in ("meeting",)):
        return False
    before = words.tag(phrase.start - 1)
    if before is Tag.POSSESSIVE:
        return True
    return words.lower(phrase.start - 1) in _DEFINITE


def _best_source(candidate: Candidate, sources: Sequence[Candidate]) -> Candidate | None:
    wanted = {canonical_name(actor) for actor in candidate.actors}
    best: tuple[tuple[int, int, int], Candidate] | None = None
    for source in sources[:_MOST_SOURCES]:
        has = {canonical_name(actor) for actor in source.actors}
        shared = len(wanted & has)
        if candidate.phrase.is_verb and shared < 2 and not _share_words(candidate, source):
            continue
        needed = min(2, len(wanted)) if len(has) >= 2 else min(1, len(wanted))
        if shared < needed and candidate.phrase.kind != "deadline":
            continue
        if not _statuses_agree(candidate, source):
            continue
        distance = abs(source.sentence.ordinal - candidate.sentence.ordinal)
        if not wanted and (source.sentence.ordinal > candidate.sentence.ordinal or distance > 3):
            continue
        rank = (shared, -distance, -source.sentence.ordinal)
        if best is None or rank > best[0]:
            best = (rank, source)
    return best[1] if best else None


def _share_words(candidate: Candidate, source: Candidate) -> bool:
    """Tell whether two phrases have a word besides their verbs in common."""
    common = set(candidate.lemmas) & set(source.lemmas)
    return bool(common - {candidate.phrase.lemma, source.phrase.lemma} - {"one", "two", "several"})


def _statuses_agree(candidate: Candidate, source: Candidate) -> bool:
    if source.status == EventStatus.HYPOTHETICAL:
        return False
    if has_role(candidate.phrase.lemma, "announcing") != has_role(source.phrase.lemma, "announcing"):
        return False
    return candidate.status == source.status or candidate.phrase.kind == "deadline"
