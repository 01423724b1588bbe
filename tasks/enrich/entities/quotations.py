"""Find quotations in an article, with who said them.

Words in quotation marks are a quotation where a verb of speech introduces them, where they go on with one, or where
they are sentences of their own. Titles, names in marks and words that are only held at arm's length are none. Indirect
speech is out of scope.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from tasks.enrich.candidates import Sentence
from tasks.enrich.entities.article_names import ArticleNames
from tasks.enrich.entities.quotation_marks import Quoted, find_quoted, has_marks, opens_with_mark
from tasks.enrich.entities.speakers import Context, Speaker, Token, find_speaker, tokens_of
from tasks.records import Passage, Quotation

#: Words from which on words in marks are a quotation, introduced by a verb of speech or not.
_FEWEST_INTRODUCED, _FEWEST_ALONE = 2, 5
_REACH = 40  # words after a quotation that can tell who said it
_SILENT = frozenset(("headline", "heading"))


@dataclass(slots=True)
class _Piece:
    """A quotation on its way: places in documents.text, and what stands around it."""

    passage: int
    sentence: Sentence  # in which it begins
    start: int
    end: int
    text: str
    is_closed: bool
    before: list[Token]
    after: list[Token]  # in its sentence
    rest: list[Token]  # in its passage
    ending: str
    is_whole: bool  # begins its passage
    speaker: Speaker | None = None
    continues: bool = False  # the utterance of the piece before


def find_quotations(
    passages: Sequence[Passage], sentences: Sequence[Sentence], names: ArticleNames
) -> tuple[Quotation, ...]:
    """Return the direct quotations of an article, in order; `sentences` are those of the passages."""
    context = Context(sentences, names.entities, names.mentions)
    pieces: list[_Piece] = []
    for number, own in groupby(sentences, key=lambda sentence: sentence.passage):
        passage = passages[number]
        if passage.kind in _SILENT or not has_marks(passage.text):
            continue
        following = passages[number + 1].text if number + 1 < len(passages) else ""
        pieces += _pieces_of(number, passage, list(own), opens_with_mark(following))
    for position, piece in enumerate(pieces):
        piece.speaker = find_speaker(piece.before, piece.after, piece.ending, context, piece.sentence.ordinal)
        previous = pieces[position - 1] if position else None
        if previous is not None:
            _continue_from(previous, piece)
    _share_within_sentences(pieces)
    return _as_records([piece for piece in pieces if _is_quotation(piece)])


def _pieces_of(number: int, passage: Passage, sentences: list[Sentence], goes_on: bool) -> list[_Piece]:
    quoted = [item for item in find_quoted(passage.text) if item.is_closed or goes_on]
    if not quoted:
        return []
    shift = passage.char_start
    outside = _unquoted(tokens_of(sentences), quoted, shift)
    starts = [token.start for token in outside]
    pieces = []
    for item in quoted:
        start, end = _trimmed(passage.text, item)
        sentence = _sentence_at(sentences, start + shift)
        text = passage.text[start:end]
        ending = text[-1] if text[-1] in ".,?!—–-…" else "," if passage.text[item.end + 1 : item.end + 2] == "," else ""
        limit = None if ending and ending in "?!—–-…" else _sentence_at(sentences, end + shift - 1).end
        first, here = bisect_left(starts, sentence.start), bisect_left(starts, start + shift)
        following = outside[bisect_left(starts, end + shift) : bisect_left(starts, end + shift) + _REACH]
        pieces.append(
            _Piece(
                passage=number,
                sentence=sentence,
                start=start + shift,
                end=end + shift,
                text=text,
                is_closed=item.is_closed,
                before=outside[first:here],
                after=[token for token in following if limit is None or token.start < limit],
                rest=following,
                ending=ending,
                is_whole=item.start <= 1,
            )
        )
    return pieces


def _trimmed(text: str, item: Quoted) -> tuple[int, int]:
    inner = text[item.start : item.end]
    return item.start + len(inner) - len(inner.lstrip()), item.start + len(inner.rstrip())


def _sentence_at(sentences: Sequence[Sentence], place: int) -> Sentence:
    at = bisect_right(sentences, place, key=lambda sentence: sentence.start)
    return sentences[max(at - 1, 0)]


def _unquoted(tokens: Sequence[Token], quoted: Sequence[Quoted], shift: int) -> list[Token]:
    """Leave out the words inside quotations, and the marks around them."""
    kept: list[Token] = []
    at = 0
    for token in tokens:
        place = token.start - shift
        while at < len(quoted) and quoted[at].end < place:
            at += 1
        if at == len(quoted) or place < quoted[at].start - 1:
            kept.append(token)
    return kept


def _continue_from(previous: _Piece, piece: _Piece) -> None:
    """Let a piece go on with the utterance or the speaker of the one before."""
    if not previous.is_closed and piece.passage == previous.passage + 1 and piece.is_whole:
        piece.continues = True
        piece.speaker = piece.speaker or _same(previous.speaker)
        previous.speaker = previous.speaker or _same(piece.speaker)
    elif piece.passage == previous.passage and _is_split(previous, piece):
        piece.continues = True
        piece.speaker = _same(previous.speaker)
    elif piece.speaker is None and not piece.before and previous.speaker is not None:
        is_next = piece.passage == previous.passage
        follows = piece.passage == previous.passage + 1 and piece.is_whole and not _has_words(previous.rest)
        if is_next or follows:
            piece.speaker = _same(previous.speaker)


def _has_words(tokens: Sequence[Token]) -> bool:
    """Tell whether a sentence without a quotation follows in the passage."""
    last = next((at for at, token in enumerate(tokens) if token.is_last), None)
    return last is not None and last + 1 < len(tokens)


def _is_split(previous: _Piece, piece: _Piece) -> bool:
    """Tell '"…," she said, "…"': one utterance that its introduction parts."""
    between = [token for token in previous.rest if token.start < piece.start - 1]
    if previous.speaker is None or previous.speaker.start is None or not between or len(between) > 14:
        return False
    return (
        between[0].start <= previous.speaker.start <= between[-1].start + 1 and between[-1].lower in (",", ":")
    ) and not any(token.is_last for token in between)


def _same(speaker: Speaker | None) -> Speaker | None:
    return None if speaker is None else replace(speaker, source="same-speaker")


def _share_within_sentences(pieces: Sequence[_Piece]) -> None:
    """Give the pieces of a sentence that have no speaker that of the next one that has: '"…" and "…," she said'."""
    for position in range(len(pieces) - 2, -1, -1):
        piece, following = pieces[position], pieces[position + 1]
        if piece.speaker is None and following.sentence is piece.sentence and following.speaker is not None:
            piece.speaker = _same(following.speaker)


def _is_quotation(piece: _Piece) -> bool:
    """Tell a quotation from a title, a nickname, or words held at arm's length."""
    words = piece.text.split()
    if piece.continues:
        return True
    if piece.speaker is not None and piece.speaker.source != "none":
        return len(words) >= _FEWEST_INTRODUCED and not (len(words) <= 6 and _is_title(words))
    return len(words) >= _FEWEST_ALONE and not _is_title(words) and not piece.before


def _is_title(words: Sequence[str]) -> bool:
    letters = [word for word in words if word[:1].isalpha()]
    capitals = sum(word[0].isupper() for word in letters)
    small = sum(word[0].islower() and len(word) > 4 for word in letters)
    return len(letters) > 1 and capitals > len(letters) / 2 and not small


def _as_records(pieces: Sequence[_Piece]) -> tuple[Quotation, ...]:
    records: list[Quotation] = []
    for piece in pieces:
        previous = records[-1] if records else None
        continues = piece.continues and previous is not None
        speaker = piece.speaker or Speaker("none", reason="no-introduction")
        records.append(
            Quotation(
                piece.start,
                piece.end,
                piece.text,
                previous.utterance_start if continues and previous is not None else piece.start,
                previous.part + 1 if continues and previous is not None else 1,
                speaker.cue,
                speaker.source,
                speaker.start,
                speaker.end,
                speaker.entity,
                speaker.reason if speaker.entity is None else None,
            )
        )
    return tuple(records)
