"""Addresses: what is wrong with them, and what to write instead."""

from __future__ import annotations

from pathlib import Path

import pytest
from catalog.check import check
from catalog.web import USUAL, address_fault, looked_at, same_page
from hypothesis import given, settings
from hypothesis import strategies as st

ROOT = Path(__file__).parents[1]
OPEN = "give an address that everybody can open"
COPY = "copy it from the address bar of the browser"
IP = "is an IP address, expected a host name"
PRIVATE = "is not a host of the public web"
PAPER = "not the address of the paper's abstract page"
PAGE = "not the plain address of the page"
CONTROL = "the address holds a tab, a line break or another control character"
ENCODE = "the address holds characters that must be encoded"

WRONG = [
    # no address of the web
    ("javascript:alert(1)", "'javascript:alert(1)' is not a web address", "begin it with https://"),
    ("data:text/html,foo", "'data:text/html,foo' is not a web address", "begin it with https://"),
    ("mailto:foo@acme.ai", "'mailto:foo@acme.ai' is not a web address", "begin it with https://"),
    ("ftp://acme.ai/foo", "'ftp://acme.ai/foo' is not a web address", "begin it with https://"),
    ("foo", "'foo' is not a web address", "begin it with https://"),
    ("localhost:8000/foo", "'localhost:8000/foo' is not a web address", "begin it with https://"),
    # a beginning that slipped, or was never there
    ("github.com/acme/foo", "'github.com/acme/foo' is not a web address", "write https://github.com/acme/foo"),
    ("www.acme.ai", "'www.acme.ai' is not a web address", "write https://www.acme.ai"),
    ("httpbin.org/get", "'httpbin.org/get' is not a web address", "write https://httpbin.org/get"),
    ("//acme.ai/foo", "'//acme.ai/foo' is not a web address", "write https://acme.ai/foo"),
    ("https：//acme.ai/foo", "'https：//acme.ai/foo' is not a web address", "write https://acme.ai/foo"),
    ("https//acme.ai", "'https//acme.ai' is not a web address", "write https://acme.ai"),
    ("http:/acme.ai", "'http:/acme.ai' is not a web address", "write http://acme.ai"),
    ("HTTPS://acme.ai/Foo", "'HTTPS://acme.ai/Foo' is not a web address", "write https://acme.ai/Foo"),
    (
        "git@github.com:acme/foo.git",
        "'git@github.com:acme/foo.git' is not a web address",
        "write https://github.com/acme/foo",
    ),
    (
        "ssh://git@gitee.com/acme/foo",
        "'ssh://git@gitee.com/acme/foo' is not a web address",
        "write https://gitee.com/acme/foo",
    ),
    # an address inside other text
    ("[Foo](https://acme.ai)", "'[Foo](https://acme.ai)' is not a web address", "write https://acme.ai"),
    ("<https://acme.ai/foo>", "'<https://acme.ai/foo>' is not a web address", "write https://acme.ai/foo"),
    ("官网：https://acme.ai。", "'官网：https://acme.ai。' is not a web address", "write https://acme.ai"),
    # who you are is not where you go
    ("https://foo:bar@acme.ai/x", "'foo:bar@' before the host is a user name, not a place", "write https://acme.ai/x"),
    ("https://acme.ai@evil.org", "'acme.ai@' before the host is a user name, not a place", "write https://evil.org"),
    # browsers and programs disagree about backslashes
    (r"https://evil.org\@acme.ai/", "the address holds a backslash", "write https://evil.org/@acme.ai/"),
    (r"https://acme.ai\foo", "the address holds a backslash", "write https://acme.ai/foo"),
    (r"https:\\acme.ai", r"'https:\\acme.ai' is not a web address", "write https://acme.ai"),
    # names of somebody's own network
    ("https://localhost/", f"'localhost' {PRIVATE}", OPEN),
    ("https://localhost.:8000/", f"'localhost' {PRIVATE}", OPEN),
    ("https://foo.localhost", f"'foo.localhost' {PRIVATE}", OPEN),
    ("https://nas.local/foo", f"'nas.local' {PRIVATE}", OPEN),
    ("https://db.internal", f"'db.internal' {PRIVATE}", OPEN),
    ("https://router.lan", f"'router.lan' {PRIVATE}", OPEN),
    ("https://wiki.corp", f"'wiki.corp' {PRIVATE}", OPEN),
    ("https://foo.home.arpa", f"'foo.home.arpa' {PRIVATE}", OPEN),
    ("https://foo.test", f"'foo.test' {PRIVATE}", OPEN),
    ("https://foo.invalid", f"'foo.invalid' {PRIVATE}", OPEN),
    ("https://foo.onion", f"'foo.onion' {PRIVATE}", OPEN),
    ("https://www.example.com/", f"'www.example.com' {PRIVATE}", OPEN),
    ("https://example.org", f"'example.org' {PRIVATE}", OPEN),
    ("https://foo:bar@localhost/", f"'localhost' {PRIVATE}", OPEN),
    # numbers, in every way that a browser reads as an IP address
    ("https://127.0.0.1/", f"'127.0.0.1' {IP}", OPEN),
    ("https://127.0.0.1./", f"'127.0.0.1' {IP}", OPEN),
    ("https://8.8.8.8:8080/", f"'8.8.8.8' {IP}", OPEN),
    ("https://127.1", f"'127.1' {IP}", OPEN),
    ("https://2130706433/", f"'2130706433' {IP}", OPEN),
    ("https://0x7f000001/", f"'0x7f000001' {IP}", OPEN),
    ("https://0X7F.1/", f"'0x7f.1' {IP}", OPEN),
    ("https://0177.0.0.1/", f"'0177.0.0.1' {IP}", OPEN),
    ("https://1.2.3.0x4/", f"'1.2.3.0x4' {IP}", OPEN),
    ("https://[::1]/", f"'[::1]' {IP}", OPEN),
    ("https://[::ffff:127.0.0.1]:8000/", f"'[::ffff:127.0.0.1]' {IP}", OPEN),
    ("https://１２７.0.0.1/", f"'127.0.0.1' {IP}", OPEN),
    ("https://①②⑦.0.0.1/", f"'127.0.0.1' {IP}", OPEN),
    # no host, and what is no name of one
    ("https://", "the address names no host", COPY),
    ("https:///foo", "the address names no host", COPY),
    ("https://?foo", "the address names no host", COPY),
    ("https://intranet/foo", f"'intranet' {PRIVATE}", OPEN),
    ("https://wiki/foo", "'wiki' is not a host name", OPEN),
    ("https://https://acme.ai", "'https' is not a host name", OPEN),
    ("https://acme..ai", "'acme..ai' is not a host name", OPEN),
    ("https://-acme.ai", "'-acme.ai' is not a host name", OPEN),
    ("https://acme-.ai", "'acme-.ai' is not a host name", OPEN),
    ("https://ac_me.ai", "'ac_me.ai' is not a host name", OPEN),
    ("https://acme.a", "'acme.a' is not a host name", OPEN),
    ("https://acme.a1", "'acme.a1' is not a host name", OPEN),
    ("https://%61cme.ai", "'%61cme.ai' is not a host name", OPEN),
    (f"https://{'a' * 64}.ai", f"'{'a' * 59}…' is not a host name", OPEN),
    (f"https://{'a.' * 126}ai", f"'{'a.' * 29}a…' is not a host name", OPEN),
    ("https://ACME.ai/Foo", "'ACME.ai' is not in lower case", "write https://acme.ai/Foo"),
    ("https://acme.ai./foo", "'acme.ai.' ends with a dot", "write https://acme.ai/foo"),
    ("https://acme.ai.:8443/foo", "'acme.ai.' ends with a dot", "write https://acme.ai:8443/foo"),
    # ports
    ("https://acme.ai:443/foo", "':443' after the host is not needed", "write https://acme.ai/foo"),
    ("http://acme.ai:80", "':80' after the host is not needed", "write http://acme.ai"),
    ("https://acme.ai:/foo", "':' after the host is not needed", "write https://acme.ai/foo"),
    ("https://acme.ai:65536/", "'65536' is not a port", COPY),
    ("https://acme.ai:0/", "'0' is not a port", COPY),
    ("https://acme.ai:foo/", "'foo' is not a port", COPY),
    # spaces and control characters, which browsers drop or move
    ("https://acme.ai/foo\n", "spaces or line breaks around the address", "write https://acme.ai/foo"),
    (" https://acme.ai/foo\t", "spaces or line breaks around the address", "write https://acme.ai/foo"),
    ("https://acme.ai/#foo\n", "spaces or line breaks around the address", "write https://acme.ai/#foo"),
    ("https://ac\tme.ai/", CONTROL, COPY),
    ("https://acme.ai/\nfoo", CONTROL, COPY),
    ("https://acme.ai/\x00", CONTROL, COPY),
    ("https://acme.ai/\x7f", CONTROL, COPY),
    ("https://acme.ai/foo bar", "the address holds a space", "end the address before it, or write '%20' instead"),
    (
        "see https://acme.ai/foo for it",
        "'see https://acme.ai/foo for it' is not a web address",
        "write https://acme.ai/foo",
    ),
    # punctuation of the sentence around it
    ("https://acme.ai/foo.", "'.' at the end does not belong to the address", "write https://acme.ai/foo"),
    ("https://acme.ai/foo，", "'，' at the end does not belong to the address", "write https://acme.ai/foo"),
    ("https://acme.ai/foo).", "').' at the end does not belong to the address", "write https://acme.ai/foo"),
    ("https://acme.ai/(foo))", "')' at the end does not belong to the address", "write https://acme.ai/(foo)"),
    ("https://acme.ai/foo）】", "'）】' at the end does not belong to the address", "write https://acme.ai/foo"),
    ("https://acme.ai/foo?", "'?' at the end does not belong to the address", "write https://acme.ai/foo"),
    ("https://acme.ai/foo#", "'#' at the end does not belong to the address", "write https://acme.ai/foo"),
    ("https://acme.ai/foo**", "'**' at the end does not belong to the address", "write https://acme.ai/foo"),
    ('https://acme.ai/foo"', "'\"' at the end does not belong to the address", "write https://acme.ai/foo"),
    ("https://acme.ai/foo，欢迎试用", "'，' does not belong to the address", "write https://acme.ai/foo"),
    # characters that an address cannot hold
    ("https://acme.ai/文心", ENCODE, "write https://acme.ai/%E6%96%87%E5%BF%83"),
    ("https://acme.ai/a%20文", ENCODE, "write https://acme.ai/a%20%E6%96%87"),
    ("https://通义.cn/foo", ENCODE, "write https://xn--7iq871n.cn/foo"),
    ("https://acme。ai/", "'acme' is not a host name", OPEN),
    ("https://.通义.cn/", ENCODE, COPY),
    ("https://acme.ai/{foo}", "'{' must be encoded in an address", "write https://acme.ai/%7Bfoo%7D"),
    ("https://acme.ai/a|b", "'|' must be encoded in an address", "write https://acme.ai/a%7Cb"),
    ("https://acme.ai/100%", "'%' must be encoded in an address", "write https://acme.ai/100%25"),
    ("https://acme.ai/%zz", "'%' must be encoded in an address", "write https://acme.ai/%25zz"),
    # Punycode that looks like another name, or spells none
    (
        "https://xn--80ak6aa92e.com/",
        "'xn--80ak6aa92e.com' is shown as 'аррӏе.com', which misleads",
        "give an address that everybody can read",
    ),
    ("https://xn--a.com/", "'xn--a.com' is not a host name", OPEN),
    # parameters that follow the reader
    (
        "https://acme.ai/?utm_source=foo&id=1",
        "'utm_source' in the address tracks readers",
        "write https://acme.ai/?id=1",
    ),
    (
        "https://acme.ai/?id=1&UTM_Medium=a&x=2",
        "'UTM_Medium' in the address tracks readers",
        "write https://acme.ai/?id=1&x=2",
    ),
    ("https://acme.ai/a?spm=1.2#top", "'spm' in the address tracks readers", "write https://acme.ai/a#top"),
    ("https://acme.ai/a?fbclid=1", "'fbclid' in the address tracks readers", "write https://acme.ai/a"),
    ("https://b23.tv/a?vd_source=1", "'vd_source' in the address tracks readers", "write https://b23.tv/a"),
    # papers and repositories have one address
    ("https://arxiv.org/pdf/2309.16609", PAPER, "write https://arxiv.org/abs/2309.16609"),
    ("https://arxiv.org/pdf/2309.16609v2.pdf", PAPER, "write https://arxiv.org/abs/2309.16609"),
    ("https://arxiv.org/abs/2309.16609v1", PAPER, "write https://arxiv.org/abs/2309.16609"),
    ("https://arxiv.org/abs/2309.16609?context=cs", PAPER, "write https://arxiv.org/abs/2309.16609"),
    ("http://www.arxiv.org/html/2309.16609/", PAPER, "write https://arxiv.org/abs/2309.16609"),
    ("https://arxiv.org/pdf/cs/0112017v1", PAPER, "write https://arxiv.org/abs/cs/0112017"),
    ("https://github.com/acme/foo/", PAGE, "write https://github.com/acme/foo"),
    ("https://github.com/acme/foo.git", PAGE, "write https://github.com/acme/foo"),
    ("https://github.com/acme/foo.git/", PAGE, "write https://github.com/acme/foo"),
    ("https://www.github.com/acme/foo", PAGE, "write https://github.com/acme/foo"),
    ("http://gitee.com/acme/foo", PAGE, "write https://gitee.com/acme/foo"),
    ("https://github.com/acme/foo?tab=readme-ov-file#readme", PAGE, "write https://github.com/acme/foo"),
    ("https://github.com/acme/foo#readme", PAGE, "write https://github.com/acme/foo"),
    ("https://hf.co/acme/foo", PAGE, "write https://huggingface.co/acme/foo"),
    ("https://www.modelscope.cn/models/acme/foo/", PAGE, "write https://modelscope.cn/models/acme/foo"),
    # several faults: the first is told, and all are mended
    (
        "WWW.GitHub.com/acme/foo.git。",
        "'WWW.GitHub.com/acme/foo.git。' is not a web address",
        "write https://github.com/acme/foo",
    ),
    (
        "https://GitHub.com:443/acme/foo/。",
        "'。' at the end does not belong to the address",
        "write https://github.com/acme/foo",
    ),
]

