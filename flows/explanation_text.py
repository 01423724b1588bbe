"""An explanation as lines of text, with rich markup: the page in reading order, what was removed beside its rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flows.comparisons import mark_differences

Row = dict[str, Any]

#: Marks that tell kept from removed without colours.
KEPT, REMOVED = "│", "✂"
#: Passages of a pair, and changes of a version, that are told; JSON has all.
SHOWN_PASSAGES, SHOWN_CHANGES = 3, 12


@dataclass(frozen=True, slots=True)
class Told:
    """A line of an explanation: a text that is wrapped beside a label."""

    label: str
    mark: str
    text: str
    label_style: str
    text_style: str = ""

    @property
    def indent(self) -> int:
        return len(self.label) + len(self.mark) + 4


@dataclass(frozen=True, slots=True)
class Compared:
    """Two marked texts side by side, or one below the other where there is no room."""

    label: str
    text: str
    other_label: str
    other_text: str


def tell(explanation: Row) -> Iterator[str | Told | Compared]:
    """Yield the lines of what `flows.explanations.explain_target` found."""
    if explanation["kind"] == "event":
        yield from _tell_event(explanation)
        return
    yield from _tell_document(explanation)
    for article in explanation["articles"]:
        yield from _tell_article(article)
    yield from _tell_blocks(explanation["blocks"])
    yield from _tell_removals(explanation["blocks"], explanation["removals"])


def _tell_blocks(blocks: Sequence[Row]) -> Iterator[str | Told]:
    """Tell the page in reading order: each kept block beside its kind, each removed one beside its rule."""
    shown = [block for block in blocks if block["kind"] != "whitespace" and block["text"].strip()]
    labels = [block["kind"] if block["is_kept"] else block["removed_by"] for block in shown]
    width = max(map(len, labels), default=0)
    yield ""
    yield f"[bold]Page[/]  in reading order: kind {KEPT} text that is kept; rule {REMOVED} text that it removed"
    article = None
    for label, block in zip(labels, shown, strict=True):
        if block["is_kept"] and block["article_id"] != article:
            article = block["article_id"]
            yield f"  [bold]article {article}[/]"
        text = block["text"].strip("\r\n ")
        restored = f"{block['restored_rule']}, restored" if block["restored_rule"] else None
        notes = "; ".join(note for note in (restored, block["evidence"]) if note)
        text += f"  ({notes})" if notes else ""
        if block["is_kept"]:
            yield Told(label.rjust(width), KEPT, text, "cyan")
        else:
            yield Told(label.rjust(width), REMOVED, text, "red", "dim")


def _tell_removals(blocks: Sequence[Row], removals: Sequence[Row]) -> Iterator[str]:
    """Count what was kept and removed, rule by rule, and say how to keep it."""
    kept = [len(block["text"].strip()) for block in blocks if block["is_kept"] and block["kind"] != "whitespace"]
    yield ""
    yield f"[bold]Kept[/]     {len(kept)} blocks, {sum(kept):,} characters"
    total = sum(row["character_count"] for row in removals)
    yield f"[bold]Removed[/]  {sum(row['block_count'] for row in removals)} blocks, {total:,} characters"
    for row in removals:
        count = f"{row['block_count']:>5} blocks {row['character_count']:>8,} characters"
        yield f"  [red]{row['rule']:<23}[/]{count}  [dim]{escape(row['removes'])}[/]"
    restorable = [row["rule"] for row in removals if row["can_be_restored"]]
    if restorable:
        yield "To keep what a rule removes, run again with it named:"
        yield f"  dateline run INPUT… --restore-rule {restorable[0]}"
        yield f"  DATELINE_RESTORE_RULES={','.join(restorable[:2])} dateline run INPUT…"


def _tell_document(explanation: Row) -> Iterator[str]:
    document = explanation["document"]
    yield f"[bold]Document[/] {document['document_id']}  {document['status']}"
    yield f"  {escape(document['uri'])}"
    encoding = f"{document['encoding']} ({document['encoding_source']})"
    yield f"  {document['media_type']}, {encoding}, {document['byte_length']:,} bytes"
    for refused in explanation["quarantine"]:
        yield f"  [bold red]refused[/] at {refused['stage']}: {refused['reason']}: {escape(refused['detail'])}"


def _tell_article(article: Row) -> Iterator[str | Compared]:
    place = f"characters {article['char_start']}–{article['char_end']}"
    yield ""
    yield f"[bold]Article[/] {article['article_id']}  {article['role']}, {place}"
    yield f"  title      {escape(article['title'] or '(none on the page)')}"
    yield f"  publisher  {escape(article['publisher'] or 'unknown')}"
    yield f"  byline     {escape(article['byline'] or 'none')}"
    bounds = f"between {article['published_earliest_on'] or '?'} and {article['published_latest_on'] or '?'}"
    yield f"  published  {article['published_on'] or 'unknown'}  by {article['published_source']} ({bounds})"
    standing = "canonical" if article["is_canonical"] else "a copy"
    yield f"  cluster    {article['cluster_id']} ({standing})   story {article['story_id']}"
    yield from _tell_versions(article["versions"], article["article_id"])
    for pair in article["duplicates"]:
        yield from _tell_pair(pair)
    for expression in article["time_expressions"]:
        anchor = f"  counted from {expression['anchor_on']} ({expression['anchor_source']})"
        counted = anchor if expression["anchor_on"] else ""
        yield f"  [green]time[/]  {escape(expression['text']):<28} {expression['value']}{counted}"
    for event in article["events"]:
        dated = f"{event['value']:<22} {event['status']:<12}"
        yield f"  [yellow]event[/] {dated} {escape(_short(event['text']))}  (by {event['date_source']})"
    yield from _tell_names(article)


def _tell_names(article: Row) -> Iterator[str]:
    """Tell whom and what an article names, under which forms, and what it quotes of whom."""
    for entity in article["entities"]:
        other = [form for form in entity["forms"] if form != entity["name"]]
        written = f"  as {', '.join(other)}" if other else ""
        label = {"organisation": "org"}.get(entity["kind"], entity["kind"])
        yield f"  [cyan]{label:<6}[/] {escape(entity['name']):<28} {entity['mention_count']} ×{escape(written)}"
    for quote in article["quotes"]:
        speaker = quote["name"] or f"{quote['speaker'] or 'nobody'}: {quote['unresolved_reason']}"
        yield f"  [magenta]quote[/]  {escape(speaker):<28} “{escape(_short(quote['text']))}”"


def _tell_pair(pair: Row) -> Iterator[str | Compared]:
    name = escape(pair["title"] or pair["publisher"] or "untitled")
    figures = f"containment {pair['containment']:.2f}, resemblance {pair['resemblance']:.2f}"
    for label in ("number", "name"):
        if pair[f"{label}_agreement"] is not None:
            figures += f", {label}s {pair[f'{label}_agreement']:.2f}"
    standing = "the same copy" if pair["is_same_copy"] else "not the same article"
    yield f"  [magenta]{pair['relation']}[/] {pair['other_id']} {name}"
    yield f"    {figures}, score {pair['score']:.2f}: {standing}"
    longest = sorted(pair["passages"], key=lambda passage: passage["here_start"] - passage["here_end"])[:SHOWN_PASSAGES]
    for passage in sorted(longest, key=lambda passage: passage["here_start"]):
        differences = passage["differences"]
        yield Compared(
            f"here {passage['here_start']}–{passage['here_end']}",
            mark_differences(passage["here"], differences, "here"),
            f"there {passage['there_start']}–{passage['there_end']}",
            mark_differences(passage["there"], differences, "there"),
        )
    if len(pair["passages"]) > SHOWN_PASSAGES:
        yield f"    and {len(pair['passages']) - SHOWN_PASSAGES} shorter passages, which --format json lists"


def _tell_versions(versions: Sequence[Row], article_id: str) -> Iterator[str]:
    """Tell the versions of an article in order of time, each with what it took out and put in."""
    for version in versions:
        time = version["stated_modified_at"] or version["stated_published_at"] or version["fetched_at"]
        notes = [name for name in ("is_latest", "has_notice") if version[name]]
        shown = {"is_latest": "latest", "has_notice": "with a notice of correction"}
        told = "".join(f", {shown[name]}" for name in notes) + (", this one" * (version["article_id"] == article_id))
        counts = f"+{version['added_word_count']} −{version['removed_word_count']} words"
        number = f"{version['version']} of {version['version_count']}"
        yield f"  [blue]version[/] {number} {version['article_id']} {time or 'at an unknown time'}  {counts}{told}"
        for removed, added in list(zip(version["removed"], version["added"], strict=True))[:SHOWN_CHANGES]:
            sides = [f"[red]\\[-{escape(_short(removed))}-][/]"] * bool(removed)
            sides += [f"[green]{{+{escape(_short(added))}+}}[/]"] * bool(added)
            yield f"      {' '.join(sides)}"


def _tell_event(explanation: Row) -> Iterator[str]:
    event = explanation["event"]
    yield f"[bold]Event[/] {event['event_id']}  {event['status']}"
    yield f"  {escape(event['description'])}"
    yield f"  when   {event['value']} ({event['granularity']}: {event['begin_on']} to {event['end_on'] or 'open'})"
    yield f"  where  {escape(event['place'] or 'not named')}"
    yield f"  who    {escape(', '.join(event['actors']) or 'not named')}"
    yield f"  told by {event['article_count']} articles of {event['publisher_count']} known publishers"
    for side in explanation["disagreements"]:
        told = f"{side['value']} in {side['article_count']} articles"
        yield f"  [red]disagreement[/] {told}: {escape(_short(side['sentence']))}"
    for mention in explanation["mentions"]:
        yield from _tell_mention(mention)


def _tell_mention(mention: Row) -> Iterator[str]:
    evidence = f"“{mention['expression']}”" if mention["expression"] else "no expression of its own"
    source = escape(mention["title"] or mention["publisher"] or "untitled")
    place = f"characters {mention['char_start']}–{mention['char_end']} of {escape(mention['uri'])}"
    yield ""
    yield f"  {mention['value']} {mention['status']}, dated by {mention['date_source']} ({escape(evidence)})"
    yield f"    {escape(mention['sentence'])}"
    yield f"    [dim]{source}, {mention['published_on']}, {place}[/]"


def _short(text: str, limit: int = 110) -> str:
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def escape(text: str) -> str:
    """Protect square brackets, which rich would read as markup."""
    return text.replace("[", "\\[")
