"""The settings of a run: options of the command line, else `DATELINE_*` variables of the environment, else defaults."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from warehouse.errors import UsageError
from warehouse.layout import WarehouseLayout, layout_of


def usable_cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1)


class Settings(BaseSettings):
    """Everything that changes what a run does. Each field `x` is read from `DATELINE_X`."""

    model_config = SettingsConfigDict(env_prefix="DATELINE_", frozen=True, extra="forbid")

    warehouse: Path = Field(Path("warehouse"), description="Folder of the warehouse.")
    jobs: int = Field(default_factory=usable_cores, ge=1, description="Worker processes for batches of documents.")
    dask_address: str | None = Field(None, description="Address of a Dask scheduler that runs the batches instead.")
    batch_documents: int = Field(200, ge=1, description="Documents a batch, at most.")
    batch_bytes: int = Field(32_000_000, ge=1, description="Raw bytes a batch, at most (a larger document is alone).")
    max_document_bytes: int = Field(50_000_000, ge=1, description="Documents larger than this are quarantined.")
    keep_archive: bool = Field(True, description="Keep the raw documents, so that they can be parsed again.")
    releases_kept: int = Field(5, ge=1, description="Releases kept for rollback.")
    restore_rules: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="Rules of cleaning whose removals are kept instead, parted by commas."
    )
    memory_limit: str | None = Field(
        None,
        pattern=r"^\d+(\.\d+)?\s*([KMGT]i?B|%)$",
        description="Memory of the build file's DuckDB, such as 4GB; a quarter, up to 256 MB, is what comparing holds.",
    )
    notify: Annotated[tuple[str, ...], NoDecode] = Field(
        (),
        description="Addresses that are told of failed and drifting gates, parted by spaces: JSON by POST, or Apprise.",
    )
    notify_command: str | None = Field(None, description="Command that gets such a message as JSON on its stdin.")
    as_of: date = Field(
        default_factory=lambda: datetime.now(UTC).date(),
        description="No article is taken to be published after this day (default: today).",
    )

    names_model: str | None = Field(
        None, description="An installed spaCy model that adds to the names which rules find, such as en_core_web_sm."
    )

    @property
    def layout(self) -> WarehouseLayout:
        return layout_of(self.warehouse)

    def public_settings(self) -> dict[str, Any]:
        """Return what may be recorded of the settings: addresses and commands can hold secrets."""
        return self.model_dump(mode="json", exclude={"warehouse", "notify", "notify_command"})

    def content_settings(self) -> dict[str, Any]:
        """Return the settings that change what is published from the same documents."""
        stated = self.as_of.isoformat() if "as_of" in self.model_fields_set else None
        return {
            "restore_rules": sorted(self.restore_rules),
            "max_document_bytes": self.max_document_bytes,
            "as_of": stated,
            "names_model": self.names_model,
        }

    @field_validator("notify", mode="before")
    @classmethod
    def _split_addresses(cls, value: Any) -> Any:
        """Read addresses parted by spaces, as the environment gives them; they may hold commas."""
        return tuple(value.split()) if isinstance(value, str) else value

    @field_validator("names_model")
    @classmethod
    def _require_model(cls, value: str | None) -> str | None:
        """Refuse a model that is not installed before anything is read."""
        if not value:
            return None
        from tasks.enrich.entities.model_names import require_model  # only who names a model waits for this

        return require_model(value)

    @field_validator("restore_rules", mode="before")
    @classmethod
    def _split_names(cls, value: Any) -> Any:
        """Read names parted by commas, as the environment gives them."""
        return tuple(name.strip() for name in value.split(",") if name.strip()) if isinstance(value, str) else value


def load_settings(**options: Any) -> Settings:
    """Combine options (None means not given) with the environment.

    Raises:
        UsageError: a value is not valid; the message names the setting, the value and what is valid.
    """
    try:
        return Settings(**{name: value for name, value in options.items() if value is not None})
    except ValidationError as problem:
        lines = [
            f"setting {'.'.join(map(str, error['loc']))}: {error['msg']}, got {error['input']!r}"
            for error in problem.errors()
        ]
        raise UsageError(
            "; ".join(lines)
            + ". Settings come from options and DATELINE_* variables; `dateline run --help` lists them."
        ) from problem
