"""The template language: enough for a message, and nothing by which a text could reach, hang or fill the machine."""

from __future__ import annotations

import contextlib
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sellerinbox import guard, replies
from sellerinbox.domain.profiles import PROFILES
from sellerinbox.domain.text import clean
from sellerinbox.replies import sandbox
from sellerinbox.replies.template import TemplateMistake

KNOWN = {"buyer": "Anna", "order": "7-7", "carrier": "DHL", "shipped": "yes"}


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ('No: {{ tracking or "not yet" }}', "No: not yet"),
        ('No: {{ order or "not yet" }}', "No: 7-7"),
        ("{% if shipped %}on its way{% else %}here{% endif %}", "on its way"),
        ("{% if delivered %}there{% elif shipped %}on its way{% endif %}", "on its way"),
        ("{% if not tracking %}no number{% endif %}", "no number"),
        ('{% if carrier == "DHL" and shipped %}by DHL{% endif %}', "by DHL"),
        ('{% if carrier in ["DHL", "UPS"] %}known{% endif %}', "known"),
        ('{% if "UPS" in tracking %}a{% else %}b{% endif %}', "b"),
        ('{{ tracking | default("none") }}', "none"),
        ("{% if tracking is defined %}a{% else %}b{% endif %}", "b"),
        ("{{ buyer | upper }}", "ANNA"),
        ('{{ "order " ~ order }}', "order 7-7"),
        ("{{ 'by ' ~ carrier if shipped else 'soon' }}", "by DHL"),
        ("a{# never sent #}b", "ab"),
        ("a\n{% if delivered %}\nb\n{% endif %}\nc", "a\nc"),
        ("a\n\n{% if delivered %}\nb\n{% endif %}\n\nc", "a\n\nc"),
        ("{% raw %}{order}{% endraw %}", "{order}"),
        ("3 < 4 & 5 > 4", "3 < 4 & 5 > 4"),
    ],
)
def test_what_a_seller_writes(text: str, reads: str) -> None:
    assert replies.fill(text, KNOWN) == replies.Filled(reads, ())


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__ }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ buyer.__init__.__globals__ }}",
        "{{ buyer['__class__'] }}",
        "{{ buyer|attr('__class__') }}",
        "{{ self }}{{ self.__init__ }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ namespace(a=1) }}",
        "{{ range(1000000000) }}",
        "{{ lipsum(1000) }}",
        "{{ dict(a=1) }}",
        "{{ buyer.format(1) }}",
        "{{ '%99999999d' % 1 }}",
        "{{ 'a' * 1000000000 }}",
        "{{ 9 ** 999999999 }}",
        "{{ 'x' | center(1000000000) }}",
        "{{ buyer | map('upper') | list }}",
        "{% for i in range(1000000000) %}x{% endfor %}",
        "{% for c in buyer recursive %}{{ loop(c) }}{% endfor %}",
        "{% set x = 'aa' %}{% set x = x ~ x %}",
        "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
        "{% include buyer %}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}",
        "{% from 'os' import path %}",
        "{% extends 'x' %}",
        "{% block a %}{% endblock %}",
        "{% call buyer() %}{% endcall %}",
        "{% filter upper %}a{% endfilter %}",
        "{% with x = 1 %}{{ x }}{% endwith %}",
        "{% autoescape true %}a{% endautoescape %}",
        "{{ fragment(buyer) }}",
        "{{ [1,2,3][0] }}",
        "{{ {'a': 1} }}",
        "{{ " + "(" * 500 + "1" + ")" * 500 + " }}",
        "{{ " + "not " * 500 + "buyer }}",
        "{{ " + "not " * 60 + "buyer }}",
        "{% if buyer %}" * 500 + "{% endif %}" * 500,
        "x" * 30_000,
        "{{ buyer",
        "{% if buyer %}",
        "{% endif %}",
        "{{ }}",
        "{% nonsense %}",
    ],
)
def test_nothing_leads_out_and_nothing_runs_on(text: str) -> None:
    with pytest.raises(TemplateMistake):
        replies.fill(text, KNOWN)


