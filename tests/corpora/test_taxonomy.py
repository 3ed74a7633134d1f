import json
from pathlib import Path

import pytest

from corpora import load_proposals, load_taxonomy
from corpora.taxonomy import TAXONOMY_FILE
from pipeline.errors import ModelError

SHIPPED = TAXONOMY_FILE.read_text(encoding="utf-8")

HEALTH = """
[[agendas]]
code = "health"
name_th = "สุขภาพหนึ่งเดียว"
name_en = "One health"
short_th = "สุขภาพ"
definition_th = "คน สัตว์ และสิ่งแวดล้อมปลอดโรคร่วมกัน"
definition_en = "People, animals and surroundings are kept well together."
cues = ["โรคระบาดสัตว์"]
fiscal_year = 2570
"""


def write(folder: Path, text: str) -> Path:
    file = folder / "taxonomy.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_shipped_labels_are_those_of_fiscal_year_2565():
    taxonomy = load_taxonomy()
    assert taxonomy.agenda_codes == (
        "poverty",
        "livelihood",
        "tourism",
        "environment",
        "service",
    )
    assert taxonomy.mode_codes == ("digital", "innovation", "open", "excellence")
    assert taxonomy.flag_codes == ("award_scaleup",)
    assert taxonomy.network_names == (
        "ราชการ",
        "วิชาการ",
        "ศาสนา",
        "เอกชน",
        "ประชาชน",
        "ประชาสังคม",
        "สื่อมวลชน",
    )
    assert {label.fiscal_year for label in taxonomy.agendas + taxonomy.modes} == {2565}
    assert taxonomy.modes[2].name_th == "การพัฒนาไปสู่ราชการระบบเปิด (Open Government)"


def test_a_cue_stands_for_one_label_of_its_group():
    taxonomy = load_taxonomy()
    for group in (taxonomy.agendas, taxonomy.modes):
        cues = [cue for label in group for cue in label.cues]
        assert len(cues) == len(set(cues))
        assert all(len(label.cues) >= 10 for label in group)


def test_a_new_label_needs_no_code(tmp_path):
    taxonomy = load_taxonomy(write(tmp_path, SHIPPED + HEALTH))
    assert taxonomy.agendas[-1].code == "health"
    assert taxonomy.agendas[-1].fiscal_year == 2570
    assert taxonomy.agendas[-1].source == taxonomy.agendas[0].source
    line = {"id": "1", "text": "ฉีดวัคซีนวัว", "agenda": "health", "modes": ["open"]}
    lines = tmp_path / "new.jsonl"
    lines.write_text(json.dumps(line), encoding="utf-8")
    assert list(load_proposals(lines, taxonomy=taxonomy)["agenda"]) == ["health"]
    with pytest.raises(ModelError, match="health"):
        load_proposals(lines)


def test_the_digest_follows_the_content_and_not_the_layout(tmp_path):
    shipped = load_taxonomy().digest
    assert load_taxonomy(write(tmp_path, "# note\n\n" + SHIPPED)).digest == shipped
    changed = SHIPPED.replace('"ไฟป่า", ', "")
    assert changed != SHIPPED
    assert load_taxonomy(write(tmp_path, changed)).digest != shipped


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('code = "tourism"', 'code = "Tourism !"', "agendas.code"),
        ('code = "tourism"', 'code = "poverty"', "agendas.code"),
        ('code = "tourism"', "code = 7", "agendas.code"),
        ('short_th = "ดิจิทัล"', 'short_th = "  "', "modes.short_th"),
        ('short_th = "ดิจิทัล"', 'shrt_th = "ดิจิทัล"', "modes.shrt_th"),
        ('cues = [\n  "ความยากจน"', 'cues = [\n  1, "ความยากจน"', "agendas.cues"),
        ('name_en = "Academia"', 'cues = ["วัด"]\nname_en = "Academia"', "networks.cues"),
        ('name = "ศาสนา"', 'name = "ราชการ"', "networks.name"),
    ],
)
def test_a_fault_names_line_and_key(tmp_path, old, new, key):
    assert SHIPPED.count(old) == 1
    file = write(tmp_path, SHIPPED.replace(old, new))
    line = SHIPPED[: SHIPPED.index(old)].count("\n") + 1
    with pytest.raises(ModelError) as caught:
        load_taxonomy(file)
    assert f"{file}:{line}, {key}" in caught.value.thai
    assert f"{file}:{line}, {key}" in caught.value.english
    assert caught.value.exit_code == 5


def test_a_missing_key_names_the_line_of_its_table(tmp_path):
    dropped = 'name_en = "Environmental management"\n'
    file = write(tmp_path, SHIPPED.replace(dropped, ""))
    header = SHIPPED[: SHIPPED.index('code = "environment"')].count("\n")
    with pytest.raises(ModelError, match=f"toml:{header}, agendas.name_en"):
        load_taxonomy(file)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "0 found"),
        ("agendas = 3", "must be tables"),
        ("format = 9\n" + SHIPPED.replace("format = 1\n", ""), "format"),
        ("agenda = 1\n" + SHIPPED, "unknown key"),
        (SHIPPED.replace("fiscal_year = 2565", "fiscal_year = 2022"), "Buddhist Era"),
        (SHIPPED.replace('code = "award_scaleup"', 'code = "award"'), "award_scaleup"),
        ("x = " + "[" * 200_000, "TOML"),
        ("ก" * 200_000, "TOML"),
        ("ป้าย = 1", "line 1"),
    ],
)
def test_a_file_that_cannot_serve_is_refused(tmp_path, text, message):
    with pytest.raises(ModelError, match=message):
        load_taxonomy(write(tmp_path, text))


def test_a_missing_or_foreign_file_is_a_model_error(tmp_path):
    with pytest.raises(ModelError, match="cannot be read"):
        load_taxonomy(tmp_path / "none.toml")
    foreign = tmp_path / "tis620.toml"
    foreign.write_bytes("ป้าย".encode("tis-620"))
    with pytest.raises(ModelError, match="UTF-8"):
        load_taxonomy(foreign)
