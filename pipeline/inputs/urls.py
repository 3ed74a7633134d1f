"""Files behind fsspec URLs."""

from __future__ import annotations

import glob
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pipeline.errors import ReadError
from pipeline.inputs.archives import is_member
from pipeline.inputs.local import is_ignored
from pipeline.inputs.values import Item, nothing_there


def is_url(name: str) -> bool:
    """Whether a name is an fsspec URL."""
    return "://" in name


def follow_url(url: str) -> Iterator[Item]:
    """The files that a URL, a folder or a pattern of URLs stands for. Raises ReadError for none."""
    import fsspec

    try:
        system, path = fsspec.core.url_to_fs(url)
        if glob.has_magic(path):
            found = system.glob(path, detail=True)
        elif system.isdir(path):
            found = system.find(path, detail=True)
        else:
            found = {path: system.info(path)} if system.exists(path) else {}
    except Exception as error:  # each file system raises its own
        raise ReadError(
            f"{url}: เปิดที่เก็บไฟล์ไม่ได้ ({error}) ให้ตรวจ URL และสิทธิ์การเข้าถึง",
            "the file system cannot be opened: check the URL, the package it needs and your access",
        ) from error
    if not found and is_member(url):
        yield Item(url, url)
        return
    if not found:
        raise nothing_there(url)
    for name in sorted(found):
        if not is_ignored(Path(name).name) and found[name].get("type") != "directory":
            file = system.unstrip_protocol(name)
            yield Item(file, file, *_told(found[name]))


def _told(details: Mapping[str, Any]) -> tuple[int, str]:
    """Size and stamp of what a file system says of a file; each has its own words for its tag."""
    size = int(details.get("size") or 0)
    tags = ("ETag", "etag", "md5Hash", "content_md5", "mtime", "LastModified", "created")
    tag = next((details[name] for name in tags if details.get(name)), "")
    return size, f"{size}-{tag}"
