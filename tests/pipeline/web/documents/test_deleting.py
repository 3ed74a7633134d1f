"""An administrator deletes a document for good; nobody else may."""

from __future__ import annotations

import pytest
from fastapi import FastAPI

from pipeline.search import Results
from pipeline.web.documents.page_images import WIDTH
from tests.pipeline.web.conftest import Enter, store_of, token_of


def found(app: FastAPI) -> Results:
    results: Results = app.state.web.workspace.find("เลย")
    return results


def test_an_administrator_sees_what_goes_and_deletes_it(
    app: FastAPI, enter: Enter, digests: list[str]
) -> None:
    browser = enter("admin")
    _, sha256 = digests
    workspace = app.state.web.workspace
    drawn = workspace.settings.workspace / "cache" / "pages" / sha256[:2]
    drawn.mkdir(parents=True)
    (drawn / f"{sha256}-1-{WIDTH}.webp").write_bytes(b"x")
    assert sha256 in {hit.passage.document for hit in found(app).hits}
    assert f"/documents/{sha256}/delete" in browser.get(f"/documents/{sha256}").text
    page = browser.get(f"/documents/{sha256}/delete")
    assert "loei.txt" in page.text
    assert "สำเนาสำรองไม่ถูกลบ" in page.text
    form = {"csrf": token_of(browser), "note": "เจ้าของข้อมูลขอ"}
    assert browser.post(f"/documents/{sha256}/delete", data=form).status_code == 303
    assert sha256 not in {hit.passage.document for hit in found(app).hits}
    assert browser.get(f"/documents/{sha256}").status_code == 404
    assert browser.get(f"/api/documents/{sha256}").status_code == 404
    assert sha256 not in browser.get("/api/documents").text
    assert list(drawn.iterdir()) == []
    assert list(store_of(app).files.rglob(f"{sha256}*")) == []
    log = browser.get("/audit").text
    assert "document.delete" in log
    assert "เจ้าของข้อมูลขอ" in log
    assert "คน-admin" in log


@pytest.mark.parametrize("role", ["reviewer", "analyst"])
def test_nobody_else_may(app: FastAPI, enter: Enter, digests: list[str], role: str) -> None:
    browser = enter(role)
    _, sha256 = digests
    address = f"/documents/{sha256}/delete"
    assert address not in browser.get(f"/documents/{sha256}").text
    assert browser.get(address).status_code == 403
    assert browser.post(address, data={"csrf": token_of(browser)}).status_code == 403
    assert store_of(app).file_of(sha256).exists()
