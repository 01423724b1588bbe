"""The names of encodings: what pages and servers call them, what Python calls them, what the tables call them."""

from __future__ import annotations

import codecs

#: Labels that browsers read as a wider encoding (WHATWG Encoding Standard), and names that Python spells otherwise.
WIDER_CODEC = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs",
}  # fmt: skip

#: Labels of the same standard, and common misspellings, that Python does not know.
LABELS = {
    "unicode-1-1-utf-8": "utf-8", "unicode11utf8": "utf-8", "unicode20utf8": "utf-8", "x-unicode20utf8": "utf-8",
    "utf8mb4": "utf-8", "iso88591": "cp1252", "iso88592": "iso8859-2", "csisolatin9": "iso8859-15", "koi": "koi8-r",
    "koi8": "koi8-r", "koi8-ru": "koi8-u", "csmacintosh": "mac-roman", "mac": "mac-roman", "x-mac-roman": "mac-roman",
    "x-mac-cyrillic": "mac-cyrillic", "x-mac-ukrainian": "mac-cyrillic", "dos-874": "cp874", "iso885911": "cp874",
    "windows-874": "cp874", "csgb2312": "gb18030", "gb_2312": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030",
    "cn-big5": "big5hkscs", "x-x-big5": "big5hkscs", "cseucpkdfmtjapanese": "euc_jp", "x-euc-jp": "euc_jp",
    "windows-31j": "cp932", "x-sjis": "cp932", "cseuckr": "cp949", "csksc56011987": "cp949", "iso-ir-149": "cp949",
    "ks_c_5601-1989": "cp949", "ksc_5601": "cp949", "windows-949": "cp949", "logical": "iso8859-8",
    "visual": "iso8859-8", "iso-8859-8-i": "iso8859-8", "iso-8859-8-e": "iso8859-8", "csiso88598e": "iso8859-8",
    "sun_eu_greek": "iso8859-7",
}  # fmt: skip

NOT_FOR_PAGES = frozenset({"utf-7", "idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs"})

PUBLIC_NAMES = {
    "cp932": "shift_jis", "cp949": "euc-kr", "big5hkscs": "big5", "cp874": "windows-874", "cp866": "ibm866",
    "mac-roman": "macintosh", "mac-cyrillic": "x-mac-cyrillic", "euc_jp": "euc-jp", "iso2022_jp": "iso-2022-jp",
}  # fmt: skip


def find_codec(label: str | None) -> str | None:
    """Find the codec a browser would use for a label; None for unknown labels and those no page can have."""
    if not label:
        return None
    name = label.strip().strip("\"'").lower()
    if name.startswith(("x-cp125", "win-125", "windows125", "win125", "cp-125")):
        name = "cp" + name[-4:]
    try:
        info = codecs.lookup(LABELS.get(name, name))
    except (LookupError, ValueError):
        return None
    name = WIDER_CODEC.get(info.name, info.name)
    if name in NOT_FOR_PAGES or not getattr(info, "_is_text_encoding", True) or name.startswith(("utf-16", "utf-32")):
        return None
    return "utf-8" if name == "utf-8-sig" else name


def public_name(codec: str) -> str:
    """Spell a codec as the web does.

    >>> public_name("cp1252"), public_name("iso8859-2"), public_name("cp932")
    ('windows-1252', 'iso-8859-2', 'shift_jis')
    """
    if codec.startswith("cp125"):
        return "windows-" + codec[2:]
    if codec.startswith("iso8859"):
        return "iso-8859" + codec[7:]
    return PUBLIC_NAMES.get(codec, codec)
