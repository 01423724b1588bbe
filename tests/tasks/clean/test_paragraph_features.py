"""Features of paragraphs and of a second look: fragments are joined, scripts without capitals count, looks add up."""

from __future__ import annotations

import numpy as np

from tasks.clean.boosted_trees import read_model
from tasks.clean.line_features import describe_lines, read_line
from tasks.clean.paragraph_features import describe_paragraphs, paragraph_of_each
from tasks.clean.score_features import describe_scores

FLATTENED = [
    "Harbour news",
    "The board of the",
    "Port Calder Authority",
    "said on Tuesday that dredging would stop for the winter,",
    "as first reported",
    ", and that no date had been set for its return.",
    "Read more",
]
TEASERS = [
    "Ferries",
    "Six crossings that locals love",
    "Markets",
    "Grain prices fall again",
    "Sport",
    "Rovers win late",
]


def test_a_sentence_parted_by_its_links_is_one_paragraph() -> None:
    assert paragraph_of_each([read_line(text) for text in FLATTENED]).tolist() == [0, 1, 1, 1, 1, 1, 2]


def test_every_line_of_a_paragraph_knows_how_the_paragraph_ends() -> None:
    columns = describe_paragraphs([read_line(text) for text in FLATTENED])
    assert len(set(columns["paragraph_size_and_end"][1:6].tolist())) == 1
    assert columns["paragraph_lines"].tolist() == [1, 5, 5, 5, 5, 5, 1]
    assert columns["place_in_paragraph"].tolist() == [0, 0, 1, 2, 3, 4, 0]


def test_teasers_repeat_their_shape_and_prose_does_not() -> None:
    teasers = describe_paragraphs([read_line(text) for text in TEASERS * 3])["same_shape_best"]
    prose = describe_paragraphs([read_line(text) for text in FLATTENED])["same_shape_best"]
    assert np.median(teasers) > prose[1:6].max()


def test_vowel_signs_are_part_of_their_words() -> None:
    assert read_line("नगर परिषद ने पुल को बंद करने का निर्णय लिया है।").shape.words == 11


def test_sentences_in_scripts_without_capitals_are_prose() -> None:
    for sentence in (
        "नगर परिषद ने मंगलवार को पुराने पुल को सर्दियों के लिए बंद करने का निर्णय लिया है।",
        "قرر مجلس المدينة يوم الثلاثاء إغلاق الجسر القديم خلال فصل الشتاء بعد فحص الأعمدة من قبل المهندسين.",
        "המועצה החליטה ביום שלישי כי הגשר הישן יהיה סגור בחורף לאחר שהמהנדסים בדקו את העמודים של הגשר.",
        "নগর পরিষদ মঙ্গলবার জানিয়েছে যে পুরোনো সেতুটি শীতের জন্য বন্ধ থাকবে এবং পরে আবার খোলা হবে।",
    ):
        shape = read_line(sentence).shape
        assert shape.is_prose, sentence
        assert shape.end == "sentence", sentence


def test_the_second_look_tells_how_likely_the_lines_around_are() -> None:
    lines = [read_line(text) for text in FLATTENED]
    columns = describe_lines(lines) | describe_paragraphs(lines)
    seen = describe_scores(lines, columns, np.array([-4.0, 3.0, -1.0, 3.0, -1.0, 3.0, -4.0]))
    assert seen["paragraph_points"][2] > 0 > seen["first_look"][2]
    assert seen["since_likely"][[2, 6]].tolist() == [1.0, 1.0]
    assert seen["article_distance_by_letters"].tolist() == [-1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0]


def test_one_line_has_all_the_features_that_the_model_reads() -> None:
    model = read_model("flattened")
    lines = [read_line("The bridge will stay closed until the spring, the council said.")]
    columns = describe_lines(lines) | describe_paragraphs(lines)
    assert set(model.features) <= columns.keys()
    assert model.second_look is not None
    assert set(model.second_look.features) <= describe_scores(lines, columns, np.zeros(1)).keys()
