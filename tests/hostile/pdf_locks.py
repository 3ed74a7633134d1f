"""Hostile PDFs: locked ones."""

from __future__ import annotations

import hashlib
import struct

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from tests.hostile.catalogue import hostile
from tests.hostile.packing import rc4
from tests.hostile.pdf_parts import THAI, WORD, raw_stream
from tests.pipeline.readers.raw_pdf import thai_pdf

_PAD = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
_ID = b"0123456789abcdef"
_RIGHTS = -3904  # everything forbidden


def _rc4_locked(user: bytes, owner: bytes) -> bytes:
    """A page under the 128-bit RC4 scheme (V 2, R 3) of the PDF reference."""
    key = hashlib.md5((owner + _PAD)[:32]).digest()
    for _ in range(50):
        key = hashlib.md5(key).digest()
    lock = (user + _PAD)[:32]
    for turn in range(20):
        lock = rc4(bytes(byte ^ turn for byte in key), lock)
    key = hashlib.md5((user + _PAD)[:32] + lock + struct.pack("<i", _RIGHTS) + _ID).digest()
    for _ in range(50):
        key = hashlib.md5(key).digest()
    check = hashlib.md5(_PAD + _ID).digest()
    for turn in range(20):
        check = rc4(bytes(byte ^ turn for byte in key), check)
    content = rc4(hashlib.md5(key + b"\x07\0\0\0\0").digest(), WORD)
    open_file = thai_pdf(WORD)
    start = open_file.index(b"7 0 obj")
    locked = (
        open_file[:start]
        + b"7 0 obj\n"
        + raw_stream(content, b"")
        + open_file[open_file.index(b"\nendobj", start) :]
    )
    # Object 4, the map of the font, is locked too.
    start = locked.index(b"4 0 obj")
    head, tail = locked.index(b"stream\n", start) + 7, locked.index(b"\nendstream", start)
    body = rc4(hashlib.md5(key + b"\x04\0\0\0\0").digest(), locked[head:tail])
    locked = locked[:head] + body + locked[tail:]
    entries = b"/ID[<%s><%s>]/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P %d/O<%s>/U<%s>>>" % (
        _ID.hex().encode(),
        _ID.hex().encode(),
        _RIGHTS,
        lock.hex().encode(),
        (check + b"\0" * 16).hex().encode(),
    )
    # Without its table the reader looks for the objects itself.
    return locked[: locked.index(b"xref")] + b"trailer<</Size 9/Root 1 0 R%s>>\n%%%%EOF" % entries


def _hardened(password: bytes, salt: bytes) -> bytes:
    """The hash of revision 6: SHA-2 and AES in turns, 64 or more."""
    key, turn, last = hashlib.sha256(password + salt).digest(), 0, 0
    while turn < 64 or last > turn - 32:
        block = (password + key) * 64
        packer = Cipher(algorithms.AES(key[:16]), modes.CBC(key[16:32])).encryptor()
        mixed = packer.update(block)
        name = ("sha256", "sha384", "sha512")[sum(mixed[:16]) % 3]
        key, last, turn = hashlib.new(name, mixed).digest(), mixed[-1], turn + 1
    return key[:32]


@hostile("locked-user.pdf", refused="รหัสผ่าน")
def _locked_user() -> bytes:
    return _rc4_locked(b"secret", b"owner")


@hostile("locked-owner.pdf", read=THAI)
def _locked_owner() -> bytes:
    return _rc4_locked(b"", b"owner")


@hostile("locked-aes-256.pdf", refused="รหัสผ่าน")
def _locked_aes() -> bytes:
    user = _hardened(b"secret", b"A" * 8) + b"A" * 8 + b"B" * 8
    wrapped = Cipher(algorithms.AES(_hardened(b"secret", b"B" * 8)), modes.CBC(b"\0" * 16))
    key = wrapped.encryptor().update(b"K" * 32)
    entries = (
        b"/ID[<00><00>]/Encrypt<</Filter/Standard/V 5/R 6/Length 256/P -1/U<%s>/UE<%s>/O<%s>/OE<%s>"
        b"/Perms<%s>/StmF/StdCF/StrF/StdCF/CF<</StdCF<</CFM/AESV3/Length 32>>>>>>"
        % (user.hex().encode(), key.hex().encode(), b"00" * 48, b"00" * 32, b"00" * 16)
    )
    return thai_pdf(WORD).replace(b"/Root 1 0 R", b"/Root 1 0 R" + entries)


@hostile("locked-unknown-scheme.pdf", refused="รหัสผ่าน|ล็อก|เสียหาย")
def _locked_unknown() -> bytes:
    entries = b"/ID[<00><00>]/Encrypt<</Filter/Vault.Inc/V 99/R 99/P -1>>"
    return thai_pdf(WORD).replace(b"/Root 1 0 R", b"/Root 1 0 R" + entries)
