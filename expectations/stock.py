"""Great Expectations' own expectation types, as `gxe`. Importing this imports Great Expectations, which takes seconds.

The library's package does not declare what it exports, so type checkers know nothing of it either way.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

gxe: Any = import_module("great_expectations.expectations")
