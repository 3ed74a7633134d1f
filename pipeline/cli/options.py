"""Options and small services that several commands share."""

from __future__ import annotations

import getpass
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from classifiers.models.registry import Registry
    from pipeline.settings import Settings

JsonOption = Annotated[bool, typer.Option("--json", help="พิมพ์เป็น JSON · print JSON.")]
FileArgument = Annotated[str, typer.Argument(help="ไฟล์หรือ URL · file or URL.")]
OcrOption = Annotated[
    bool,
    typer.Option("--ocr/--no-ocr", help="อ่านหน้าที่เป็นภาพสแกนด้วย OCR · read scanned pages."),
]
ModelOption = Annotated[
    Path | None,
    typer.Option(
        help="โฟลเดอร์โมเดล (ไม่ระบุ = ที่นำขึ้นใช้ในโฟลเดอร์งาน หรือโมเดลมาตรฐาน) · "
        "model folder (default: the one in use, else the built-in one)."
    ),
]
TaxonomyOption = Annotated[
    Path | None, typer.Option(help="taxonomy.toml ของท่าน · your own labels.")
]


def registry(settings: Settings) -> Registry:
    """The models of the workspace."""
    from classifiers.models.registry import Registry

    return Registry(settings.models)


def model_folder(model: Path | None, settings: Settings) -> Path:
    """The model asked for, else the one in use in the workspace, else the built-in one."""
    folder = model if model is not None else registry(settings).current()
    if folder is not None:
        return folder
    from classifiers.models.default import default_model
    from pipeline import terminal

    with terminal.steps("เทรนโมเดลมาตรฐาน") as on_step:
        return default_model(
            on_train=lambda: terminal.say(
                "ใช้ครั้งแรก: กำลังเทรนโมเดลมาตรฐานจากคลังตัวอย่าง (ราวครึ่งนาที) · "
                "first use: training the built-in model (about half a minute)"
            ),
            on_step=on_step,
        )


def model_name(folder: Path) -> str:
    """What rows say of the model: its folder's name and the beginning of its digest."""
    from classifiers.models.cards import read_card

    return f"{folder.name}@{read_card(folder)['digest'][:12]}"


def current_user() -> str:
    """The name under which this machine knows the user; `unknown` where it knows none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user without a name
        return "unknown"


def print_json(value: object) -> None:
    """An answer for programs, on standard output."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")
