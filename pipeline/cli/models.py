"""Commands on models: train, evaluate, and what the workspace keeps."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.batches import ClusterOption, WorkersOption
from pipeline.cli.options import (
    JsonOption,
    ModelOption,
    TaxonomyOption,
    model_folder,
    print_json,
    registry,
)
from pipeline.cli.side_by_side import side_by_side
from pipeline.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd

    from corpora import Taxonomy

models = typer.Typer(invoke_without_command=True)


def train(
    context: typer.Context,
    proposals: Annotated[
        Path | None,
        typer.Option(
            help="ข้อเสนอที่ติดป้ายแล้ว .csv .xlsx .jsonl .json หรือโฟลเดอร์ · labelled proposals."
        ),
    ] = None,
    taxonomy: TaxonomyOption = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", help="โฟลเดอร์โมเดล (ไม่ระบุ = ในโฟลเดอร์งาน) · where the model goes."
        ),
    ] = None,
    promote: Annotated[
        bool,
        typer.Option(
            "--promote", help="นำขึ้นใช้ถ้าดีกว่าโมเดลที่ใช้อยู่ · put it into use if it is the better one."
        ),
    ] = False,
    workers: WorkersOption = 1,
    cluster: ClusterOption = "",
    from_card: Annotated[
        Path | None,
        typer.Option(
            help="สร้างโมเดลเดิมซ้ำจาก card.json หรือบอกว่าอะไรต่างไป · "
            "make a model again from its card, or say what differs."
        ),
    ] = None,
) -> None:
    """เทรนโมเดลจากข้อเสนอที่ติดป้ายแล้ว · train a model from labelled proposals."""
    if from_card is not None:
        if promote:
            raise UsageError(
                "ใช้ --from-card กับ --promote ด้วยกันไม่ได้ สร้างก่อนแล้วใช้ wara models promote",
                "--from-card does not go with --promote: rebuild, then wara models promote",
            )
        with side_by_side(workers, cluster):
            _train_again(context, from_card, proposals, taxonomy, output)
        return
    from classifiers.artefacts import check_writable, read_card
    from classifiers.model_report import REPORT_FILE
    from classifiers.training import keep_back, trainable
    from classifiers.training import train as fit_and_save
    from corpora import load_taxonomy
    from pipeline import terminal
    from pipeline.terminal import models as screen

    check_writable(output if output is not None else context.obj.begin().models)
    labels = load_taxonomy(taxonomy)
    given = _labelled(proposals, labels)
    examples, own = trainable(given), None
    if promote and proposals is not None:
        examples, own = keep_back(examples)
    screen.show_examples(given, examples, labels)
    with tempfile.TemporaryDirectory() as temporary:
        folder = output if output is not None else Path(temporary)
        with terminal.steps("กำลังเทรน") as on_step, side_by_side(workers, cluster):
            fit_and_save(
                examples,
                labels,
                folder,
                full_report=True,
                origin={"proposals": _path(proposals), "taxonomy": _path(taxonomy)},
                on_step=on_step,
            )
        screen.show_scores(read_card(folder)["scores"]["held_out"])
        if output is not None:
            terminal.say(
                f"บันทึกโมเดลไว้ที่ {output} (รายงาน {output / REPORT_FILE}) · model saved. "
                f"ใช้ด้วย wara classify --model {output}"
            )
        if output is None or promote:
            kept = registry(context.obj)
            name = kept.add(folder)
            terminal.say(
                f"เก็บโมเดลไว้ในโฟลเดอร์งานชื่อ {name} (รายงาน {kept.folder / name / REPORT_FILE}) · "
                "model kept in the workspace"
            )
            if promote:
                from classifiers.promotion import challenge

                screen.show_comparison(
                    name, kept.current_name(), challenge(kept, name, labels, own=own)
                )
            else:
                terminal.say(f"นำขึ้นใช้ด้วย wara models promote {name} · put it into use")


def _train_again(
    context: typer.Context,
    card_file: Path,
    proposals: Path | None,
    taxonomy: Path | None,
    output: Path | None,
) -> None:
    """Rebuild; a model that is not the same is kept only where `output` asks for it."""
    from classifiers.artefacts import any_card, check_writable
    from classifiers.rebuilding import differs, origin_of, rebuild
    from corpora import load_taxonomy
    from pipeline import terminal

    card = any_card(card_file)
    origin = origin_of(card)
    labels = load_taxonomy(taxonomy or origin["taxonomy"])
    said = origin["proposals"]
    given = _labelled(proposals or (Path(said) if said else None), labels)
    check_writable(output if output is not None else context.obj.begin().models)
    with tempfile.TemporaryDirectory() as temporary:
        folder = output if output is not None else Path(temporary)
        with terminal.steps("กำลังเทรน") as on_step:
            found = rebuild(card, given, labels, folder, on_step=on_step)
        for difference in found.differences:
            terminal.say(str(difference))
        if not found.same:
            raise differs(found)
        place = output if output is not None else registry(context.obj).add(folder)
    terminal.say(
        f"สร้างซ้ำได้โมเดลเดิม digest {found.digest[:12]} เก็บที่ {place} · rebuilt: the same model"
    )


def _labelled(path: Path | None, labels: Taxonomy) -> pd.DataFrame:
    """Labelled proposals in any form that `read_labels` knows; without a path the corpus."""
    from corpora import load_proposals, read_labels

    if path is None:
        return load_proposals(taxonomy=labels)
    plain = not path.suffix and not path.is_dir()  # a pipe has no suffix
    return read_labels(path, taxonomy=labels, format="jsonl" if plain else None)


def _path(path: Path | None) -> str | None:
    return None if path is None else str(path.resolve())


@models.callback()
def list_models(context: typer.Context) -> None:
    """โมเดลในโฟลเดอร์งาน: ดู นำขึ้นใช้ ถอยกลับ · the workspace's models: list, promote, roll back."""
    if context.invoked_subcommand is None:
        show_models(context)


