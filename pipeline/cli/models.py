"""Commands on the models that the workspace keeps."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.labels import labelled
from pipeline.cli.options import TaxonomyOption, registry

models = typer.Typer(invoke_without_command=True)


@models.callback()
def list_models(context: typer.Context) -> None:
    """โมเดลในโฟลเดอร์งาน: ดู นำขึ้นใช้ ถอยกลับ · the workspace's models: list, promote, roll back."""
    if context.invoked_subcommand is None:
        show_models(context)


@models.command("list")
def show_models(context: typer.Context) -> None:
    """โมเดลทั้งหมดและโมเดลที่ใช้อยู่ · all models, and the one in use."""
    from classifiers.models.default import default_card
    from pipeline.terminal import models as screen

    kept = registry(context.obj.begun())
    screen.show_models(kept.entries(), kept.current_name(), default_card())


@models.command("promote")
def promote_model(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="ชื่อโมเดลจาก wara models list · its name.")],
    proposals: Annotated[
        Path | None,
        typer.Option(help="ข้อเสนอที่ติดป้ายแล้วสำหรับเทียบเพิ่ม · more labelled texts to compare on."),
    ] = None,
    taxonomy: TaxonomyOption = None,
    force: Annotated[
        bool, typer.Option("--force", help="นำขึ้นใช้โดยไม่เทียบ · without comparing.")
    ] = False,
) -> None:
    """นำโมเดลขึ้นใช้ ถ้าดีกว่าโมเดลที่ใช้อยู่ · put a model into use if it is the better one."""
    from pipeline import terminal
    from pipeline.terminal import models as screen

    kept = registry(context.obj.begun())
    before = kept.current_name()
    if name == before:
        terminal.say(f"ใช้โมเดล {name} อยู่แล้ว · already in use")
        return
    if force:
        kept.promote(name, why={"because": "forced"})
        terminal.say(f"ใช้โมเดล {name} แล้ว (ไม่ได้เทียบ) · in use now, not compared")
        return
    from classifiers.models.promotion import challenge
    from corpora import load_taxonomy

    labels = load_taxonomy(taxonomy)
    own = labelled(proposals, labels) if proposals is not None else None
    screen.show_comparison(name, before, challenge(kept, name, labels, own=own))


@models.command("rollback")
def roll_back(context: typer.Context) -> None:
    """ถอยกลับไปใช้โมเดลก่อนหน้า · go back to the model used before."""
    from pipeline import terminal

    name = registry(context.obj.begun()).rollback()
    terminal.say(
        f"กลับไปใช้โมเดล {name} แล้ว · back to {name}"
        if name
        else "กลับไปใช้โมเดลมาตรฐานแล้ว · back to the built-in model"
    )