RIGHT = [
    "https://acme.ai",
    "https://acme.ai/",
    "http://acme.cn/foo",  # a rule of its own, which knows exceptions
    "https://a1.b-c.acme.com.cn/foo",
    "https://360.cn/",
    "https://1.acme.ai/",
    "https://acme.ai:8443/foo",
    "https://acme.ai:65535/",
    "https://acme.ai/Foo_(bar)",
    "https://acme.ai/~foo/@bar/a,b;c='d'!e$f*g",
    "https://acme.ai/%E6%96%87%E5%BF%83",
    "https://acme.ai/?q=a+b&lang=zh#L10-L20",
    "https://acme.ai/#/chat/foo",
    "https://acme.ai/?q=https://github.com/acme/foo.git",
    "https://medium.com/@foo/bar",
    "https://web.archive.org/web/2023/http://acme.cn/",
    "https://xn--fiqs8s.cn/",
    "https://xn--mnchen-3ya.de/",
    "https://foo.xn--fiqs8s/",
    f"https://{'a' * 63}.ai/",
    "https://localhost.acme.ai/",
    "https://contest.ai/",
    "https://notexample.com/",
    "https://acme.ai/?sources=foo&scmx=1",
    "https://arxiv.org/abs/2309.16609",
    "https://arxiv.org/html/2309.16609v2#S3",
    "https://github.com/",
    "https://github.com/acme/foo",
    "https://github.com/acme/foo/tree/main/bar",
    "https://github.com/acme/foo/blob/main/README.md?plain=1#L40",
    "https://github.com/acme/foo#usage",
    "https://gist.github.com/acme/0123",
    "https://acme.github.io/foo/",
]


