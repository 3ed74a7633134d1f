"""A call that the command line cannot read, told Thai first; its parser speaks English."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

import typer

# Some versions of typer bring click along, others use the one that is installed.
_CLICK: Any = importlib.import_module(typer.BadParameter.__module__)
ClickError: type[Exception] = _CLICK.ClickException
_SAID: tuple[tuple[str, Callable[[Any], str]], ...] = (
    ("NoArgsIsHelpError", lambda _: ""),  # the help says it all
    ("MissingParameter", lambda error: f"ยังไม่ได้ระบุ {_name(error)}"),
    ("NoSuchOption", lambda error: f"ไม่มีตัวเลือก {error.option_name}"),
    ("BadParameter", lambda error: f"ค่าของ {_name(error)} ใช้ไม่ได้"),
    ("UsageError", lambda _: "ใช้คำสั่งผิด"),
)


def tell(error: Any) -> int:
    """Show what is wrong with the call and where help is; the exit code."""
    from typer import rich_utils  # a tenth of a second, which no other call should wait for

    from pipeline import terminal

    thai = in_thai(error)
    if thai:
        context = getattr(error, "ctx", None)
        command = context.command_path if context is not None else "wara"
        terminal.say(f"{thai} ดูวิธีใช้ด้วย {command} --help")
    rich_utils.rich_format_error(error)
    return int(error.exit_code)


def in_thai(error: Any) -> str:
    """What an error of the parser says, in Thai; empty for one that is no more than help."""
    for name, said in _SAID:
        if isinstance(error, getattr(_CLICK, name, ())):
            return said(error)
    return "ใช้คำสั่งผิด"


def _name(error: Any) -> str:
    """The option or argument that an error is about."""
    param = error.param
    if getattr(param, "param_type_name", "") == "argument":
        return str(getattr(param, "metavar", None) or param.name).upper()
    given = error.param_hint or getattr(param, "opts", None) or "ค่าที่ระบุ"
    return given if isinstance(given, str) else " / ".join(given)
