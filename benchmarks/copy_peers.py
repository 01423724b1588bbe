"""Compare dedupe with other deduplicators on a labelled set, in one run: accuracy of the clusters, articles a second.

    python benchmarks/copy_peers.py ../shared/bench/dedupe/dev.jsonl.gz

The set is as in `dedupe.py`. The peers are MinHash with locality-sensitive hashing over shingles of five words, 128
permutations, and articles are together when a chain of pairs ties them: datasketch (Python and numpy; pairs checked by
their estimated similarity), rensa (Rust, called from Python; pairs checked likewise) and text-dedup (its own functions
for signatures and groups, without its reading and writing of files; it checks no pairs). A peer that is not installed
is named with the command that installs it. Ours does all that the stage does: copies, evidence, versions, stories.
Prints one JSON object for each set and deduplicator.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from dedupe import as_article, pair_figures, read_rows

from tasks.dedupe import dedupe_articles

SHINGLE_WORDS, PERMUTATIONS, BANDS = 5, 128, 32
#: A deduplicator: labelled rows and a threshold in, a label for each row out.
Deduplicator = Callable[[Sequence[dict[str, Any]], float], list[Any]]


def shingles(text: str) -> list[str]:
    """List the runs of five lower-case words of a text."""
    words = text.lower().split()
    return [" ".join(words[at : at + SHINGLE_WORDS]) for at in range(max(1, len(words) - SHINGLE_WORDS + 1))]


def chain(count: int, pairs: Iterable[tuple[int, int]]) -> list[int]:
    """Label what chains of pairs tie together."""
    root = list(range(count))

    def find(number: int) -> int:
        while root[number] != number:
            root[number] = root[root[number]]
            number = root[number]
        return number

    for one, two in pairs:
        one, two = find(one), find(two)
        root[max(one, two)] = min(one, two)
    return [find(number) for number in range(count)]


def by_dateline(rows: Sequence[dict[str, Any]], threshold: float) -> list[Any]:
    """Dedupe as the stage does; the threshold is not asked for."""
    result = dedupe_articles([as_article(row) for row in rows])
    return [result.assignments[row["id"]].cluster_id for row in rows]


def by_datasketch(rows: Sequence[dict[str, Any]], threshold: float) -> list[Any]:
    """MinHash and LSH of datasketch."""
    from datasketch import MinHash, MinHashLSH

    index, signatures = MinHashLSH(threshold=threshold, num_perm=PERMUTATIONS), []
    for number, row in enumerate(rows):
        signature = MinHash(num_perm=PERMUTATIONS)
        signature.update_batch([shingle.encode() for shingle in shingles(row["text"])])
        signatures.append(signature)
        index.insert(number, signature)
    return chain(len(rows), _verified(index, signatures, threshold))


def by_rensa(rows: Sequence[dict[str, Any]], threshold: float) -> list[Any]:
    """MinHash and LSH of rensa."""
    from rensa import RMinHash, RMinHashLSH

    index, signatures = RMinHashLSH(threshold=threshold, num_perm=PERMUTATIONS, num_bands=BANDS), []
    for number, row in enumerate(rows):
        signature = RMinHash(num_perm=PERMUTATIONS, seed=1)
        signature.update(shingles(row["text"]))
        signatures.append(signature)
        index.insert(number, signature)
    return chain(len(rows), _verified(index, signatures, threshold))


def _verified(index: Any, signatures: Sequence[Any], threshold: float) -> Iterable[tuple[int, int]]:
    for number, signature in enumerate(signatures):
        for other in index.query(signature):
            if other < number and signatures[other].jaccard(signature) >= threshold:
                yield other, number


def by_text_dedup(rows: Sequence[dict[str, Any]], threshold: float) -> list[Any]:
    """MinHash of text-dedup, in its default configuration but for permutations and threshold."""
    from text_dedup.minhash import RNG, SIGNATURE_COLUMN, embed_func
    from text_dedup.utils import optimal_param, sha1_hash

    bands, width = optimal_param(threshold, PERMUTATIONS, false_positive_weight=0.5, false_negative_weight=0.5)
    prime = np.uint64((1 << 61) - 1)
    permutations = tuple(RNG.randint(low, prime, size=(PERMUTATIONS,), dtype=np.uint64) for low in (1, 0))
    tables: list[dict[bytes, list[int]]] = [defaultdict(list) for _ in range(bands)]
    for number, row in enumerate(rows):
        embedded = embed_func(
            row["text"],
            number,
            num_perm=PERMUTATIONS,
            ngram_size=SHINGLE_WORDS,
            min_length=0,
            hashranges=[(band * width, (band + 1) * width) for band in range(bands)],
            permutations=permutations,
            hash_func=lambda data: sha1_hash(data, d=32),
            dtype=np.uint64,
            max_hash=np.uint32((1 << 32) - 1),
            modulo_prime=prime,
        )
        for table, part in zip(tables, embedded[SIGNATURE_COLUMN], strict=True):
            table[part].append(number)
    groups = (group for table in tables for group in table.values())
    return chain(len(rows), ((group[0], other) for group in groups for other in group[1:]))


#: Name, module and function of each deduplicator.
DEDUPLICATORS: tuple[tuple[str, str, Deduplicator], ...] = (
    ("dateline", "tasks", by_dateline),
    ("datasketch", "datasketch", by_datasketch),
    ("rensa", "rensa", by_rensa),
    ("text-dedup", "text_dedup", by_text_dedup),
)


def measure(path: Path, threshold: float, repeat: int) -> Iterable[dict[str, Any]]:
    """Measure each deduplicator on one set; the speed is that of its fastest run, in processor seconds of one core."""
    rows = read_rows(path)
    for name, module, dedupe in DEDUPLICATORS:
        figures: dict[str, Any] = {"set": path.name, "deduplicator": name}
        if importlib.util.find_spec(module) is None:
            yield figures | {"not_measured": f"not installed: pip install {name}"}
            continue
        seconds = []
        for _ in range(repeat):
            started = time.process_time()
            found = dedupe(rows, threshold)
            seconds.append(time.process_time() - started)
        yield (
            figures
            | pair_figures([row["cluster_id"] for row in rows], found)
            | {
                "seconds": round(min(seconds), 2),
                "articles_per_second": round(len(rows) / min(seconds)),
            }
        )


def main() -> None:
    """Read the command line and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", type=Path, metavar="FILE", help="labelled articles, .jsonl or .jsonl.gz")
    parser.add_argument("--threshold", type=float, default=0.5, help="similarity asked of the peers (default: 0.5)")
    parser.add_argument("--repeat", type=int, default=1, help="runs of each, at least 1 (default: 1)")
    arguments = parser.parse_args()
    for path in arguments.sets:
        for figures in measure(path, arguments.threshold, max(1, arguments.repeat)):
            print(json.dumps(figures), flush=True)


if __name__ == "__main__":
    main()
