"""Choose a page's title: the headline its readers see, without the name of the site."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from tasks.parse.page_head import PageHead
from tasks.parse.structured_data import StructuredData, plain, type_of
from tasks.records import Stated

MAX_TITLE = 500
MAX_SITE_NAME = 50
#: Separators between a headline and the name of the site, as publishers write them.
#: White space is looked through from its beginning only, or a long run of it would be once for each of its characters.
SEPARATOR = re.compile(r"(?<!\s)\s++[|–—\-·•»«:›]++\s+|(?:(?<!\s)\s++)?[|»›]\s*|\s::\s")
NEWS_TYPE = re.compile(r"NewsArticle$|LiveBlogPosting$|^Reportage")
WORD = re.compile(r"\w+")
#: Share of words that two spellings of one headline have in common at least.
AGREEMENT = 0.6
ONE_SPELLING = str.maketrans("‘’“”„«»–—‐‑\u2060\u00ad", '\'\'"""""----  ')


def choose_title(head: PageHead, data: StructuredData, headlines: Iterable[str], site: str | None) -> Stated | None:
    """Choose among JSON-LD, meta elements, visible headlines and the title element.

    `headlines` are the texts of the page's h1 elements. A machine-readable title is trusted for what the page is
    about, a visible one for how it is spelled: where they agree, the visible one is taken. Newsrooms write the headline
    of a NewsArticle themselves and it is taken as it is; other pages' JSON-LD is mostly filled by plug-ins.
    """
    visible = [text for text in headlines if text and not _is_site_name(text, site)]
    stated = _stated_titles(head, data, site)
    if stated and stated[0].source == "json-ld" and NEWS_TYPE.search(type_of(data.article)):
        return _shown_name(data, stated[0], visible) or stated[0]
    for title in stated:
        twin = max(visible, key=lambda text: agreement(text, title.value), default=None)
        if twin is not None and agreement(twin, title.value) >= AGREEMENT:
            same = next((other for other in stated if _squeeze(other.value) == _squeeze(twin)), None)
            if same is None and _is_kicker_before(twin, title.value):
                same = title
            return same or Stated(twin[:MAX_TITLE], "visible-text")
    if stated:
        return stated[0]
    return Stated(visible[0][:MAX_TITLE], "visible-text") if visible else None


def _shown_name(data: StructuredData, stated: Stated, visible: Sequence[str]) -> Stated | None:
    """Take the node's `name` where that is what the page shows and its `headline` is not but is made for searches."""
    shown = {_squeeze(text) for text in visible}
    name = plain(data.article.get("name"))
    if name is None or _squeeze(stated.value) in shown or _squeeze(name) not in shown:
        return None
    return Stated(name[:MAX_TITLE], "json-ld")


def _is_kicker_before(visible: str, title: str) -> bool:
    """Tell whether a visible headline is the stated one after a kicker and a dash: "Northern storm - Ports shut"."""
    kicker = visible[: len(visible) - len(title)]
    return bool(kicker) and visible.endswith(title) and re.search(r"\s[-–—|]\s$", kicker) is not None


def _squeeze(text: str) -> str:
    """Reduce a headline to its letters and marks: without white space, with one kind of quotes and dashes."""
    return "".join(text.translate(ONE_SPELLING).split()).lower()


def _stated_titles(head: PageHead, data: StructuredData, site: str | None) -> list[Stated]:
    titles: list[Stated] = []
    if (headline := plain(data.article.get("headline")) or plain(data.article.get("name"))) is not None:
        titles.append(Stated(_without_domain(headline, site)[:MAX_TITLE], "json-ld"))
    titles.extend(Stated(strip_site_name(text, site)[:MAX_TITLE], "meta") for text in head.stated("title"))
    if head.title:
        titles.append(Stated(strip_site_name(head.title, site)[:MAX_TITLE], "title-element"))
    return [title for title in titles if title.value and not _is_site_name(title.value, site)]


def _without_domain(headline: str, site: str | None) -> str:
    """Cut the site's name or domain off a headline that ends with it: "Ports shut - Example.org"."""
    *_, last = SEPARATOR.split(headline)
    own = (site or "").lower().removeprefix("www.").partition(".")[0].strip()
    if last != headline and own and last.lower().partition(".")[0].strip() == own:
        return strip_site_name(headline, last)
    return headline


def strip_site_name(title: str, site: str | None) -> str:
    """Cut the name of the site, and of its section, off a title.

    >>> strip_site_name("Rain stops play - Sport | The Example", "The Example")
    'Rain stops play - Sport'
    >>> strip_site_name("Rain stops play | Daily News", None)
    'Rain stops play'
    """
    parts = [(match.start(), match.end()) for match in SEPARATOR.finditer(title)]
    if not parts:
        return title
    start, end = parts[-1]
    last, first = title[end:], title[: parts[0][0]]
    if site:
        if _is_site_name(last, site):
            return title[:start].strip()
        if _is_site_name(first, site):
            return title[parts[0][1] :].strip()
        return title
    return title[:start].strip() if len(WORD.findall(last)) <= 4 <= len(WORD.findall(title[:start])) else title


def site_name_after(headline: str, title: str) -> str | None:
    """Read the name of the site off a title element that begins with the headline.

    >>> site_name_after("Rain stops play", "Rain stops play - Sport | The Example")
    'The Example'
    """
    if not title.lower().startswith(headline.lower()):
        return None
    parts = [part.strip() for part in SEPARATOR.split(title[len(headline) :] + " ") if part.strip()]
    return parts[-1] if parts and len(parts[-1]) <= MAX_SITE_NAME and SEPARATOR.match(title, len(headline)) else None


def agreement(left: str, right: str) -> float:
    """Tell how far two texts are the same headline, 0 to 1: the share of the shorter one's words in the other."""
    ours, theirs = WORD.findall(left.lower()), WORD.findall(right.lower())
    if not ours or not theirs:
        return 0.0
    if ours == theirs:
        return 1.0
    shorter, longer = sorted((set(ours), set(theirs)), key=len)
    if len(shorter) < 3 and len(longer) > 2 * len(shorter):
        return 0.0
    return len(shorter & longer) / len(shorter) * (0.5 + 0.5 * min(1.0, 2 * len(shorter) / len(longer)))


def _is_site_name(text: str, site: str | None) -> bool:
    if not site:
        return False
    ours, theirs = "".join(WORD.findall(text.lower())), "".join(WORD.findall(site.lower()))
    if not ours or not theirs:
        return False
    if ours == theirs or ours in (theirs + "com", "www" + theirs):
        return True
    if len(ours) >= 40:
        return False
    matcher = SequenceMatcher(None, ours, theirs)  # its two upper bounds are far cheaper than the ratio
    return matcher.real_quick_ratio() > 0.8 and matcher.quick_ratio() > 0.8 and matcher.ratio() > 0.8
