"""The HTML page in headless Chromium, at desktop and phone width, light and dark, by keyboard and without a network."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from websockets.sync.client import ClientConnection, connect

from expectations.reports import (
    QualityReport,
    Refusals,
    RemovedText,
    RunSummary,
    StageCount,
    TrendPoint,
    render_html,
)
from expectations.validations import Passage, Validation

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")

NOON = datetime(2025, 8, 7, 12)
HELD = Validation(
    "run-1", "clean", "clean", 0, "articles-have-text", "expect_no_offenders", "Every article has a text.", "critical",
    "pass", "0 offenders", (), "Why: a test.\nUsually broken by: nothing.\nOffenders: select 1", NOON,
)  # fmt: skip
FAILED = replace(
    HELD, ordinal=1, expectation="no-" + "boilerplate-" * 6 + "at-all", outcome="fail", observed="2 of 90 rows",
    failing_ids=("one", "two", *(f"{n:020x}" for n in range(300))),
)  # fmt: skip
WARNED = replace(FAILED, ordinal=2, expectation="drift", severity="warning", failing_ids=(), is_about_drift=True)
ERRED = replace(FAILED, ordinal=3, expectation="errs", outcome="error", observed="Binder Error: " + "x" * 300)
PASSAGE = Passage(
    "run-1", "clean", FAILED.expectation, 0, "one", "kind paragraph", "d" * 20, f"file:///{'news/' * 30}a.html",
    "A title", 900, 928, "the end of it.\n", "Subscribe " * 40 + "w" * 200, "\nThe council met on",
)  # fmt: skip
STAGES = (("discover", "record"), ("parse", "document"), ("clean", "document"), ("dedupe", "article"))

REPORTS = {
    "failed": QualityReport(
        RunSummary("20250807T120000Z-1a2b3c", NOON, NOON, "gate-failed", "The `clean` gate did not pass.", None),
        (HELD, FAILED, WARNED, ERRED),
        tuple(StageCount(stage, unit, 1_234_567, 1_234_000, 500, 67, 0.25) for stage, unit in STAGES),
        tuple(
            TrendPoint(
                f"2025{n:04}T120000Z-1a2b3c", NOON + timedelta(days=n), "published", 150, n % 2, n % 3, n % 5, n, n, n
            )
            for n in range(20)
        ),
        (RemovedText("newsletter-box", "Tribune", 3, 400), RemovedText("navigation", None, 9, 4000)),
        (Refusals("parse", "empty", 1),),
        (PASSAGE, replace(PASSAGE, ordinal=1, identifier="two")),
    ),
    "passed": QualityReport(
        RunSummary("run-1", NOON, NOON, "published", None, "run-1"),
        (HELD,),
        trend=(TrendPoint("run-1", NOON, "published", 1, document_count=4, article_count=3),),
    ),
    "nothing": QualityReport(RunSummary("run-1", NOON, None, "failed", "No space left."), ()),
}

#: The lowest contrast of all text that is shown with what lies under it, as WCAG 2.2 computes it, and whose it is.
LOWEST_CONTRAST = """(() => {
  const luminance = c => { const [r, g, b] = c.match(/[\\d.]+/g).map(Number).map(v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4); return .2126 * r + .7152 * g + .0722 * b; };
  const ground = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if (!/, 0\\)|transparent/.test(c)) return c; } return 'rgb(255, 255, 255)'; };
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  for (let n; n = walk.nextNode();) {
    const e = n.parentElement;
    if (!n.data.trim() || !e.getClientRects().length || e.closest('svg, style')) continue;
    const [high, low] = [luminance(getComputedStyle(e).color), luminance(ground(e))].sort((a, b) => b - a);
    found.push([(high + .05) / (low + .05), e.tagName + '.' + e.className]);
  }
  return found.sort((a, b) => a[0] - b[0])[0];
})()"""
FOCUSED = """(() => {
  const e = document.activeElement, s = getComputedStyle(e), r = e.getBoundingClientRect();
  return [e.tagName, e.innerText.trim(), s.outlineStyle, parseFloat(s.outlineWidth), r.left >= 0 && r.width > 0];
})()"""


@dataclass
class Tab:
    """A page of the browser, told what to do by the DevTools protocol."""

    socket: ClientConnection
    requests: list[str] = field(default_factory=list)
    number: int = 0

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        self.number += 1
        self.socket.send(json.dumps({"id": self.number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self.socket.recv(timeout=30))
            if message.get("method") == "Network.requestWillBeSent":
                self.requests.append(message["params"]["request"]["url"])
            if message.get("id") == self.number:
                assert "error" not in message, message
                return dict(message["result"])

    def ask(self, expression: str) -> Any:
        return self.call("Runtime.evaluate", expression=expression, returnByValue=True)["result"].get("value")

    def open(self, page: Path, width: int, theme: str) -> None:
        self.call("Network.enable")
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=width < 600
        )
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": theme}])
        self.requests.clear()
        self.call("Page.navigate", url=page.as_uri())
        end = time.monotonic() + 20
        while self.ask("[location.href, document.readyState].join(' ')") != f"{page.as_uri()} complete":
            assert time.monotonic() < end
            time.sleep(0.05)

    def press(self, key: str, code: int, text: str = "") -> None:
        for kind in ("keyDown", "keyUp"):
            parameters = {"text": text} if text and kind == "keyDown" else {}
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code, **parameters)


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    profile = tmp_path_factory.mktemp("profile")
    options = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--remote-debugging-port=0",
        f"--user-data-dir={profile}",
    ]
    with subprocess.Popen([str(CHROMIUM), *options, "about:blank"], stderr=subprocess.DEVNULL) as browser:
        try:
            chosen, end = profile / "DevToolsActivePort", time.monotonic() + 60
            while not (chosen.exists() and chosen.read_text().strip()):
                assert time.monotonic() < end, "Chromium did not open its port"
                time.sleep(0.1)
            with urlopen(f"http://127.0.0.1:{chosen.read_text().split()[0]}/json", timeout=30) as answer:
                pages = [target for target in json.load(answer) if target["type"] == "page"]
            with connect(pages[0]["webSocketDebuggerUrl"], max_size=None) as socket:
                yield Tab(socket)
        finally:
            browser.terminate()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    for name, report in REPORTS.items():
        (folder / f"{name}.html").write_text(render_html(report), "utf-8")
    return {name: folder / f"{name}.html" for name in REPORTS}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", REPORTS)
def test_the_page_fits_can_be_read_and_fetches_nothing(
    tab: Tab, pages: dict[str, Path], name: str, width: int, theme: str
) -> None:
    tab.open(pages[name], width, theme)
    tab.ask("document.querySelectorAll('details').forEach(box => box.open = true)")
    assert tab.ask("document.documentElement.scrollWidth") <= width
    contrast, whose = tab.ask(LOWEST_CONTRAST)
    assert contrast >= 4.5, whose
    is_dark = tab.ask("getComputedStyle(document.body).backgroundColor") != "rgb(255, 255, 255)"
    assert is_dark == (theme == "dark")
    assert tab.requests == [pages[name].as_uri()]


def test_every_stop_of_the_keyboard_can_be_seen_and_the_first_skips_the_head(tab: Tab, pages: dict[str, Path]) -> None:
    tab.open(pages["failed"], 1280, "light")
    stops: list[list[Any]] = []
    while len(stops) < 60 and (not stops or stops[-1][0] != "BODY"):  # behind the last stop comes the browser's own
        tab.press("Tab", 9)
        stops.append(tab.ask(FOCUSED))
    assert stops.pop()[0] == "BODY"
    assert stops[0][1] == "Skip to the results"
    assert {"A", "SUMMARY", "UL", "PRE"} & {tag for tag, *_ in stops} >= {"A", "SUMMARY", "UL"}
    unseen = [stop for stop in stops if stop[2] != "solid" or stop[3] < 2 or not stop[4]]
    assert unseen == []


def test_boxes_open_and_links_to_texts_are_followed_by_keyboard(tab: Tab, pages: dict[str, Path]) -> None:
    tab.open(pages["failed"], 390, "dark")
    tab.ask("document.querySelector('.stage > summary').focus()")
    tab.press("Enter", 13, "\r")
    assert tab.ask("document.querySelector('.stage').open") is True
    tab.ask("document.querySelector('.offenders a').focus()")
    tab.press("Enter", 13, "\r")
    top = tab.ask("document.querySelector('.passage:target').getBoundingClientRect().top")
    assert 0 <= top < 900
    assert tab.ask("document.querySelector('.passage:target mark').innerText").startswith("Subscribe")
