"""The key of the server."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from pipeline.settings import Settings
from pipeline.web.access import keys


def test_the_key_is_the_owners_alone_and_stays(settings: Settings) -> None:
    key = keys.secret_key(settings)
    path = settings.workspace / keys.KEY_FILE
    assert path.stat().st_mode & 0o777 == 0o600
    assert keys.secret_key(settings) == key
    assert sorted(p.name for p in settings.workspace.iterdir()) == ["wara.db", keys.KEY_FILE]


@pytest.mark.parametrize("spoil", [lambda p: p.chmod(0o644), lambda p: p.write_bytes(b"short")])
def test_a_key_that_others_could_read_or_that_is_none_is_replaced(
    settings: Settings, spoil
) -> None:  # type: ignore[no-untyped-def]
    key = keys.secret_key(settings)
    spoil(settings.workspace / keys.KEY_FILE)
    assert keys.secret_key(settings) != key
    assert (settings.workspace / keys.KEY_FILE).stat().st_mode & 0o777 == 0o600


def test_servers_that_start_at_once_share_one_key(settings: Settings) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _: keys.secret_key(settings), range(16)))) == 1
