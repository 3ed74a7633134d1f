"""The parts of a letter: which are its body, which were sent with it, which say nothing."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from email.message import Message

from pipeline.readers import sniff
from pipeline.readers.mail.headers import file_name

# Signatures and delivery reports; pictures this small inside a body are logos.
SILENT_TYPES = frozenset(
    (
        *("application/pkcs7-signature", "application/x-pkcs7-signature"),
        *("application/pgp-signature", "message/delivery-status", "text/rfc822-headers"),
    )
)
_LOGO = 40_000


def parsed(data: bytes) -> Message:
    """A letter from its bytes."""
    return email.message_from_bytes(data.lstrip(b"\xef\xbb\xbf\r\n"), policy=email.policy.compat32)


def leaves(message: Message) -> Iterator[Message]:
    """The leaves of a message in order; of alternatives the plain one, or else the last."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        if part.get_content_maintype() != "multipart" or not part.is_multipart():
            yield part
            continue
        inside = [child for child in part.get_payload() if isinstance(child, Message)]
        if part.get_content_subtype() == "alternative" and inside:
            inside = _chosen(inside)
        waiting += reversed(inside)


def _chosen(alternatives: list[Message]) -> list[Message]:
    """The alternative to read, and those that are no form of the body (invitations, files)."""
    plain = [a for a in alternatives if a.get_content_type() == "text/plain" and payload(a).strip()]
    rich = [a for a in alternatives if a.get_content_type() == "text/html" or a.is_multipart()]
    # Files hang in the branch of the rich alternative, pictures of the page beside it.
    best = plain[:1] or rich[-1:] or alternatives[-1:]
    if plain and rich and rich[-1].is_multipart():
        return best + [part for part in rich[-1].walk() if file_name(part)]
    return best


def is_body(part: Message) -> bool:
    """Whether a part is what somebody wrote."""
    kind = part.get_content_type()
    disposed = (part.get_content_disposition() or "inline") == "inline"
    return kind in ("text/plain", "text/html") and disposed and not file_name(part)


def is_logo(part: Message) -> bool:
    """Whether a part is a small picture inside the body."""
    shown = part.get("Content-ID") or part.get_content_disposition() == "inline"
    return bool(part.get_content_maintype() == "image" and shown and len(payload(part)) < _LOGO)


def inner_letter(part: Message, data: bytes) -> Message | None:
    """An attached letter, whether attached as such or as a file."""
    if part.get_content_type() == "message/rfc822" and part.is_multipart():
        inner = part.get_payload(0)
        return inner if isinstance(inner, Message) else None
    return parsed(data) if sniff.media_type(data) == sniff.EML else None


def payload(part: Message) -> bytes:
    """The bytes of a part; none where it holds parts itself."""
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""
