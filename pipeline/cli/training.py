"""The commands that make a model and measure one."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.batches import ClusterOption, WorkersOption
from pipeline.cli.labels import labelled
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
    force: Annotated[
        bool,
        typer.Option("--force", help="เขียนทับโมเดลที่อยู่ใน -o แล้ว · overwrite the model in -o."),
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
    from classifiers.models.writing import check_free, check_writable

    if output is not None and not force:
        check_free(output)
    if from_card is not None:
        if promote:
            raise UsageError(
                "ใช้ --from-card กับ --promote ด้วยกันไม่ได้ สร้างก่อนแล้วใช้ wara models promote",
                "--from-card does not go with --promote: rebuild, then wara models promote",
            )
        with side_by_side(workers, cluster):
            _train_again(context, from_card, proposals, taxonomy, output)
        return
    from classifiers.models.cards import REPORT_FILE, read_card
    from classifiers.training import keep_back, trainable
    from classifiers.training import train as fit_and_save
    from corpora import load_taxonomy
    from pipeline import terminal
    from pipeline.terminal import models as screen

    check_writable(output if output is not None else context.obj.begin().models)
    labels = load_taxonomy(taxonomy)
    given = labelled(proposals, labels)
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
                from classifiers.models.promotion import challenge

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
    from classifiers.models.cards import any_card
    from classifiers.models.rebuilding import differs, origin_of, rebuild
    from classifiers.models.writing import check_writable
    from corpora import load_taxonomy
    from pipeline import terminal

    card = any_card(card_file)
    origin = origin_of(card)
    labels = load_taxonomy(taxonomy or origin["taxonomy"])
    said = origin["proposals"]
    given = labelled(proposals or (Path(said) if said else None), labels)
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


def _path(path: Path | None) -> str | None:
    return None if path is None else str(path.resolve())


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
    from classifiers.evaluation import evaluate as measure
    from classifiers.models import artefacts
    from classifiers.training import check_taxonomy
    from corpora import load_taxonomy, text_digest
    from pipeline import terminal
    from pipeline.terminal import models as screen

    labels = load_taxonomy(taxonomy)
    folder = model_folder(model, context.obj)
    tagger, card = artefacts.load(folder)
    check_taxonomy(tagger, labels)
    examples = labelled(proposals, labels)
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
