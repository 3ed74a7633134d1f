"""Running the workplace: where it listens, what is printed, and what is refused."""

from __future__ import annotations

import contextlib
import ipaddress
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.settings import Settings
from pipeline.web.frame.state import LOOPBACK, Serving

_EVERYWHERE = ("0.0.0.0", "::")
ADD_ADMIN = "wara users add NAME --role admin"


@dataclass(frozen=True, slots=True)
class Listening:
    """Where the server listens and how it is reached.

    `names` are further host names under which browsers know it; `certificate` and `private_key`
    are PEM files for TLS; `proxied` says that a proxy on this machine does TLS in front of it.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    names: tuple[str, ...] = ()
    certificate: Path | None = None
    private_key: Path | None = None
    proxied: bool = False

    @property
    def secure(self) -> bool:
        """Whether what browsers send is encrypted."""
        return self.proxied or self.certificate is not None

    @property
    def local(self) -> bool:
        """Whether nobody from another machine reaches it."""
        return is_loopback(self.host) and not self.proxied


def serve(settings: Settings, listening: Listening, say: Callable[[str], None]) -> None:
    """Serve until interrupted; `say` gets the address and the hints for the person who started it.

    Raises UsageError for an address that is taken or none, and where others could come in without
    a user being there; StoreError and OutputError where the workspace cannot be used.
    """
    import uvicorn

    from pipeline.web.access.people import any_users
    from pipeline.web.app import create_app

    _check_tls(listening)
    taken = bind(listening.host, listening.port)
    # Ctrl-C is how it ends: uvicorn raises it again once it has shut down
    with taken, contextlib.suppress(KeyboardInterrupt):
        app = create_app(settings, Serving(host_names(listening), listening.secure))
        web = app.state.web
        with web.workspace.store.read() as session:
            users = any_users(session)
        if not users and not listening.local:
            web.workspace.close()
            raise _no_users()
        port = int(taken.getsockname()[1])
        for line in greeting(listening, port, None if users else web.link.token):
            say(line)
        server = uvicorn.Server(
            uvicorn.Config(
                app,
                log_level="warning",
                access_log=False,  # it would hold the one-time link
                server_header=False,
                proxy_headers=listening.proxied,  # else anybody could name an address not theirs
                forwarded_allow_ips="127.0.0.1",
                ssl_certfile=listening.certificate,
                ssl_keyfile=listening.private_key,
                timeout_graceful_shutdown=10,
            )
        )
        server.run(sockets=[taken])


def bind(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes a free one. Raises UsageError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=512)
    except (OSError, OverflowError) as error:
        raise UsageError(
            f"เปิดที่ {host} พอร์ต {port} ไม่ได้ อาจมีโปรแกรมอื่นใช้อยู่ เลือกพอร์ตอื่นด้วย --port {port + 1}",
            f"cannot listen on {host} port {port}, perhaps another program does: choose another "
            f"one with --port {port + 1}",
        ) from error


def is_loopback(host: str) -> bool:
    """Whether the address is one that only this machine reaches."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def host_names(listening: Listening) -> tuple[str, ...]:
    """The names that a request may call the server by.

    Loopback and the address it listens on, and `names`; on all addresses, or on another one
    without `names`, any: there a login is needed in any case.
    """
    names = tuple(name.lower() for name in listening.names)
    if names or listening.local:
        own = f"[{listening.host}]" if ":" in listening.host else listening.host
        return (*LOOPBACK, own.lower(), *names)
    return ("*",)


def greeting(listening: Listening, port: int, token: str | None) -> Sequence[str]:
    """What the person at the terminal is told; `token` is that of the one-time link, if any."""
    base = _address(listening, port)
    stop = "หยุดด้วย Ctrl+C · stop with Ctrl+C"
    if token is not None:
        return (
            "เปิดลิงก์นี้ในเบราว์เซอร์ ใช้ได้ครั้งเดียว · open this link, it works once:",
            f"  {base}/enter?token={token}",
            f"ให้หลายคนใช้ เพิ่มผู้ใช้ก่อน · for several people add users first: {ADD_ADMIN}",
            stop,
        )
    clear = (
        "คำเตือน: ไม่มี TLS รหัสผ่านวิ่งในเครือข่ายโดยไม่เข้ารหัส ใช้ --certificate/--private-key หรือ --proxied "
        "หลัง nginx · warning: without TLS passwords cross the network in the clear: use "
        "--certificate and --private-key, or --proxied behind nginx or Caddy"
    )
    warned = () if listening.secure or listening.local else (clear,)
    return (_opened(listening, port), *warned, stop)


def _opened(listening: Listening, port: int) -> str:
    """What people open in their browsers: behind a proxy its address, which only `names` tell."""
    base = _address(listening, port)
    if not listening.proxied:
        return f"เปิดที่ {base} · open {base}"
    behind = base.partition("://")[2]
    if listening.names:
        return f"เปิดที่ https://{listening.names[0]} (proxy → {behind})"
    return (
        f"proxy → {behind} เปิดด้วยที่อยู่ https ของ proxy ระบุชื่อด้วย --name · open the https address of "
        "the proxy, and give its name with --name"
    )


def _address(listening: Listening, port: int) -> str:
    """Where the server is reached: for others by its name, for a proxy or this machine by number.

    On all addresses without `names` the machine's own name stands in: 0.0.0.0 opens nowhere else.
    """
    scheme = "https" if listening.certificate and not listening.proxied else "http"
    host = listening.host
    if listening.local or listening.proxied:
        host = "127.0.0.1" if host in (*_EVERYWHERE, "localhost") else host
    elif listening.names:
        host = listening.names[0]
    elif host in _EVERYWHERE:
        host = socket.gethostname()
    usual = {"http": 80, "https": 443}[scheme] == port
    return f"{scheme}://{f'[{host}]' if ':' in host else host}{'' if usual else f':{port}'}"


def _check_tls(listening: Listening) -> None:
    if (listening.certificate is None) != (listening.private_key is None):
        raise UsageError(
            "--certificate กับ --private-key ต้องใช้คู่กัน",
            "--certificate and --private-key belong together: give both",
        )


def _no_users() -> UsageError:
    return UsageError(
        f"ยังไม่มีผู้ใช้ จึงเปิดให้เครื่องอื่นเข้าไม่ได้ เพิ่มผู้ดูแลก่อน: {ADD_ADMIN} หรือเปิดเฉพาะเครื่องนี้โดยไม่ใส่ --host",
        f"there are no users, so other machines are not let in. Add one first: {ADD_ADMIN}, or "
        "leave out --host to serve this machine alone",
    )
