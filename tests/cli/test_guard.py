"""`sellerinbox guard`: one answer a line, in the contract's form, without account, inbox file or network."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

HONEST = "Your parcel left on Monday with Royal Mail, number RR630930672GB."
CONTACT = "Call me on 07700 900123 and we settle it."


def run(home: Path, *words: str, given: str = "") -> subprocess.CompletedProcess[str]:
    environ = {"SELLERINBOX_HOME": str(home), "PATH": "", "PYTHONPATH": ":".join(sys.path), "PYTHONUTF8": "1", "LANG": "C.UTF-8"}
    return subprocess.run([sys.executable, "-m", "sellerinbox", "guard", *words], input=given, capture_output=True, text=True, env=environ)


def test_one_line_out_for_each_line_in_and_in_the_same_order(tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": 7, "text": CONTACT, "marketplace": "ebay", "other": "ignored"}),
        json.dumps({"id": "b", "text": HONEST, "marketplace": "amazon", "lang": "en", "case": "open"}),
        "",
        "no json",
        json.dumps({"id": "c"}),
        json.dumps({"id": "d", "text": "您好\u200b，款已退。", "lang": "zh-Hans"}, ensure_ascii=False),
    ]
    done = run(tmp_path, "--json", given="\n".join(lines) + "\n")
    told = [json.loads(line) for line in done.stdout.splitlines()]

    assert done.returncode == 0
    assert [each["id"] for each in told] == [7, "b", None, None, "c", "d"]
    assert [each["verdict"] for each in told] == ["block", "allow", "block", "block", "block", "allow"]
    for each in told:
        assert set(each) == {"id", "verdict", "findings", "tone", "form"}
        assert each["tone"] in ("inflaming", "calming")
        assert each["form"] in ("clean", "sloppy")
        for finding in each["findings"]:
            assert set(finding) == {"family", "kind", "severity", "start", "end", "text", "why"}
    phone = next(finding for finding in told[0]["findings"] if finding["kind"] == "phone")
    assert CONTACT[phone["start"] : phone["end"]] == phone["text"]
    assert list(tmp_path.rglob("*.db")) == []


@pytest.mark.parametrize(("text", "code"), [(HONEST, 0), (CONTACT, 5), ("Hello {buyer}, thank you.", 5)])
def test_a_text_is_told_in_words_and_by_the_exit_code(tmp_path: Path, text: str, code: int) -> None:
    file = tmp_path / "draft.txt"
    file.write_text(text + "\n", encoding="utf-8")
    done = run(tmp_path, str(file))

    assert done.returncode == code
    assert ("block" in done.stdout) is (code == 5)


def test_a_rule_is_explained_and_a_wrong_id_is_named(tmp_path: Path) -> None:
    every = run(tmp_path, "--explain")
    ids = [line.split()[0] for line in every.stdout.splitlines()[1:]]
    one = run(tmp_path, "--explain", "form.punctuation.row")

    assert len(ids) > 60
    assert {"template.placeholder", "safety.harm.canned", "form.capitals.loud"} <= set(ids)
    assert "!!!" in one.stdout
    assert "[guard] off" in one.stdout
    assert run(tmp_path, "--explain", "nothing.of.the.sort").returncode != 0


def test_the_sellers_own_rules_count_and_a_rule_can_be_switched_off(tmp_path: Path) -> None:
    own = tmp_path / "config" / "guard"
    own.mkdir(parents=True)
    rule = (
        '[[rule]]\nid = "safety.own.gadget"\nfamily = "safety"\nkind = "own"\nseverity = "warn"\nwhy.en = "Not that word."\ndoc = "Mine."\n'
    )
    (own / "mine.toml").write_text(rule + 'when.en = ["gizmo*"]\n', encoding="utf-8")
    loud = "This is NOT WHAT YOU THINK IT IS."

    assert "Not that word." in run(tmp_path, given="Your gizmos are here.").stdout
    assert "form.capitals.loud" in run(tmp_path, given=loud).stdout
    (tmp_path / "config" / "config.toml").write_text('[guard]\noff = ["form.capitals.loud"]\n', encoding="utf-8")
    assert "form.capitals.loud" not in run(tmp_path, given=loud).stdout
    (own / "mine.toml").write_text("[[rule", encoding="utf-8")
    broken = run(tmp_path, given="Hello")
    assert broken.returncode == 2
    assert "mine.toml" in broken.stderr


def test_nothing_is_checked_when_the_file_is_not_there(tmp_path: Path) -> None:
    done = run(tmp_path, str(tmp_path / "nothing.txt"))
    assert done.returncode == 2
    assert "nothing.txt" in done.stderr