@pytest.mark.parametrize(("address", "message", "repair"), WRONG, ids=[case[0] for case in WRONG])
def test_a_wrong_address_is_told_what_to_become(address: str, message: str, repair: str) -> None:
    found = address_fault(address)
    assert found is not None
    assert (found[0].en, found[1] and found[1].en) == (message, repair)


@pytest.mark.parametrize("address", RIGHT)
def test_a_right_address_passes(address: str) -> None:
    assert address_fault(address) is None


def addresses(value: object) -> list[str]:
    """Every text of a record that begins like an address."""
    if isinstance(value, dict):
        return [address for inner in value.values() for address in addresses(inner)]
    if isinstance(value, list):
        return [address for inner in value for address in addresses(inner)]
    return [value] if isinstance(value, str) and value.startswith("http") else []


def test_every_address_of_the_entries_passes(schema) -> None:
    catalog, _ = check(ROOT, schema)
    found = [address for entry in catalog.entries.values() for address in addresses(entry.data)]
    assert len(found) > 1000
    assert [address for address in found if address_fault(address)] == []


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://acme.ai/foo,", ("末尾的 ',' 不属于网址", "请写成 https://acme.ai/foo")),
        ("https://127.0.0.1/", ("'127.0.0.1' 是 IP 地址，应为域名", "请写所有人都能打开的网址")),
        ("javascript:alert(1)", ("'javascript:alert(1)' 不是网址", "请以 https:// 开头")),
        ("https://foo@acme.ai", ("域名前的 'foo@' 是用户名，不是地址", "请写成 https://acme.ai")),
    ],
)
def test_a_fault_is_told_in_chinese(address: str, shown: tuple[str, str]) -> None:
    found = address_fault(address)
    assert found is not None
    assert (found[0].zh, found[1] and found[1].zh) == shown


