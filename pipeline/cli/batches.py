"""Commands on folders of results: fill one, try again what failed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.options import ModelOption
from pipeline.errors import EXIT_SOME_FAILED, NothingReadError, UsageError

if TYPE_CHECKING:
    from pipeline.batch.manifest import Asked, Counts

WorkersOption = Annotated[int, typer.Option(min=1, help="จำนวนโปรเซส · processes.")]
ClusterOption = Annotated[
    str,
    typer.Option(
        metavar="ADDRESS",
        help="scheduler ของ Dask เช่น tcp://10.0.0.5:8786 · work on this Dask cluster.",
    ),
]


def retry(
    out: Annotated[
        str,
        typer.Argument(
            metavar="OUT/", help="โฟลเดอร์ผลของ wara classify -o OUT/ · a folder of results."
        ),
    ],
    model: ModelOption = None,
    workers: WorkersOption = 1,
    cluster: ClusterOption = "",
) -> None:
    """ทำไฟล์ที่อ่านไม่ได้หรือถูกกักไว้อีกครั้ง · run what failed in a folder of results again."""
    from pipeline.batch import archive
    from pipeline.terminal.batches import Board

    with Board() as board:
        counts = archive.retry(out, board, model=model, workers=workers, cluster=cluster)
    close(board, counts, out)


def fill(out: str, asked: Asked, *, workers: int, cluster: str, resume: bool) -> None:
    """Fill a folder with the rows of all inputs, show how it goes, and leave with its code."""
    from pipeline.batch import archive
    from pipeline.terminal.batches import Board

    try:
        with Board() as board:
            counts = archive.fill(
                out, asked, board, workers=workers, cluster=cluster, resume=resume
            )
    except KeyboardInterrupt:
        from pipeline.terminal import say

        say("หยุดแล้ว ทำต่อด้วยคำสั่งเดิมพร้อม --resume · stopped: the same command with --resume goes on")
        raise
    close(board, counts, out)


def close(board: object, counts: Counts, out: str) -> None:
    """Say what came of it, and leave with the exit code that fits."""
    from pipeline.terminal.batches import Board, show_end

    assert isinstance(board, Board)
    if not counts.inputs:
        raise NothingReadError(
            "ไม่มีไฟล์ให้อ่าน ให้ระบุไฟล์หรือโฟลเดอร์ที่มีเอกสาร",
            "no files to read: name files, or a folder that holds some",
        )
    show_end(board, counts, out)
    if not counts.done:
        raise typer.Exit(NothingReadError.exit_code)
    if counts.failed + counts.quarantined:
        raise typer.Exit(EXIT_SOME_FAILED)


def is_folder(output: str) -> bool:
    """Whether an output is a folder of Parquet: it ends in `/` or has no suffix."""
    return output.endswith("/") or not Path(output).suffix


def check_options(output: str | None, *, resume: bool, keep: bool) -> None:
    """Raise UsageError for options that only a folder can follow."""
    if (resume or keep) and (output is None or not is_folder(output)):
        name = "--resume" if resume else "--keep"
        raise UsageError(
            f"{name} ใช้ได้กับผลลัพธ์ที่เป็นโฟลเดอร์เท่านั้น เช่น -o out/",
            f"{name} works with a folder of results only, such as -o out/",
        )