@models.command("list")
def show_models(context: typer.Context) -> None:
    """โมเดลทั้งหมดและโมเดลที่ใช้อยู่ · all models, and the one in use."""
    from pipeline.terminal import models as screen

    kept = registry(context.obj.begun())
    screen.show_models(kept.entries(), kept.current_name())


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
    from classifiers.promotion import challenge
    from corpora import load_taxonomy

    labels = load_taxonomy(taxonomy)
    own = _labelled(proposals, labels) if proposals is not None else None
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


def evaluate(
    context: typer.Context,
    proposals: Annotated[
        Path,
        typer.Option(
            help="ข้อเสนอที่ติดป้ายแล้ว .csv .xlsx .jsonl .json หรือโฟลเดอร์ · labelled proposals."
        ),
    ],
    model: ModelOption = None,
    taxonomy: TaxonomyOption = None,
    as_json: JsonOption = False,
) -> None:
    """วัดคุณภาพโมเดลบนข้อเสนอที่ติดป้ายแล้ว · measure a model on labelled proposals."""
    from classifiers import artefacts
    from classifiers.evaluation import evaluate as measure
    from classifiers.training import check_taxonomy
    from corpora import load_taxonomy, text_digest
    from pipeline import terminal
    from pipeline.terminal import models as screen

    labels = load_taxonomy(taxonomy)
    folder = model_folder(model, context.obj)
    tagger, card = artefacts.load(folder)
    check_taxonomy(tagger, labels)
    examples = _labelled(proposals, labels)
    seen = set(card.get("text_digests") or ())
    known = sum(text_digest(text) in seen for text in examples["text"])
    if known:
        terminal.say(
            f"คำเตือน: {known} จาก {len(examples)} ฉบับอยู่ในข้อมูลที่ใช้เทรน ผลจึงดีเกินจริง · "
            f"{known} of these texts were trained on: the figures flatter the model"
        )
    figures = measure(tagger, examples)
    if as_json:
        print_json(figures)
    else:
        screen.show_figures(figures, card.get("scores", {}).get("held_out"))
