"""Explicit dates in languages other than English are time expressions with their values; nothing else is."""

from __future__ import annotations

from datetime import date

import pytest

from tasks.enrich.temporal import find_time_expressions

PUBLISHED = date(2025, 8, 7)

FULL = [
    ("de", "Das Treffen fand am Mittwoch, den 6. August 2025, in Moskau statt.", "Mittwoch, den 6. August 2025"),
    ("de", "Stand der Dinge am 6.8.2025 um zehn Uhr.", "6.8.2025"),
    ("de", "Stand der Dinge am 06.08.2025 um zehn Uhr.", "06.08.2025"),
    ("fr", "La réunion a eu lieu le mercredi 6 août 2025 à Moscou.", "mercredi 6 août 2025"),
    ("fr", "La réunion a eu lieu le 06/08/2025 à Moscou.", "06/08/2025"),
    ("es", "La reunión fue el miércoles 6 de agosto de 2025 en Moscú.", "miércoles 6 de agosto de 2025"),
    ("it", "L'incontro si è tenuto mercoledì 6 agosto 2025 a Mosca.", "mercoledì 6 agosto 2025"),
    ("pt", "A reunião foi na quarta-feira, 6 de agosto de 2025, em Moscou.", "quarta-feira, 6 de agosto de 2025"),
    ("nl", "De ontmoeting was op woensdag 6 augustus 2025 in Moskou.", "woensdag 6 augustus 2025"),
    ("sv", "Mötet hölls onsdagen den 6 augusti 2025 i Moskva.", "onsdagen den 6 augusti 2025"),
    ("da", "Mødet fandt sted onsdag den 6. august 2025 i Moskva.", "onsdag den 6. august 2025"),
    ("no", "Møtet ble holdt onsdag 6. august 2025 i Moskva.", "onsdag 6. august 2025"),
    ("fi", "Tapaaminen pidettiin keskiviikkona 6. elokuuta 2025 Moskovassa.", "keskiviikkona 6. elokuuta 2025"),
    ("pl", "Spotkanie odbyło się w środę, 6 sierpnia 2025 r., w Moskwie.", "środę, 6 sierpnia 2025"),
    ("cs", "Setkání se konalo ve středu 6. srpna 2025 v Moskvě.", "středu 6. srpna 2025"),
    ("sk", "Stretnutie sa konalo v stredu 6. augusta 2025 v Moskve.", "stredu 6. augusta 2025"),
    ("hr", "Sastanak je održan u srijedu, 6. kolovoza 2025. u Moskvi.", "srijedu, 6. kolovoza 2025"),
    ("ro", "Întâlnirea a avut loc miercuri, 6 august 2025, la Moscova.", "miercuri, 6 august 2025"),
    ("hu", "A találkozót 2025. augusztus 6-án tartották Moszkvában.", "2025. augusztus 6"),
    ("ru", "Встреча прошла в среду, 6 августа 2025 года, в Москве.", "среду, 6 августа 2025"),
    ("uk", "Зустріч відбулася в середу, 6 серпня 2025 року, у Москві.", "середу, 6 серпня 2025"),
    ("bg", "Срещата се проведе на 6 август 2025 г. в Москва.", "6 август 2025"),
    ("el", "Η συνάντηση έγινε την Τετάρτη, 6 Αυγούστου 2025, στη Μόσχα.", "Τετάρτη, 6 Αυγούστου 2025"),
    ("tr", "Görüşme 6 Ağustos 2025 Çarşamba günü yapıldı.", "6 Ağustos 2025"),
    ("id", "Pertemuan itu digelar pada Rabu, 6 Agustus 2025, di Moskow.", "Rabu, 6 Agustus 2025"),
    ("ar", "عقد الاجتماع يوم الأربعاء 6 أغسطس 2025 في موسكو.", "الأربعاء 6 أغسطس 2025"),
    ("ar", "عقد الاجتماع في 6 أغسطس/آب 2025 في موسكو.", "6 أغسطس/آب 2025"),
    ("ar", "عقد الاجتماع في ٦ أغسطس ٢٠٢٥ في موسكو.", "٦ أغسطس ٢٠٢٥"),
    ("he", "הפגישה התקיימה ב-6 באוגוסט 2025 במוסקבה.", "6 באוגוסט 2025"),
    ("zh", "会谈于2025年8月6日在莫斯科举行。", "2025年8月6日"),
    ("ja", "会談は2025年8月6日(水)にモスクワで行われた。", "2025年8月6日(水)"),
    ("ja", "会談は2025/8/6にモスクワで行われた。", "2025/8/6"),
    ("ko", "회담은 2025년 8월 6일 모스크바에서 열렸다.", "2025년 8월 6일"),
]
WITHOUT_YEAR = [
    ("de", "Das Treffen fand am 6. August in Moskau statt.", "6. August"),
    ("fr", "La réunion a eu lieu mercredi 6 août à Moscou.", "mercredi 6 août"),
    ("es", "La reunión fue el 6 de agosto en Moscú.", "6 de agosto"),
    ("it", "L'incontro del 6 agosto a Mosca.", "6 agosto"),
    ("pl", "Spotkanie odbyło się 6 sierpnia w Moskwie.", "6 sierpnia"),
    ("ru", "Встреча прошла 6 августа в Москве.", "6 августа"),
    ("hu", "A találkozót augusztus 6-án tartották.", "augusztus 6"),
    ("tr", "Görüşme 6 Ağustos'ta yapıldı.", "6 Ağustos"),
    ("ar", "عقد الاجتماع في 6 أغسطس في موسكو.", "6 أغسطس"),
    ("zh", "会谈于8月6日在莫斯科举行。", "8月6日"),
    ("ja", "会談は8月6日、モスクワで行われた。", "8月6日"),
    ("ko", "회담은 8월 6일 모스크바에서 열렸다.", "8월 6일"),
]
MONTHS = [
    ("de", "Der Krieg begann im Februar 2022.", "Februar 2022"),
    ("es", "La guerra empezó en febrero de 2022.", "febrero de 2022"),
    ("ru", "Война началась в феврале 2022 года.", "феврале 2022"),
    ("pl", "Wojna zaczęła się w lutym 2022 roku.", "lutym 2022"),
    ("ja", "戦争は2022年2月に始まった。", "2022年2月"),
]
WEEKDAYS = [
    ("de", "Das sagte er am Mittwoch vor Reportern.", "Mittwoch"),
    ("fr", "Il l'a dit mercredi devant la presse.", "mercredi"),
    ("es", "Lo dijo el miércoles ante la prensa.", "miércoles"),
    ("it", "Lo ha detto mercoledì alla stampa.", "mercoledì"),
    ("pt", "Disse isso na quarta-feira à imprensa.", "quarta-feira"),
    ("nl", "Dat zei hij woensdag tegen de pers.", "woensdag"),
    ("pl", "Powiedział to w środę dziennikarzom.", "środę"),
    ("ru", "Он сказал это в среду журналистам.", "среду"),
    ("uk", "Він сказав це в середу журналістам.", "середу"),
    ("tr", "Bunu Çarşamba günü söyledi.", "Çarşamba"),
    ("ar", "قال ذلك يوم الأربعاء للصحفيين.", "الأربعاء"),
    ("zh", "他星期三对记者说。", "星期三"),
    ("ja", "水曜日に記者団に語った。", "水曜日"),
    ("ko", "그는 수요일 기자들에게 말했다.", "수요일"),
]
NO_DATES = [
    ("de", "Die 1,5 Mai-Ausgaben kosteten 12.30.2025 Punkte, Version 3.11.2 kam 2025."),
    ("de", "In may and on Monday he said last week that two days ago it was over, March 5."),
    ("fr", "Il mesure 1,5 mars et pèse 31 juin 2025."),
    ("es", "Vive en la segunda casa de la quinta calle, dijo Domingo."),
    ("ro", "A trecut o perioadă de două luni."),
    ("pt", "A segunda parte e a quinta parte, todas de maio."),
    ("tr", "Pazar yeri kalabalıktı."),
    ("ja", "月に一度、金を払う。2025年13月40日。"),
    ("zh", "日月金木水火土。8月99日。"),
    ("xx", "6 August 2025, Wednesday"),
]


