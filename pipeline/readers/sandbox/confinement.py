"""What a reading process may do, cut down by the kernel before it sees a byte of a document.

Resource limits hold on every POSIX system. On Linux, where the kernel allows it, the process also
has no network (an empty network namespace) and, by Landlock, reads only programs and libraries
and writes only below its temporary folder.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import struct
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

# Linux: include/uapi/linux/sched.h, prctl.h, landlock.h and the common system call numbers.
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_PR_SET_NO_NEW_PRIVS = 38
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_ABI_VERSION, _RULE_PATH_BENEATH = 1, 1
# Rights by the kernel's Landlock version: 13 at first, then moving between folders, truncating.
_RIGHTS = {1: 13, 2: 14, 3: 15}
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR, _TRUNCATE = 1, 2, 4, 8, 1 << 14

# Programs, libraries, fonts and their settings; nothing of a user's own.
_READABLE = (
    *("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/opt", "/nix", "/snap"),
    *("/var/lib", "/var/cache/fontconfig", "/proc", "/sys/devices/system/cpu"),
    *(f"/etc/{name}" for name in ("alternatives", "fonts", "libreoffice", "ld.so.cache")),
    *(f"/etc/{name}" for name in ("group", "localtime", "mime.types", "nsswitch.conf", "passwd")),
)
_DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")


@dataclass(frozen=True, slots=True)
class Confinement:
    """What holds for this process: `network` cut off, `files` limited by Landlock."""

    network: bool
    files: bool


def limit_memory(address_space: int, *, hard: int) -> None:
    """Cap this process' address space, in bytes; a child of it may raise its own up to `hard`."""
    _, known = resource.getrlimit(resource.RLIMIT_AS)
    ceiling = hard if known == resource.RLIM_INFINITY else min(hard, known)
    resource.setrlimit(resource.RLIMIT_AS, (min(address_space, ceiling), ceiling))


def limit_file_size(size: int) -> None:
    """Cap the size of any file that this process or its children write, in bytes."""
    _lower(resource.RLIMIT_FSIZE, size)
    _lower(resource.RLIMIT_CORE, 0)


def limit_cpu(seconds: int) -> None:
    """Let this process use `seconds` more of processor time; then the kernel kills it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = int(used.ru_utime + used.ru_stime) + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def _lower(kind: int, value: int) -> None:
    _, hard = resource.getrlimit(kind)
    ceiling = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(kind, (ceiling, ceiling))


def cut_network() -> bool:
    """Move this process, which must have one thread only, to a network without interfaces."""
    if sys.platform != "linux":
        return False
    user, group = os.getuid(), os.getgid()
    libc = _libc()
    if libc.unshare(_CLONE_NEWNET) == 0:
        return True
    if libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) != 0:
        return False
    # Inside the new user namespace the process keeps its own numbers, so that files stay its own.
    for name, line in (
        ("setgroups", "deny"),
        ("uid_map", f"{user} {user} 1"),
        ("gid_map", f"{group} {group} 1"),
    ):
        with contextlib.suppress(OSError):
            Path(f"/proc/self/{name}").write_text(line, encoding="ascii")
    return True


def limit_files(writable: Path, readable: Iterable[str] = ()) -> bool:
    """Let this process write below `writable` alone, and read only programs and `readable`."""
    if sys.platform != "linux":
        return False
    libc = _libc()
    version = libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint(_ABI_VERSION))
    if version < 1:
        return False
    every = (1 << _RIGHTS[min(version, max(_RIGHTS))]) - 1
    handled = struct.pack("Q", every)
    rules = libc.syscall(_CREATE_RULESET, handled, ctypes.c_size_t(8), ctypes.c_uint(0))
    if rules < 0:
        return False
    try:
        reading = _EXECUTE | _READ_FILE | _READ_DIR
        for folder in (*_READABLE, *readable):
            _allow(rules, folder, reading)
        for device in _DEVICES:
            _allow(rules, device, _READ_FILE | _WRITE_FILE | (_TRUNCATE & every))
        _allow(rules, str(writable), every)
        libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        return bool(libc.syscall(_RESTRICT_SELF, ctypes.c_int(rules), ctypes.c_uint(0)) == 0)
    finally:
        os.close(rules)


def _allow(rules: int, path: str, rights: int) -> None:
    """Add a rule for a folder, or for a file with those rights that a file can have."""
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:  # not there on this system
        return
    try:
        if not os.path.isdir(path):  # noqa: PTH112 - a descriptor's path, not a Path
            rights &= _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE
        rule = struct.pack("<Qi", rights, place)
        _libc().syscall(
            _ADD_RULE, ctypes.c_int(rules), ctypes.c_int(_RULE_PATH_BENEATH), rule, ctypes.c_uint(0)
        )
    finally:
        os.close(place)


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