SAME = [
    ("https://github.com/acme/foo", "https://GitHub.com/acme/foo".lower()),
    ("https://github.com/acme/foo", "http://www.github.com/Acme/Foo/"),
    ("https://github.com/acme/foo", "https://github.com/acme/foo.git"),
    ("https://github.com/acme/foo", "https://github.com/acme/foo/tree/main"),
    ("https://gitee.com/acme/foo", "https://gitee.com/acme/foo/tree/master"),
    ("https://github.com/acme/foo", "https://github.com/acme/foo#readme"),
    ("https://huggingface.co/acme/foo", "https://huggingface.co/Acme/foo"),
    ("https://acme.ai/foo.pdf", "https://acme.ai/foo.pdf#page=2"),
    ("https://arxiv.org/abs/2309.16609", "https://arxiv.org/pdf/2309.16609v2.pdf"),
    ("https://arxiv.org/abs/2309.16609", "https://huggingface.co/papers/2309.16609"),
    ("https://arxiv.org/abs/2309.16609", "https://doi.org/10.48550/arXiv.2309.16609"),
    ("https://arxiv.org/abs/2309.16609", "https://www.alphaxiv.org/abs/2309.16609v1"),
]
OTHER = [
    ("https://github.com/acme/foo", "https://github.com/acme/foo-2"),
    ("https://github.com/acme/foo", "https://github.com/acme/foo/tree/main/bar"),
    ("https://github.com/acme/foo", "https://gitee.com/acme/foo"),
    ("https://acme.ai/Foo", "https://acme.ai/foo"),
    ("https://acme.ai/#/foo", "https://acme.ai/#/bar"),
    ("https://acme.ai/?id=1", "https://acme.ai/?id=2"),
    ("https://acme.ai/foo", "https://acme.ai/foo/tree/main"),
    ("https://arxiv.org/abs/2309.16609", "https://arxiv.org/abs/2309.16610"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_addresses_of_one_page_are_the_same(one: str, other: str) -> None:
    assert same_page(one) == same_page(other)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_addresses_of_two_pages_differ(one: str, other: str) -> None:
    assert same_page(one) != same_page(other)


PIECES = (
    *(
        "https://",
        "http://",
        "//",
        "://",
        ":",
        "/",
        "\\",
        "@",
        ".",
        ",",
        "，",
        "。",
        "?",
        "#",
        "&",
        "=",
        "%",
        "%41",
        "%zz",
    ),
    *(
        "(",
        ")",
        "[",
        "]",
        "<",
        ">",
        "{",
        "|",
        "'",
        '"',
        "*",
        "~",
        "_",
        "-",
        " ",
        "\t",
        "\n",
        "\x00",
        "\u200b",
        "\u3000",
    ),
    *(
        "acme",
        "ai",
        "acme.ai",
        ".com",
        "www.",
        "127",
        ".1",
        "0x7f",
        "xn--",
        "xn--fiqs8s",
        "通义",
        "é",
        "ａ",
        "１",
        "\u2028",
    ),
    *(
        "github.com/",
        ".git",
        "arxiv.org/",
        "pdf/2309.16609",
        "utm_source=a",
        "spm=1",
        "localhost",
        ":443",
        ":0",
        "git@",
    ),
)
ANY = st.builds(
    str.__add__,
    st.sampled_from(["", "https://", "https://acme.ai", "https://github.com/acme", "http://arxiv.org/"]),
    st.lists(st.sampled_from(PIECES), max_size=8).map("".join)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
)


@settings(derandomize=True, deadline=None, max_examples=200)
@given(ANY)
def test_what_is_to_be_written_instead_is_right(address: str) -> None:
    found = address_fault(address)
    if found and found[1] and found[1].en.startswith("write https://"):
        assert address_fault(found[1].en.removeprefix("write ")) is None


@settings(derandomize=True, deadline=None, max_examples=200)
@given(ANY)
def test_an_address_that_passes_is_plain_text_that_names_a_host(address: str) -> None:
    if address_fault(address) is None:
        assert address.isascii()
        assert address.isprintable()
        assert " " not in address
        host = address.removeprefix("https://").removeprefix("http://").partition("/")[0]
        assert "." in host
        assert "@" not in host
        assert not host.rpartition(".")[2].partition(":")[0].isdigit()


HOSTILE = [
    beginning + unit * (2000 // len(unit)) + end
    for beginning in (
        "",
        "https://",
        "https://github.com/",
        "https://arxiv.org/pdf/",
        "https://acme.ai/?",
        "git@acme.ai:",
    )
    for unit in (
        "a",
        "a.",
        "/",
        "a/",
        "-",
        "&utm_a",
        "0",
        "%",
        "(",
        ")",
        "）",
        "通",
        "xn--",
        "https://",
        "\\",
        " ",
        "0x",
        ".git",
        "@",
    )
    for end in ("", "!", "\n", " x")
]


def test_long_hostile_addresses_are_looked_at_at_once() -> None:
    """2,000 characters are the most that the reader lets through; a pattern that backtracks would take minutes."""
    assert len([address for address in HOSTILE if address_fault(address)]) > 400


@given(st.from_regex(USUAL, fullmatch=True))
@settings(max_examples=200, derandomize=True, deadline=None)
def test_a_usual_address_has_no_flaw_that_a_closer_look_would_find(address: str) -> None:
    assert looked_at(address) is None
