"""The command that serves the workplace."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def serve(
    context: typer.Context,
    host: Annotated[
        str, typer.Option(help="ที่อยู่ที่รอรับ (ค่าเริ่มต้น: เฉพาะเครื่องนี้) · address to listen on.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="พอร์ต · port (0 = any).")] = 8000,
    name: Annotated[
        list[str] | None,
        typer.Option(help="ชื่อเครื่องที่เบราว์เซอร์ใช้เรียก (ระบุซ้ำได้) · a host name of the server."),
    ] = None,
    certificate: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="ใบรับรอง TLS (PEM) · TLS.")
    ] = None,
    private_key: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="กุญแจของใบรับรอง · its key.")
    ] = None,
    proxied: Annotated[
        bool,
        typer.Option("--proxied", help="มี proxy ที่ทำ TLS อยู่หน้าบนเครื่องนี้ · behind a TLS proxy."),
    ] = False,
) -> None:
    """เปิดที่ทำงานในเบราว์เซอร์: ตรวจ ค้น ภาพรวม · serve the workplace in the browser."""
    need_web()
    from pipeline import terminal
    from pipeline.web.serving import Listening
    from pipeline.web.serving import serve as run

    listening = Listening(host, port, tuple(name or ()), certificate, private_key, proxied)
    run(context.obj, listening, terminal.say)


def need_web() -> None:
    """Raise UsageError where the packages of the web server are not installed."""
    from pipeline.errors import UsageError

    try:
        import argon2  # noqa: F401
        import fastapi  # noqa: F401
        import jinja2  # noqa: F401
        import python_multipart  # noqa: F401
        import uvicorn  # noqa: F401
    except ImportError as error:
        raise UsageError(
            "ยังไม่ได้ติดตั้งส่วนเว็บ ติดตั้งด้วย pip install 'wara[web]'",
            "the web part is not installed: pip install 'wara[web]'",
        ) from error
