"""Bytes become text by the strength of the evidence, and what is no text is refused."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.parse import parse_document
from tasks.parse.decoding import Decoded, NotDecoded, decode
from tasks.records import ParsedDocument, RawDocument, Refused

GERMAN = "Die Straße führt über die Brücke; „schön“ – für 5 €."
RUSSIAN = "Президент России встретился с министром иностранных дел в Москве. " * 5
JAPANESE = "東京都は四日、新しい計画を発表した。首相は会見で説明した。" * 5


def decoded(content: bytes, **options: object) -> Decoded:
    found = decode(content, **options)  # type: ignore[arg-type]
    assert isinstance(found, Decoded)
    return found


@pytest.mark.parametrize(
    ("content", "options", "text", "encoding", "source"),
    [
        (GERMAN.encode(), {}, GERMAN, "utf-8", "utf-8"),
        (codecs.BOM_UTF8 + GERMAN.encode(), {}, GERMAN, "utf-8", "bom"),
        (GERMAN.encode("utf-16"), {}, GERMAN, "utf-16-le", "bom"),
        (codecs.BOM_UTF16_BE + GERMAN.encode("utf-16-be"), {}, GERMAN, "utf-16-be", "bom"),
        (GERMAN.encode("utf-16-le"), {}, GERMAN, "utf-16-le", "detected"),
        (GERMAN.encode("cp1252"), {}, GERMAN, "windows-1252", "detected"),
        (GERMAN.encode("cp1252"), {"http_charset": "ISO-8859-1"}, GERMAN, "windows-1252", "http"),
        (RUSSIAN.encode("cp1251"), {"http_charset": "windows-1251"}, RUSSIAN, "windows-1251", "http"),
        (RUSSIAN.encode("koi8-r"), {"http_charset": "koi8-r"}, RUSSIAN, "koi8-r", "http"),
        (JAPANESE.encode("cp932"), {"http_charset": "Shift_JIS"}, JAPANESE, "shift_jis", "http"),
        (JAPANESE.encode("iso2022_jp"), {"http_charset": "iso-2022-jp"}, JAPANESE, "iso-2022-jp", "http"),
        (GERMAN.encode(), {"http_charset": "iso-8859-1"}, GERMAN, "utf-8", "utf-8"),
        (GERMAN.encode(), {"http_charset": "nonsense"}, GERMAN, "utf-8", "utf-8"),
        (GERMAN.encode(), {"http_charset": "unicode_escape"}, GERMAN, "utf-8", "utf-8"),
    ],
)
def test_text_is_decoded_by_its_best_evidence(
    content: bytes, options: dict[str, str], text: str, encoding: str, source: str
) -> None:
    assert decoded(content, **options) == Decoded(text, encoding, source)


@pytest.mark.parametrize(
    "declaration", ['<meta charset="windows-1251">', '<?xml version="1.0" encoding="windows-1251"?>']
)
def test_a_declaration_in_markup_is_believed(declaration: str) -> None:
    found = decoded((declaration + RUSSIAN).encode("cp1251"), is_markup=True)
    assert (found.encoding, found.source) == ("windows-1251", "declared")
    assert RUSSIAN in found.text


def test_a_declaration_that_lies_is_not_believed() -> None:
    found = decoded(('<meta charset="utf-8">' + GERMAN).encode("cp1252"), is_markup=True)
    assert (found.encoding, found.source) == ("windows-1252", "detected")
    assert GERMAN in found.text


def test_undeclared_cyrillic_is_detected() -> None:
    assert decoded(RUSSIAN.encode("cp1251")).text == RUSSIAN


def test_mojibake_is_repaired_and_quotes_are_left_alone() -> None:
    broken = "Itâ€™s the cafÃ© on the corner – “quoted” and 'plain'.\nUntouched line."
    found = decoded(broken.encode())
    assert found == Decoded("It’s the café on the corner – “quoted” and 'plain'.\nUntouched line.", "utf-8", "repaired")


@pytest.mark.parametrize(
    "text", ["Ålesund, Älvsjö, Ørsted, Île-de-France", "“quotes” ﬁne ｆｕｌｌ ‘x’", "a\r\nb\rc\u2028d\x0ce"]
)
def test_sound_text_is_not_repaired(text: str) -> None:
    assert decoded(text.encode()) == Decoded(text, "utf-8", "utf-8")


def test_stray_bytes_in_utf_8_are_read_as_windows_1252() -> None:
    content = (GERMAN * 20).encode() + b" caf\xe9"
    found = decoded(content)
    assert found.text == GERMAN * 20 + " café"
    assert found.source == "repaired"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        ("\ufeff \n".encode(), "empty"),
        (b"%PDF-1.7\n1 0 obj", "binary"),
        (bytes(range(256)) * 20, "binary"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8" * 400, "undecodable"),
        (("The quick report on the harbour dues was " * 20).encode("cp037"), "undecodable"),
    ],
)
def test_what_is_no_text_is_refused(content: bytes, reason: str) -> None:
    found = decode(content)
    assert isinstance(found, NotDecoded)
    assert found.reason == reason


@given(st.binary(max_size=400), st.sampled_from([None, "utf-8", "shift_jis", "utf-7", "x"]), st.booleans())
def test_any_bytes_are_decoded_or_refused_never_raised(content: bytes, charset: str | None, is_markup: bool) -> None:
    found = decode(content, http_charset=charset, is_markup=is_markup)
    if isinstance(found, Decoded):
        found.text.encode("utf-8")  # no lone surrogates, which no table could hold


@given(st.binary(max_size=400), st.sampled_from(["text/plain", "text/html", "text/markdown", "image/png"]))
def test_any_document_is_parsed_or_refused(content: bytes, media_type: str) -> None:
    found = parse_document(RawDocument("id", "file:///x", None, media_type, content))
    if isinstance(found, ParsedDocument):
        assert "".join(found.text[block.char_start : block.char_end] for block in found.blocks) == found.text
    else:
        assert isinstance(found, Refused)
        assert found.stage == "parse"


SENTENCES = {
    "windows-1250": "Rząd ogłosił wczoraj, że budowa mostu nad Wisłą zostanie ukończona dopiero w przyszłym roku. ",
    "iso-8859-2": "Příští týden začne oprava dálnice, uvedl ředitel úřadu; řidiči si mají vybrat jinou trasu. ",
    "windows-1253": "Ο δήμαρχος ανακοίνωσε ότι η γέφυρα θα κλείσει για έξι μήνες λόγω εργασιών συντήρησης. ",
    "windows-1254": "Belediye başkanı, köprünün onarım için altı ay boyunca kapalı kalacağını dün açıkladı. ",
    "windows-1255": "ראש העיר הודיע אתמול כי הגשר ייסגר למשך שישה חודשים לצורך עבודות תחזוקה. ",
    "windows-1256": "أعلن رئيس البلدية أمس أن الجسر سيغلق لمدة ستة أشهر بسبب أعمال الصيانة. ",
    "windows-1257": "Meras vakar pranešė, kad tiltas šešis mėnesius bus uždarytas dėl būtinų remonto darbų. ",
    "koi8-r": "Мэр города сообщил вчера, что мост будет закрыт на шесть месяцев из-за ремонта. ",
    "iso-8859-5": "Кметът съобщи вчера, че мостът ще бъде затворен за шест месеца заради ремонт. ",
    "shift_jis": "市長は昨日、橋が修理のため半年のあいだ閉鎖されると発表した。",
    "euc-jp": "市長は昨日、橋が修理のため半年のあいだ閉鎖されると発表した。",
    "gb18030": "市长昨天宣布，由于维修，这座大桥将关闭六个月，人们可以使用新的道路。",
    "big5": "市長昨天宣布，由於維修，這座大橋將關閉六個月，人們可以使用新的道路。",
    "euc-kr": "시장은 어제 다리가 보수 공사 때문에 여섯 달 동안 문을 닫는다고 발표했다. ",
}


@pytest.mark.parametrize("charset", [None, "iso-8859-1", "utf-8"])
@pytest.mark.parametrize("encoding", SENTENCES)
def test_encodings_are_told_by_the_letters_they_make_whatever_the_server_says(
    encoding: str, charset: str | None
) -> None:
    text = SENTENCES[encoding] * 3
    found = decoded(text.encode(encoding), http_charset=charset)
    assert (found.text, found.source) == (text, "detected")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("language", ["windows-1256", "koi8-r", "shift_jis", "gb18030", "euc-kr"])
def test_utf_16_without_its_mark_is_told_in_any_script(encoding: str, language: str) -> None:
    text = f"{SENTENCES[language]}\n" * 20
    found = decoded(text.encode(encoding))
    assert (found.text, found.encoding) == (text, encoding)


def test_escape_sequences_tell_japanese_mail_encoding() -> None:
    assert decoded(JAPANESE.encode("iso2022_jp")) == Decoded(JAPANESE, "iso-2022-jp", "detected")


def test_a_mark_of_utf_8_before_other_bytes_is_not_believed() -> None:
    found = decoded(codecs.BOM_UTF8 + (GERMAN * 5).encode("cp1252"))
    assert found == Decoded(GERMAN * 5, "windows-1252", "detected")


def test_the_euro_sign_tells_latin_9_from_windows_1252() -> None:
    text = "Die Brücke kostet 5 € im Jahr."
    assert decoded(text.encode("iso-8859-15")) == Decoded(text, "iso-8859-15", "detected")


def test_halves_of_a_surrogate_pair_in_utf_8_are_one_character() -> None:
    found = decoded("Good \ud83d\ude00 news".encode("utf-8", "surrogatepass"))
    assert found == Decoded("Good \U0001f600 news", "utf-8", "repaired")


@pytest.mark.parametrize(
    ("label", "encoding"), [("x-sjis", "shift_jis"), ("windows-31J", "shift_jis"), ("ks_c_5601-1987", "euc-kr")]
)
def test_labels_that_only_browsers_know_are_known(label: str, encoding: str) -> None:
    text = SENTENCES[encoding] * 3
    assert decoded(text.encode(encoding), http_charset=label) == Decoded(text, encoding, "http")
