"""Annotate an article: its time expressions, the mentions of events with their dates, its names and quotations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tasks.enrich.candidates import Candidate, gather_candidates, index_names, read_sentences
from tasks.enrich.context_dating import date_by_context, main_day
from tasks.enrich.coreference import share_dates
from tasks.enrich.dating import date_by_clause, granularity_for, look_ahead
from tasks.enrich.entities.article_names import ArticleNames, resolve_names
from tasks.enrich.entities.model_names import load_model
from tasks.enrich.entities.quotations import find_quotations
from tasks.enrich.status import settle_status, status_of
from tasks.enrich.temporal import annotate_times
from tasks.records import EventMention, Passage, Publication, Quotation, TimeExpression
from warehouse.vocabulary import EventStatus

#: Kinds of passages that tell no event.
_SILENT_KINDS = frozenset(("byline", "dateline", "credit", "table"))
#: An event told as past cannot begin later than this after publication: publishers date pages in their own time zone.
_ZONE_SLACK = timedelta(1)


@dataclass(frozen=True, slots=True)
class Annotation:
    """What enrich finds in one article, sorted by where it begins."""

    time_expressions: tuple[TimeExpression, ...]
    mentions: tuple[EventMention, ...]
    names: ArticleNames
    quotations: tuple[Quotation, ...]


def annotate_article(
    passages: Sequence[Passage], publication: Publication, lang: str | None, names_model: str | None = None
) -> Annotation:
    """Return the time expressions, event mentions, names and quotations of an article.

    All but time expressions are found in English only (`lang` "en" or unknown); event mentions without a date carry
    their reason. `names_model` is a spaCy model that adds to the names found by rules.
    """
    expressions = tuple(annotate_times(passages, publication, lang))
    if lang is not None and not lang.lower().startswith("en"):
        return Annotation(expressions, (), ArticleNames((), ()), ())
    telling = [passage for passage in passages if passage.kind not in _SILENT_KINDS]
    telling.sort(key=lambda passage: passage.char_start)
    sentences = read_sentences(telling, sorted(expressions, key=lambda item: (item.char_start, -item.char_end)))
    candidates = gather_candidates(sentences, index_names(sentences))
    _date(candidates, publication)
    kept = [_mention(candidate, publication.published_on) for candidate in _worth_telling(candidates)]
    mentions = tuple(sorted(kept, key=lambda item: (item.char_start, item.char_end)))
    names = resolve_names(sentences, load_model(names_model) if names_model else None)
    return Annotation(expressions, mentions, names, find_quotations(telling, sentences, names))


def _date(candidates: list[Candidate], publication: Publication) -> None:
    date_by_clause(candidates, publication.published_on)
    for candidate in candidates:
        sentence = candidate.sentence
        candidate.status = status_of(
            sentence.words, candidate.phrase, sentence.phrases, is_headline=sentence.kind == "headline"
        )
        candidate.status = _settled(candidate, publication.published_on)
    for candidate in candidates:
        look_ahead(candidate, publication.published_on)
    day = main_day(candidates, publication)
    share_dates(candidates)
    date_by_context(candidates, day, publication.published_on)
    share_dates(candidates)


def _settled(candidate: Candidate, published: date | None) -> EventStatus:
    dated = candidate.dated
    status = EventStatus(candidate.status)
    if dated is None:
        return status
    return settle_status(status, candidate.phrase, dated.begin, dated.end, published)


def _worth_telling(candidates: list[Candidate]) -> list[Candidate]:
    """Leave out absorbed phrases, nouns that a verb's phrase tells already, and verbs of no weight without a date."""
    kept: list[Candidate] = []
    for position, candidate in enumerate(candidates):
        phrase = candidate.phrase
        if candidate.is_absorbed:
            continue
        if not phrase.is_verb and _is_inside_verb(candidates, position):
            continue
        if phrase.is_negated and candidate.dated is not None:
            candidate.dated, candidate.reason = None, "negated"
        if candidate.dated is None and phrase.kind is None:
            continue
        kept.append(candidate)
    return kept


def _is_inside_verb(candidates: list[Candidate], position: int) -> bool:
    noun = candidates[position]
    for other in reversed(candidates[max(0, position - 4) : position]):
        if other.sentence is not noun.sentence:
            return False
        if other.phrase.is_verb and other.phrase.head < noun.phrase.head < other.phrase.end:
            return noun.dated is None or (other.dated is not None and other.dated.value == noun.dated.value)
    return False


def _mention(candidate: Candidate, published: date | None) -> EventMention:
    sentence, phrase, dated = candidate.sentence, candidate.phrase, candidate.dated
    words = sentence.words
    shift = sentence.start - words.starts[0]
    start, end = words.starts[phrase.start] + shift, words.ends[phrase.end - 1] + shift
    offset = sentence.start
    status, reason = _settled(candidate, published), None
    begin = dated.begin if dated is not None else None
    if status is EventStatus.OCCURRED and begin and published and begin > published + _ZONE_SLACK:
        status = EventStatus.SCHEDULED
    if dated is None:
        reason = candidate.reason
    expression = dated.expression if dated else None
    return EventMention(
        char_start=start,
        char_end=end,
        sentence_start=sentence.start,
        sentence_end=sentence.end,
        text=sentence.text[start - offset : end - offset],
        sentence=sentence.text,
        value=dated.value if dated else None,
        granularity=granularity_for(dated) if dated else None,
        begin_on=dated.begin if dated else None,
        end_on=dated.end if dated else None,
        date_source=dated.source if dated else None,
        status=str(status),
        actors=candidate.actors,
        place=candidate.place,
        lemmas=candidate.lemmas,
        undated_reason=reason,
        expression_start=expression.char_start if expression else None,
        expression_end=expression.char_end if expression else None,
    )
