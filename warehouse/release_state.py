"""What was committed to the build file and what of it is published: a few words kept in the ledger."""

from __future__ import annotations

from warehouse.build_file import Build, Connection

COMMITTED, PUBLISHED, FINGERPRINT = "committed_run", "published_run", "published_fingerprint"


def read_state(connection: Connection) -> dict[str, str]:
    return dict(connection.execute("select key, value from ledger.state").fetchall())


def write_state(connection: Connection, key: str, value: str) -> None:
    connection.execute("delete from ledger.state where key = ?", [key])
    connection.execute("insert into ledger.state values (?, ?)", [key, value])


def forget_published(connection: Connection) -> None:
    """Make the next run build and publish anew, whatever its inputs: something waits that is not published."""
    connection.execute("delete from ledger.state where key = ?", [FINGERPRINT])


def is_up_to_date(build: Build, fingerprint: str) -> bool:
    """Tell whether the published file holds all that is known, made by the code and settings of `fingerprint`."""
    state = read_state(build.connection)
    return (
        build.layout.published.exists()
        and state.get(FINGERPRINT) == fingerprint
        and state.get(COMMITTED) == state.get(PUBLISHED)
    )
