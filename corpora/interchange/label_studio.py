"""Tasks for Label Studio: a JSON list, or JSON lines, of texts with choices.

Labels that a person or an import set go out as annotations, those of a machine as predictions,
which a reviewer confirms or corrects. `data.wara` carries all else, so nothing is lost on the way.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from corpora.interchange.rows import META, Row, meta_of, tagged, tags_of, write_text
from corpora.lines import Line, fault_at, read_lines
from corpora.taxonomy import Label, Taxonomy

# How many of its labels a text may get, and the question put above them.
_AXES = {
    "agenda": ("single", "ประเด็น (agenda)"),
    "mode": ("single", "รูปแบบหลัก (primary mode)"),
    "also": ("multiple", "รูปแบบอื่น (further modes)"),
    "flag": ("multiple", "ธง (flags)"),
}


def label_studio_config(taxonomy: Taxonomy) -> str:
    """The labelling interface to paste into a project: Thai names are shown, codes are kept."""
    labels = {
        "agenda": taxonomy.agendas,
        "mode": taxonomy.modes,
        "also": taxonomy.modes,
        "flag": taxonomy.flags,
    }
    axes = "\n".join(_choices(axis, labels[axis]) for axis in _AXES)
    return f'<View>\n  <Text name="text" value="$text"/>\n{axes}\n</View>\n'


def _choices(axis: str, labels: Sequence[Label]) -> str:
    number, question = _AXES[axis]
    choices = "\n".join(
        f'    <Choice value="{escape(label.short_th)}" alias="{label.code}"'
        f' hint="{escape(label.definition_th)}"/>'
        for label in labels
    )
    return (
        f'  <Header value="{escape(question)}"/>\n'
        f'  <Choices name="{axis}" toName="text" choice="{number}">\n{choices}\n  </Choices>'
    )


def write(rows: list[Row], path: Path) -> None:
    """Write the tasks to import: one JSON list, or a task a line where the suffix is .jsonl."""
    tasks = [json.dumps(_task(row), ensure_ascii=False) for row in rows]
    if path.suffix.lower() == ".jsonl":
        write_text(path, "\n".join(tasks) + "\n")
    else:
        write_text(path, "[" + ",\n".join(tasks) + "]\n")


def _task(row: Row) -> Row:
    said: dict[str, list[str]] = {}
    for tag in tags_of(row):
        axis, _, code = tag.partition(":")
        said.setdefault(axis, []).append(code)
    result = [
        {"from_name": axis, "to_name": "text", "type": "choices", "value": {"choices": codes}}
        for axis, codes in said.items()
    ]
    data = {"text": row["text"], META: meta_of(row)}
    if row.get("label_source") != "machine":
        return {"data": data, "annotations": [{"result": result}]}
    model = row.get("label_model") or "wara"
    return {"data": data, "predictions": [{"model_version": model, "result": result}]}


def read(path: Path, taxonomy: Taxonomy) -> Iterator[Line]:
    """Read an export in the form JSON; tasks that nobody has done are left out.

    Of several annotations of a task the one saved last counts; without one, its last prediction.
    """
    for line in _tasks(path):
        row = _row(line, taxonomy)
        if row is not None:
            yield Line(line.place, row)


def _tasks(path: Path) -> Iterator[Line]:
    if path.suffix.lower() == ".jsonl":
        yield from read_lines([path], ids=False)
        return
    try:
        tasks = json.loads(path.read_text(encoding="utf-8-sig"))
        if not isinstance(tasks, list) or not all(isinstance(task, dict) for task in tasks):
            raise ValueError("a list of tasks is expected")
    except (OSError, ValueError, RecursionError) as error:  # deeply nested brackets recurse
        raise fault_at(
            str(path),
            f"อ่านงานของ Label Studio ไม่ได้ ({error}) ส่งออกเป็น JSON แล้วลองใหม่",
            f"no tasks of Label Studio ({error}). Export the project as JSON.",
        ) from error
    for number, task in enumerate(tasks, start=1):
        yield Line(f"{path}, task {number}", task)


def _row(line: Line, taxonomy: Taxonomy) -> Row | None:
    data = line.values.get("data")
    if not isinstance(data, Mapping):
        raise line.fault(
            "data",
            "ต้องเป็นวัตถุ JSON ส่งออกเป็น JSON (ไม่ใช่ JSON-MIN)",
            "this must be a JSON object. Export as JSON, not JSON-MIN.",
        )
    known = data.get(META)
    if not isinstance(known, dict):  # a task that did not come from wara
        known = {"id": f"label-studio-{line.values.get('id', line.place)}"}
    result, by_machine = _result(line)
    if result is None:
        return None
    row = tagged(line, known, _tags(line, result), taxonomy) | {"text": data.get("text")}
    if by_machine != (known.get("label_source") == "machine"):
        row["label_source"] = "machine" if by_machine else "import"
    return row


def _result(line: Line) -> tuple[Any, bool]:
    """The result that counts, and whether it is a machine's; (None, False) without any."""
    for key, by_machine in (("annotations", False), ("predictions", True)):
        found = line.values.get(key) or []
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            raise _odd(line, key)
        done = [one for one in found if not one.get("was_cancelled") and one.get("result")]
        if done:
            return max(done, key=lambda one: str(one.get("updated_at", "")))["result"], by_machine
    return None, False


def _tags(line: Line, result: Any) -> Iterator[str]:
    try:
        for choice in result:
            if choice["type"] == "choices" and choice["from_name"] in _AXES:
                yield from (f"{choice['from_name']}:{code}" for code in choice["value"]["choices"])
    except (TypeError, KeyError) as error:
        raise _odd(line, "result") from error


def _odd(line: Line, key: str) -> Exception:
    return line.fault(
        key,
        "ไม่ใช่รูปแบบของ Label Studio ส่งออกเป็น JSON ใหม่",
        "this is not what Label Studio exports. Export as JSON again.",
    )
