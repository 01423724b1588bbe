"""Score decoding on pages whose text is known: written in the encodings their languages came in.

    python benchmarks/encodings.py PAGES.jsonl.gz... [--pages 12] [--errors]

Each input holds records with `html` (Unicode). A page's language is that of its `lang` attribute; it is written in
every encoding that its language came in, and in UTF-8 and UTF-16, each

- declared: a `meta` element names the encoding;
- header: the page says nothing, the HTTP header names it;
- absent: nothing names it;
- lying: the page says `utf-8` (UTF-8 pages: `iso-8859-1`);
- lying-latin: the HTTP header says `iso-8859-1`, as servers do by default;
- text: the page's words without markup, named by nothing.

Characters that an encoding lacks are written as character references, as content systems do. A page counts as exact
where every character comes back. Printed is a table of shares, one line an encoding.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tasks.parse.decoding import Decoded, decode

WESTERN = ("windows-1252", "iso-8859-1", "iso-8859-15")
CENTRAL = ("windows-1250", "iso-8859-2")
CYRILLIC = ("windows-1251", "koi8-r", "iso-8859-5")
ENCODINGS = {
    **dict.fromkeys(("en", "de", "fr", "es", "it", "nl", "pt", "da", "no", "nb", "sv", "fi", "ca", "is"), WESTERN),
    **dict.fromkeys(("pl", "cs", "hu", "sk", "sl", "hr", "ro"), CENTRAL),
    **dict.fromkeys(("ru", "bg"), CYRILLIC),
    "uk": ("windows-1251", "koi8-u", "iso-8859-5"),
    "el": ("windows-1253", "iso-8859-7"), "tr": ("windows-1254", "iso-8859-9"), "he": ("windows-1255", "iso-8859-8"),
    "ar": ("windows-1256", "iso-8859-6"), "fa": ("windows-1256",), "th": ("windows-874",), "vi": ("windows-1258",),
    **dict.fromkeys(("lt", "lv", "et"), ("windows-1257", "iso-8859-13")),
    "ja": ("shift_jis", "euc-jp", "iso-2022-jp"), "zh": ("gb18030", "gbk", "big5"), "ko": ("euc-kr",),
}  # fmt: skip
EVERYWHERE = ("utf-8", "utf-16-le", "utf-16-be", "utf-16")
CODEC = {"shift_jis": "cp932", "euc-kr": "cp949", "big5": "big5hkscs", "windows-874": "cp874"}
CASES = ("declared", "header", "absent", "lying", "lying-latin", "text")

LANGUAGE = re.compile(r"<html[^>]{0,500}?\blang\s*=\s*[\"']?([a-zA-Z]{2})", re.IGNORECASE)
DECLARATION = re.compile(r"<meta[^>]{0,200}charset[^>]{0,200}>|<\?xml[^>]{0,200}>", re.IGNORECASE)
MARKUP = re.compile(r"<(script|style)\b.*?</\1\s*>|<[^<>]*>", re.IGNORECASE | re.DOTALL)


def pages_by_language(paths: Sequence[Path], limit: int) -> dict[str, list[str]]:
    """Read at most `limit` pages of each language, without the declarations they have."""
    pages: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                page = DECLARATION.sub("", json.loads(line)["html"].replace("\ufeff", "").replace("\0", ""))
                found = LANGUAGE.search(page[:5000])
                lang = found[1].lower() if found else ""
                if lang in ENCODINGS and len(pages[lang]) < limit and not page.isascii():
                    pages[lang].append(page)
    return pages


def cases_of(page: str, encoding: str) -> Iterator[tuple[str, bytes, str, str | None, bool]]:
    """Yield (case, bytes, expected text, HTTP charset, whether it is markup) for a page in an encoding."""
    codec = CODEC.get(encoding, encoding)
    wide = encoding.startswith("utf-16")

    def write(text: str) -> tuple[bytes, str]:
        content = text.encode(codec, "xmlcharrefreplace")
        return content, content.decode(codec)

    for case in CASES:
        lie = "iso-8859-1" if encoding == "utf-8" else "utf-8"
        declared = {"declared": f'<meta charset="{encoding}">', "lying": f'<meta charset="{lie}">'}.get(case, "")
        header = {"header": encoding, "lying-latin": "iso-8859-1"}.get(case)
        if case == "lying-latin" and encoding in WESTERN:
            continue  # no lie
        text = re.sub(r"\s*\n\s*", "\n", MARKUP.sub(" ", page)).strip() if case == "text" else declared + page
        content, expected = write(text)
        if content.isascii() and not wide and encoding != "iso-2022-jp":
            continue  # nothing to find out
        yield case, content, expected, header, case != "text"


def score(pages: dict[str, list[str]], show_errors: bool) -> dict[str, dict[str, list[bool]]]:
    """Decode every page in every encoding and case; returns encoding -> case -> whether each was exact."""
    results: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for lang, texts in sorted(pages.items()):
        for encoding in (*ENCODINGS[lang], *EVERYWHERE):
            for number, page in enumerate(texts):
                for case, content, expected, header, is_markup in cases_of(page, encoding):
                    found = decode(content, http_charset=header, is_markup=is_markup)
                    sound = decode(
                        expected.encode(), http_charset="utf-8", is_markup=is_markup
                    )  # repairs what is broken
                    exact = isinstance(found, Decoded) and isinstance(sound, Decoded) and found.text == sound.text
                    results[encoding][case].append(exact)
                    if show_errors and not exact:
                        outcome = f"{found.encoding} ({found.source})" if isinstance(found, Decoded) else found.reason
                        print(lang, number, encoding, case, outcome, sep="\t")
    return results


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("inputs", nargs="+", type=Path, help="files of pages, .jsonl.gz")
    parser.add_argument("--pages", type=int, default=12, help="pages of each language (default 12)")
    parser.add_argument("--errors", action="store_true", help="list what did not come back exactly")
    options = parser.parse_args(arguments)
    pages = pages_by_language(options.inputs, options.pages)
    if not pages:
        print("no pages with a known language that hold more than ASCII", file=sys.stderr)
        return 2
    began = time.process_time()
    results = score(pages, options.errors)
    print("pages:", ", ".join(f"{lang} {len(texts)}" for lang, texts in sorted(pages.items())))
    print(f"{'encoding':14}" + "".join(f"{case:>13}" for case in CASES))
    for encoding in sorted(results):
        shares = [results[encoding].get(case) for case in CASES]
        print(f"{encoding:14}" + "".join(f"{sum(s) / len(s):13.3f}" if s else f"{'-':>13}" for s in shares))
    every = {case: [exact for rows in results.values() for exact in rows.get(case, ())] for case in CASES}
    print(f"{'all':14}" + "".join(f"{sum(every[case]) / max(1, len(every[case])):13.3f}" for case in CASES))
    count = sum(map(len, every.values()))
    print(f"{count} decodings, {(time.process_time() - began) / max(1, count) * 1000:.1f} ms each (twice decoded)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
