"""Commands on the users who may enter the workplace."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli.options import JsonOption, current_user, print_json
from pipeline.cli.web import need_web

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pipeline.settings import Settings

users = typer.Typer(
    no_args_is_help=True,
    help="ผู้ใช้ของที่ทำงานบนเว็บ: เพิ่ม ดู ปิด ออกรหัสใหม่ · users of the web workplace.",
)

NameArgument = Annotated[str, typer.Argument(help="ชื่อผู้ใช้ · user's name.")]
GenerateOption = Annotated[
    bool, typer.Option("--generate", help="ให้ wara สร้างรหัสผ่าน · let wara make the password.")
]


@users.command("add")
def add_user(
    context: typer.Context,
    name: NameArgument,
    role: Annotated[str, typer.Option(help="reviewer, analyst, admin · บทบาท.")],
    generate: GenerateOption = False,
) -> None:
    """เพิ่มผู้ใช้ ถามรหัสผ่านหรือสร้างให้ · add a user; the password is asked for or made."""
    from pipeline import terminal

    need_web()
    from pipeline.web.access import people

    people.checked_role(role)
    password, made = _password(people.checked_name(name), generate)
    user = _change(
        context.obj,
        "people.add",
        lambda session, by: people.add_user(session, name, role, password, by=by),
    )
    terminal.say(f"เพิ่มผู้ใช้ {user.name} ({user.role}) แล้ว · added")
    _show(password, made)


@users.command("password")
def set_password(
    context: typer.Context, name: NameArgument, generate: GenerateOption = False
) -> None:
    """เปลี่ยนรหัสผ่านของผู้ใช้ และให้ออกจากระบบทุกที่ · set a password; all their logins end."""
    from pipeline import terminal

    need_web()
    from pipeline.web.access import people

    password, made = _password(people.checked_name(name), generate)
    user = _change(
        context.obj.begun(),
        "people.password",
        lambda session, _by: people.set_password(session, name, password),
    )
    terminal.say(f"เปลี่ยนรหัสผ่านของ {user.name} แล้ว · changed")
    _show(password, made)


@users.command("disable")
def disable_user(context: typer.Context, name: NameArgument) -> None:
    """ปิดบัญชี มีผลทันที · let a user no longer in, at once."""
    from pipeline import terminal

    need_web()
    from pipeline.web.access import people

    user = _change(
        context.obj.begun(), "people.disable", lambda session, _by: people.disable(session, name)
    )
    terminal.say(f"ปิดบัญชี {user.name} แล้ว · {user.name} can no longer log in")


@users.command("enable")
def enable_user(context: typer.Context, name: NameArgument) -> None:
    """เปิดบัญชีที่ปิดไว้ · let a disabled user in again."""
    from pipeline import terminal

    need_web()
    from pipeline.web.access import people

    user = _change(
        context.obj.begun(), "people.enable", lambda session, _by: people.enable(session, name)
    )
    terminal.say(f"เปิดบัญชี {user.name} แล้ว · {user.name} can log in again")


@users.command("role")
def set_role(
    context: typer.Context,
    name: NameArgument,
    role: Annotated[str, typer.Argument(help="reviewer, analyst, admin · บทบาท.")],
) -> None:
    """เปลี่ยนบทบาท มีผลทันที · give a user another role, at once."""
    from pipeline import terminal

    need_web()
    from pipeline.web.access import people

    user = _change(
        context.obj.begun(),
        "people.role",
        lambda session, _by: people.set_role(session, name, role),
    )
    terminal.say(f"{user.name} เป็น {user.role} แล้ว · {user.name} is now {user.role}")


@users.command("token")
def make_token(
    context: typer.Context,
    name: NameArgument,
    label: Annotated[str, typer.Option(help="ใช้ทำอะไร · what it is for.")],
    days: Annotated[int, typer.Option(min=1, max=366, help="อายุ (วัน) · days it holds.")] = 90,
) -> None:
    """ออกโทเคนให้โปรแกรมเรียก API ในนามผู้ใช้ · a token with which a program acts as a user."""
    from pipeline import terminal

    need_web()
    from pipeline.web.access import logins, people

    made = []

    def change(session: Session, _by: str) -> people.User:
        user = people.get_user(session, name)
        made.append(logins.make_token(session, user.id, label, days=days))
        return user

    user = _change(context.obj.begun(), "account.token", change)
    terminal.say(f"โทเคนของ {user.name} แสดงครั้งนี้ครั้งเดียว · the token, shown this once:")
    sys.stdout.write(made[0] + "\n")


@users.command("list")
def list_users(context: typer.Context, as_json: JsonOption = False) -> None:
    """ผู้ใช้ทั้งหมด · all users."""
    from pipeline import terminal

    need_web()
    from pipeline.store import Store
    from pipeline.web.access import people

    with Store.open(context.obj.begun()) as store, store.read() as session:
        found = people.list_users(session)
    if as_json:
        print_json(
            [{"name": u.name, "role": u.role, "disabled": u.disabled_at is not None} for u in found]
        )
        return
    if not found:
        terminal.say("ยังไม่มีผู้ใช้ เพิ่มด้วย wara users add ชื่อ --role admin · there are none: add one")
    for user in found:
        state = "ปิดอยู่ · disabled" if user.disabled_at else ""
        terminal.out.print(
            f"{user.name}\t{user.role}\t{state}".rstrip(), markup=False, highlight=False
        )


def _change(settings: Settings, action: str, change: Any) -> Any:
    """Make a change to a user and write it into the audit log, both or neither."""
    from pipeline.store import Store
    from pipeline.web.access import audit

    by = f"{current_user()} (terminal)"
    with Store.open(settings) as store, store.begin() as session:
        user = change(session, by)
        audit.record(session, action, by=by, target=user.name, details={"role": user.role})
    return user


def _password(name: str, generate: bool) -> tuple[str, bool]:
    """The password that was typed twice, or one that is made; whether it was made."""
    from pipeline.web.access import passwords

    if generate or not sys.stdin.isatty():
        return passwords.generated(), True
    typed = typer.prompt(
        "รหัสผ่าน (ว่าง = สร้างให้) · password (empty: make one)", hide_input=True, default="",
        show_default=False, confirmation_prompt="อีกครั้ง · again", err=True,
    )  # fmt: skip
    return (passwords.checked(typed, name), False) if typed else (passwords.generated(), True)


def _show(password: str, made: bool) -> None:
    from pipeline import terminal

    if made:
        terminal.say("รหัสผ่าน แสดงครั้งนี้ครั้งเดียว · the password, shown this once:")
        sys.stdout.write(password + "\n")