def found(lang: str, text: str, anchor: date | None = PUBLISHED) -> list[tuple[str, str]]:
    expressions = find_time_expressions(text, char_start=0, anchor=anchor, reference_day=None, lang=lang)
    assert all(text[item.char_start : item.char_end] == item.text for item in expressions)
    return [(item.text, item.value) for item in expressions]


@pytest.mark.parametrize(("lang", "text", "expected"), FULL)
def test_a_full_date_is_read_with_its_weekday(lang: str, text: str, expected: str) -> None:
    assert (expected, "2025-08-06") in found(lang, text)
    assert all(value in ("2025-08-06", "XXXX-WXX-3") for _, value in found(lang, text))


@pytest.mark.parametrize(("lang", "text", "expected"), WITHOUT_YEAR)
def test_a_day_without_its_year_is_the_one_nearest_to_publication(lang: str, text: str, expected: str) -> None:
    assert found(lang, text) == [(expected, "2025-08-06")]
    assert found(lang, text, None)[-1][1] == "XXXX-08-06"


def test_around_the_turn_of_the_year_the_nearest_day_is_of_the_year_before_or_after() -> None:
    assert found("de", "Es geschah am 30. Dezember.", date(2026, 1, 4)) == [("30. Dezember", "2025-12-30")]
    assert found("ja", "1月4日に行われる。", date(2025, 12, 30)) == [("1月4日", "2026-01-04")]


@pytest.mark.parametrize(("lang", "text", "expected"), MONTHS)
def test_a_month_with_its_year_is_read(lang: str, text: str, expected: str) -> None:
    assert found(lang, text) == [(expected, "2022-02")]


@pytest.mark.parametrize(("lang", "text", "expected"), WEEKDAYS)
def test_a_weekday_is_found_but_not_guessed(lang: str, text: str, expected: str) -> None:
    assert found(lang, text) == [(expected, "XXXX-WXX-3")]


@pytest.mark.parametrize(("lang", "text"), NO_DATES)
def test_what_is_no_date_is_none_and_no_english_rule_fires(lang: str, text: str) -> None:
    assert found(lang, text) == []


def test_a_weekday_that_is_not_that_of_the_date_stays_outside_it() -> None:
    assert found("de", "Am Freitag, 6. August 2025, war es so.")[-1] == ("6. August 2025", "2025-08-06")
