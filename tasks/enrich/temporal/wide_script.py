"""Find explicit dates in Chinese, Japanese and Korean, whose words are not parted by blanks."""

from __future__ import annotations

import re
from datetime import date

from tasks.enrich.calendar import days_in_month
from tasks.enrich.temporal.context import Found, dated
from tasks.enrich.temporal.foreign import nearest_year
from tasks.enrich.temporal.tokens import Tokens

LANGUAGES = frozenset({"zh", "ja", "ko"})
_YEAR = r"(?:(?P<year>\d{4})\s?[年년]\s?)"
_DAY = r"(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日号號일]"
_WEEKDAYS = {"月": 1, "火": 2, "水": 3, "木": 4, "金": 5, "土": 6, "日": 7} | {"월": 1, "화": 2, "수": 3, "목": 4} | {
    "금": 5, "토": 6, "일": 7, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "天": 7
}  # fmt: skip
#: A date with the weekday in brackets or behind it; a month with its year; a date in figures; a weekday.
_EXPRESSION = re.compile(
    rf"(?<!\d){_YEAR}?{_DAY}(?:\s?[(（](?P<beside>[月火水木金土日월화수목금토일一二三四五六])[曜)）])?"
    r"|(?<!\d)(?P<year_of_month>\d{4})\s?[年년]\s?(?P<month_alone>\d{1,2})\s?[月월]"
    r"|(?<![\d./-])(?P<y>\d{4})(?P<sign>[./-])\s?(?P<m>\d{1,2})(?P=sign)\s?(?P<d>\d{1,2})(?![\d/-])"
    r"|(?P<ja>[月火水木金土日])曜日?|(?P<ko>[월화수목금토일])요일|(?:星期|礼拜|禮拜)(?P<zh>[一二三四五六日天])"
)


def scan_wide(text: str, anchor: date | None) -> tuple[Tokens, list[Found]]:
    """Return the dates of a text, and tokens that are their spans; `anchor` gives the year of a day without one."""
    tokens = Tokens(text, [], [], [])
    found: list[Found] = []
    for match in _EXPRESSION.finditer(text):
        expression = _read(match, len(tokens.words), anchor)
        if expression is not None:
            found.append(expression)
            tokens.words.append(match[0])
            tokens.starts.append(match.start())
            tokens.ends.append(match.end() - (1 if match[0].endswith(("(", "（")) else 0))
    return tokens, found


def _read(match: re.Match[str], place: int, anchor: date | None) -> Found | None:
    if match["day"] is not None:
        return _day(match, place, anchor)
    if match["year_of_month"] is not None:
        year, month = int(match["year_of_month"]), int(match["month_alone"])
        return dated(place, place + 1, f"{year:04d}-{month:02d}") if year > 0 and 1 <= month <= 12 else None
    if match["y"] is not None:
        return _full(place, int(match["y"]), int(match["m"]), int(match["d"]))
    weekday = _WEEKDAYS[match["ja"] or match["ko"] or match["zh"]]
    return Found(place, place + 1, f"XXXX-WXX-{weekday}")


def _day(match: re.Match[str], place: int, anchor: date | None) -> Found | None:
    month, number = int(match["month"]), int(match["day"])
    if match["year"] is not None:
        return _full(place, int(match["year"]), month, number)
    if not 1 <= month <= 12 or not 1 <= number <= days_in_month(2024, month):
        return None
    weekday = _WEEKDAYS[match["beside"]] if match["beside"] else None
    day = nearest_year(month, number, anchor, weekday)
    if day is None:
        return Found(place, place + 1, f"XXXX-{month:02d}-{number:02d}")
    return dated(place, place + 1, day.isoformat(), anchor_on=anchor, source="published")


def _full(place: int, year: int, month: int, number: int) -> Found | None:
    if year < 1 or not 1 <= month <= 12 or not 1 <= number <= days_in_month(year, month):
        return None
    return dated(place, place + 1, f"{year:04d}-{month:02d}-{number:02d}")