@pytest.mark.parametrize("text", ["{{ buyer.__class__ }}", "{{ ''.__class__.__mro__ }}", "{{ ''|attr('__class__') }}", "{{ cycler() }}"])
def test_jinjas_own_fence_stands_behind_ours(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(sandbox, "_allowed", lambda node, depth: None)
    read = ""
    try:
        with contextlib.suppress(TemplateMistake):
            read = replies.fill(text, KNOWN).text
    finally:
        sandbox._read.cache_clear()
        sandbox._compiled.cache_clear()
    assert "class" not in read
    assert "<" not in read


def test_a_filled_text_does_not_grow_without_end() -> None:
    with pytest.raises(TemplateMistake, match="grows beyond"):
        replies.fill("{{ buyer }}" * 200, {"buyer": "A" * 2_000})


HOSTILE = [
    "{{ order }}",
    "{% if 1 %}x{% endif %}",
    "{{ ''.__class__ }}",
    "{% for i in range(9999999) %}x{% endfor %}",
    "{tracking}",
    "{# x #}",
    "{{ fragment('closing') }}",
    "{% include 'closing' %}",
    "{% raw %}",
    "{% endif %}",
]


@pytest.mark.parametrize("value", HOSTILE)
def test_what_a_stranger_is_called_is_never_evaluated(value: str) -> None:
    values = dict.fromkeys(replies.VARIABLES, value)

    assert replies.fill("Hello {buyer}, {{ item }}!", values).text == f"Hello {value}, {value}!"
    assert replies.fill('{{ buyer or "x" }} {% if buyer %}{{ buyer ~ "." }}{% endif %}', values).text == f"{value} {value}."
    canned = replies.load(None)
    for reply in canned.all():
        composed = replies.compose(canned, [reply.name], "en", values)
        assert value in composed.text or reply.name == "hello"
        assert composed.missing == ()


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_value_is_only_a_value(buyer: str, item: str) -> None:
    filled = replies.fill("{{ buyer }}|{item}|{% if shipped %}x{% endif %}", {"buyer": buyer, "item": item})

    read = [" ".join(clean(value).replace("\ue000", "").split()) for value in (buyer, item)]
    assert filled.text == f"{read[0] or '{buyer}'}|{read[1] or '{item}'}|"


@given(st.text(alphabet="{}%#'\"|~()[]._ abuyertif\n", max_size=40))
def test_any_text_is_filled_or_refused_in_a_sentence(text: str) -> None:
    with contextlib.suppress(TemplateMistake):
        replies.fill(text, KNOWN)


@pytest.mark.parametrize(
    "text",
    [
        "No: {{ tracking }}",
        "No: {tracking}",
        "{{ tracking | upper }}",
        '{{ "No: " ~ tracking }}',
        "{% if shipped %}{{ tracking }}{% endif %}",
    ],
)
@pytest.mark.parametrize("value", [None, "", "  ", "\u200b"])
def test_a_missing_value_never_leaves_a_hole_that_the_guard_lets_out(text: str, value: str | None) -> None:
    filled = replies.fill(text, {**KNOWN, "tracking": value})

    assert filled.missing == ("tracking",)
    assert guard.verdict(guard.check(filled.text, guard.of_profile(PROFILES["ebay"]))) == "block"


def test_what_is_missing_is_asked_for_in_reading_order_and_only_where_it_is_read() -> None:
    text = "{% if delivered %}{{ delivered_on }}{% endif %}{{ part }} {{ carrier or service }} {{ answer }} {{ part }} {{ date or order }}"

    assert replies.fill(text, {"order": "7-7"}).missing == ("part", "service", "answer")


def test_a_mistake_names_its_line_in_the_text() -> None:
    with pytest.raises(TemplateMistake) as caught:
        replies.fill("one\ntwo {{ buyer }}\nthree {{ buyer", KNOWN)

    assert caught.value.line == 3


def test_jinja_comes_with_the_first_reply_and_not_before() -> None:
    code = "import sys; from sellerinbox import replies; replies.load(None); print({'jinja2', 'rapidfuzz', 'tomlkit'} & set(sys.modules))"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=30)

    assert done.stdout.strip() == "set()"
