"""The address of a page: its canonical form where the page states one, else what it was fetched from."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from tasks.parse.page_head import PageHead
from tasks.records import Stated

#: Parameters of addresses that only say where a reader came from.
TRACKING = re.compile(
    r"(?:^|&)(?:utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|srsltid|wt_mc|cmpid|ocid|ref_src)=",
    re.IGNORECASE,
)


def choose_url(head: PageHead, url: str | None) -> Stated | None:
    """Choose the canonical address."""
    base = urljoin_safely(url or next(iter(head.stated("url")), ""), head.base or "")
    if head.canonical and (address := urljoin_safely(base, head.canonical)).startswith(("http://", "https://")):
        return Stated(address, "canonical-link")
    for address in head.stated("url"):
        if address.startswith(("http://", "https://")):
            return Stated(address, "meta")
    return Stated(without_tracking(url), "input") if url else None


def without_tracking(url: str) -> str:
    """Drop the parameters of an address that only say where its reader came from.

    >>> without_tracking("https://example.org/a?id=3&utm_source=x&fbclid=y")
    'https://example.org/a?id=3'
    """
    address, mark, query = url.partition("?")
    if not mark or not TRACKING.search(query):
        return url
    query, hash_mark, fragment = query.partition("#")
    kept = "&".join(part for part in query.split("&") if not TRACKING.match("&" + part))
    return address + ("?" + kept if kept else "") + hash_mark + fragment


def settle_url(stated: str, page: Stated | None) -> Stated:
    """Settle the address of a page that the input states: in its canonical form where the page gives that."""
    place = stated.partition("?")[0].partition("#")[0]
    if page is not None and page.source == "canonical-link" and page.value.partition("?")[0] == place:
        return page
    has_canonical = page is not None and page.source != "input"
    return Stated(stated if has_canonical else without_tracking(stated), "input")


def urljoin_safely(base: str, address: str) -> str:
    """Join an address to its base; one that is malformed comes back as it is."""
    try:
        return urljoin(base, address)
    except ValueError:
        return address
