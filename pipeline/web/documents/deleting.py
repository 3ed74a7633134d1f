"""Deleting a document for good: an administrator sees what goes, says why, and confirms."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from pipeline.store.documents import holding
from pipeline.web.documents.pages import Digest
from pipeline.web.frame.rendering import Message, redirect, render, url
from pipeline.web.frame.state import Signed, Working

router = APIRouter(include_in_schema=False)


@router.get("/documents/{sha256}/delete", name="document.deletion")
def deletion(request: Request, workspace: Working, sha256: Digest) -> Response:
    """What goes when the document is deleted, and the button."""
    with workspace.store.read() as session:
        found = holding(session, sha256)
    return render(request, "document_delete.html", found=found)


@router.post("/documents/{sha256}/delete", name="document.delete")
def delete(
    request: Request,
    workspace: Working,
    person: Signed,
    sha256: Digest,
    note: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    """Delete it; the audit log keeps who did so, and why."""
    workspace.erase([sha256], by=person.name, note=note.strip(), address=person.address)
    told = Message("ลบเอกสารถาวรแล้ว", "The document was deleted for good.")
    return redirect(request, url(request, "review.queue"), told)
