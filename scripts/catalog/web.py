"""Rules for web addresses, on the raw text: parsers quietly repair what readers would be misled by."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote

from catalog.names import write_bare
from catalog.problem import Text, show


class Flaw(NamedTuple):
    """What is wrong with an address, and either the address to write instead or some advice.

    It is sure if the other address leads to the same page.
    """

    message: Text
    better: str | None = None
    advice: Text | None = None
    sure: bool = False


Found = tuple[Text, Text | None]

ADDRESS = re.compile(r"(?P<scheme>https?)://(?P<authority>[^/?#]*)(?P<path>[^?#]*)(?:\?(?P<query>[^#]*))?(?:#.*)?")
# What stands for 'https://' where a hand slipped, and the rest, which begins with the name of a host.
LOOSE = re.compile(
    r"(?:(?P<scheme>https?)(?=[:：/／\\]))?[:：]?[/／\\]{0,4}(?P<rest>(?:[a-z0-9-]+\.)+[a-z]{2,24}(?![^:/?#\\]).*)",
    re.IGNORECASE,
)
GIT = re.compile(r"(?:(?:git\+)?(?:ssh|git)://)?(?:git@)?((?:[a-z0-9-]+\.)+[a-z]{2,24})[:/]([^/:?#]+/[^?#]+)")
INSIDE = re.compile(r"https?://[^\s<>\"'`|()（）【】《》“”，。；：！？、]+", re.IGNORECASE)
FOREIGN_SIGN = re.compile(r"[，。；：！？、（）【】《》「」“”‘’]")
UNSAFE = re.compile(r"[^A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]|%(?![0-9A-Fa-f]{2})")
LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
TOP = re.compile(r"[a-z]{2,24}|xn--[a-z0-9-]{2,59}")
NUMBER = re.compile(r"(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)")
PLAIN_SCRIPTS = ("LATIN ", "CJK ", "HIRAGANA ", "KATAKANA ", "HANGUL ")
LONGEST_HOST = 253  # characters, RFC 1035
LAST_PORT = 65535
# Names that RFC 2606, RFC 6761, RFC 6762, RFC 8375 and ICANN keep from the public web.
PRIVATE = re.compile(
    r"(?:^|\.)(?:localhost|localdomain|local|internal|intranet|private|corp|home|lan|test|invalid|example|onion|alt|arpa)$"
    r"|(?:^|\.)example\.(?:com|net|org)$"
)
TRACKING = re.compile(
    r"utm_[a-z_]+|spm|spm_id_from|scm|fbclid|gclid|dclid|wbraid|gbraid|msclkid|twclid|ttclid|yclid|igshid|_ga|_gl|mc_cid|mc_eid"
    r"|mkt_tok|_hsenc|_hsmi|hmsr|hmpl|hmcu|hmkw|hmci|bd_vid|vd_source|share_(?:token|source|medium|from|tag)|from_source"
    r"|ref_src|ref_url|chksm|srcid|sharer_[a-z_]+|exportkey|pass_ticket|wx_header|isappinstalled",
    re.IGNORECASE,
)
COPY = Text("copy it from the address bar of the browser", "请从浏览器的地址栏复制")
SWALLOWED = ".,;:!?'\"*#&>，。；：！？、…”’」"
CLOSING = {")": "(", "]": "[", "）": "（", "】": "【", "》": "《"}
MOST_FLAWS = 20  # of one address; every repair removes a flaw for good, so none has as many


@lru_cache(maxsize=4096)
def address_fault(address: str) -> Found | None:
    """Say what is wrong with an address first, and how it reads when all is repaired."""
    flaw = first = _flaw(address)
    for _ in range(MOST_FLAWS):
        if flaw is None or flaw.better is None:
            break
        address = flaw.better
        flaw = _flaw(address)
    if flaw:  # nothing that can be written instead
        return flaw.message, flaw.advice
    return (first.message, write_bare(address)) if first else None


def same_address(address: str) -> str | None:
    """Give the address without fault that surely leads to the same page, or nothing."""
    for _ in range(MOST_FLAWS):
        flaw = _flaw(address)
        if flaw is None:
            return address
        if flaw.better is None or not flaw.sure:
            break
        address = flaw.better
    return None


# Nine addresses in ten of the catalog, which need no closer look.
USUAL = re.compile(
    r"(?!.*\.git\Z)https://(?:github\.com|huggingface\.co)(?:/[A-Za-z0-9_.-]*[A-Za-z0-9_])+(?:\?plain=1#L[0-9]{1,6})?"
    r"|https://arxiv\.org/abs/[0-9]{4}\.[0-9]{5}"
)


def _flaw(address: str) -> Flaw | None:
    return None if USUAL.fullmatch(address) else looked_at(address)


def looked_at(address: str) -> Flaw | None:
    """Find the first flaw of an address that is not a usual one."""
    return next((flaw._replace(sure=check in SURE) for check in CHECKS if (flaw := check(address))), None)


def _blank(address: str) -> Flaw | None:
    """Spaces and what nobody sees: browsers drop some of it, so that the address leads elsewhere than it seems."""
    bare = address.strip()
    if bare != address:
        return Flaw(Text("spaces or line breaks around the address", "网址前后有空格或换行"), bare)
    if re.search(r"[\x00-\x1f\x7f]", address):
        message = Text(
            "the address holds a tab, a line break or another control character", "网址里有制表符、换行等控制字符"
        )
        return Flaw(message, advice=COPY)
    if re.match(r"https?://.*\s", address):
        advice = Text("end the address before it, or write '%20' instead", "请在空格前结束网址，或改写成 '%20'")
        return Flaw(Text("the address holds a space", "网址里有空格"), advice=advice)
    return None


def _form(address: str) -> Flaw | None:
    if ADDRESS.fullmatch(address):
        return None
    message = Text(f"{show(address)} is not a web address", f"{show(address)} 不是网址")
    return Flaw(message, _meant(address), Text("begin it with https://", "请以 https:// 开头"))


def _meant(address: str) -> str | None:
    """The address that somebody meant: one without its beginning, one of git, or one inside other text."""
    if match := LOOSE.fullmatch(address):
        return f"{(match['scheme'] or 'https').lower()}://{match['rest']}"
    if match := GIT.fullmatch(address):
        return f"https://{match[1]}/{match[2].removesuffix('.git')}"
    match = INSIDE.search(address)
    return match[0] if match and match[0] != address else None


def _backslash(address: str) -> Flaw | None:
    """Browsers read a backslash as a slash, other programs do not: the two go to different hosts."""
    if "\\" not in address:
        return None
    return Flaw(Text("the address holds a backslash", "网址里有反斜杠"), address.replace("\\", "/"))


def _end(address: str) -> Flaw | None:
    """Punctuation of the sentence that an address was copied from."""
    bare = address.rstrip(SWALLOWED)
    while bare and bare[-1] in CLOSING and bare.count(CLOSING[bare[-1]]) < bare.count(bare[-1]):
        bare = bare[:-1].rstrip(SWALLOWED)
    if bare == address:
        return None
    tail = show(address[len(bare) :])
    return Flaw(Text(f"{tail} at the end does not belong to the address", f"末尾的 {tail} 不属于网址"), bare)


def _foreign(address: str) -> Flaw | None:
    """Characters beyond ASCII: a sentence that goes on, or a path or host that must be encoded."""
    if address.isascii():
        return None
    sign = FOREIGN_SIGN.search(address)
    if sign:
        message = Text(f"{show(sign[0])} does not belong to the address", f"{show(sign[0])} 不属于网址")
        return Flaw(message, address[: sign.start()])
    message = Text("the address holds characters that must be encoded", "网址里有需要编码的字符")
    return Flaw(message, _encoded(address), COPY)


def _encoded(address: str) -> str | None:
    """Write the host in Punycode and the rest in percent signs."""
    authority = _parts(address)["authority"]
    try:
        host = authority[: LONGEST_HOST + 1].encode("idna").decode("ascii")
    except UnicodeError:
        return None
    return UNSAFE.sub(lambda match: quote(match[0]), _with(address, host))


def _unsafe(address: str) -> Flaw | None:
    match = UNSAFE.search(address)
    if match is None:
        return None
    message = Text(f"{show(match[0])} must be encoded in an address", f"网址里的 {show(match[0])} 需要编码")
    return Flaw(message, UNSAFE.sub(lambda found: quote(found[0], safe=""), address))


def _credentials(address: str) -> Flaw | None:
    authority = _parts(address)["authority"]
    if "@" not in authority:
        return None
    name, _, host = authority.rpartition("@")
    message = Text(
        f"{show(name + '@')} before the host is a user name, not a place",
        f"域名前的 {show(name + '@')} 是用户名，不是地址",
    )
    return Flaw(message, _with(address, host))


def _case(address: str) -> Flaw | None:
    authority = _parts(address)["authority"]
    if authority == authority.lower():
        return None
    message = Text(f"{show(authority)} is not in lower case", f"{show(authority)} 不是小写")
    return Flaw(message, _with(address, authority.lower()))


def _host(address: str) -> Flaw | None:
    """A host is a name of the public web, never a number and never a name of somebody's own network."""
    host = _host_and_port(address)[0].removesuffix(".")
    if not host:
        return Flaw(Text("the address names no host", "网址里没有域名"), advice=COPY)
    if host.startswith("[") or NUMBER.fullmatch(host):
        return _refused(host, Text("is an IP address, expected a host name", "是 IP 地址，应为域名"))
    if PRIVATE.search(host):
        return _refused(host, Text("is not a host of the public web", "不是公网域名"))
    if not _well_formed(host):
        return _refused(host, Text("is not a host name", "不是域名"))
    return _disguised(host)


def _refused(host: str, reason: Text) -> Flaw:
    advice = Text("give an address that everybody can open", "请写所有人都能打开的网址")
    return Flaw(Text(f"{show(host)} {reason.en}", f"{show(host)} {reason.zh}"), advice=advice)


def _well_formed(host: str) -> bool:
    labels = host.split(".")
    return (
        len(labels) > 1
        and len(host) <= LONGEST_HOST
        and all(LABEL.fullmatch(label) for label in labels)
        and bool(TOP.fullmatch(labels[-1]))
    )


def _disguised(host: str) -> Flaw | None:
    """Punycode may spell a name of another script; letters that look Latin and are not mislead."""
    if "xn--" not in host:
        return None
    try:
        shown = host.encode("ascii").decode("idna")
    except UnicodeError:
        return _refused(host, Text("is not a host name", "不是域名"))
    if all(char.isascii() or unicodedata.name(char, "").startswith(PLAIN_SCRIPTS) for char in shown):
        return None
    message = Text(
        f"{show(host)} is shown as {show(shown)}, which misleads", f"{show(host)} 会显示为 {show(shown)}，容易误导"
    )
    return Flaw(message, advice=Text("give an address that everybody can read", "请写所有人都认得的网址"))


def _port(address: str) -> Flaw | None:
    host, colon, port = _host_and_port(address)
    usual = {"https": "443", "http": "80"}[_parts(address)["scheme"]]
    if colon and port in ("", usual):
        message = Text(f"{show(':' + port)} after the host is not needed", f"域名后的 {show(':' + port)} 是多余的")
        return Flaw(message, _with(address, host))
    if not colon or (re.fullmatch(r"[1-9][0-9]{0,4}", port) and int(port) <= LAST_PORT):
        return None
    return Flaw(Text(f"{show(port)} is not a port", f"{show(port)} 不是端口"), advice=COPY)


def _dot(address: str) -> Flaw | None:
    host, colon, port = _host_and_port(address)
    if not host.endswith("."):
        return None
    message = Text(f"{show(host)} ends with a dot", f"{show(host)} 以点结尾")
    return Flaw(message, _with(address, host[:-1] + colon + port))


def _tracking(address: str) -> Flaw | None:
    query = _parts(address)["query"]
    pairs = query.split("&")
    tracked = [pair for pair in pairs if TRACKING.fullmatch(pair.partition("=")[0])]
    if not tracked:
        return None
    name = show(tracked[0].partition("=")[0])
    kept = "&".join(pair for pair in pairs if pair not in tracked)
    message = Text(f"{name} in the address tracks readers", f"网址里的 {name} 用于跟踪读者")
    return Flaw(message, address.replace("?" + query, "?" + kept if kept else "", 1))


PAPER = re.compile(
    r"https?://(?:www\.|export\.)?arxiv\.org/(?:pdf|abs|html)/([0-9]{4}\.[0-9]{4,5}|[a-z-]+(?:\.[A-Z]{2})?/[0-9]{7})"
    r"(?:v[0-9]{1,3})?(?:\.pdf)?/?(?:\?[^#]*)?"
)


def _paper(address: str) -> Flaw | None:
    """ArXiv papers are named by their abstract page, which stays when a version is added."""
    match = PAPER.fullmatch(address)
    better = match and f"https://arxiv.org/abs/{match[1]}"
    if better in (None, address):
        return None
    return Flaw(Text("not the address of the paper's abstract page", "不是论文摘要页的网址"), better)


# A page of a code host, with what the address bar adds to it.
CODE_HOST = re.compile(
    r"https?://(?:www\.)?(?P<host>github\.com|gitee\.com|huggingface\.co|hf\.co|modelscope\.cn)(?P<path>(?:/[^/?#]+?)+?)"
    r"(?:\.git)?/*(?:\?tab=readme-ov-file)?(?:#readme)?"
)


def _code_host(address: str) -> Flaw | None:
    """Repositories are named without `www.`, `.git` and a last slash."""
    match = CODE_HOST.fullmatch(address)
    better = match and f"https://{match['host'].replace('hf.co', 'huggingface.co')}{match['path']}"
    if better in (None, address):
        return None
    return Flaw(Text("not the plain address of the page", "不是该页面的规范网址"), better)


@lru_cache(maxsize=2)
def _parts(address: str) -> dict[str, str]:
    match = ADDRESS.fullmatch(address)
    return match.groupdict("") if match else {"scheme": "", "authority": "", "path": "", "query": ""}


@lru_cache(maxsize=2)
def _host_and_port(address: str) -> tuple[str, str, str]:
    """Split `host:port`; an IPv6 address in brackets is a host."""
    match = re.match(r"(\[.*\]|[^:]*)(:?)(.*)", _parts(address)["authority"])
    return (match[1], match[2], match[3]) if match else ("", "", "")


def _with(address: str, authority: str) -> str:
    """Put another host into an address."""
    scheme, _, rest = address.partition("://")
    return f"{scheme}://{authority}{rest[len(_parts(address)['authority']) :]}"


CHECKS: tuple[Callable[[str], Flaw | None], ...] = (
    _blank,
    _form,
    _backslash,
    _end,
    _foreign,
    _unsafe,
    _credentials,
    _case,
    _host,
    _dot,
    _port,
    _tracking,
    _paper,
    _code_host,
)

SURE = (_blank, _case, _dot, _port, _tracking, _paper, _code_host)

CASELESS = ("github.com", "huggingface.co", "gitee.com", "modelscope.cn")
# One paper at the addresses where it can be read.
ANY_PAPER = re.compile(
    r"(?:arxiv\.org/(?:abs|pdf|html)/|doi\.org/10\.48550/arxiv\.|huggingface\.co/papers/|alphaxiv\.org/abs/)"
    r"([0-9]{4}\.[0-9]{4,5})(?:v[0-9]{1,3})?(?:\.pdf)?",
    re.IGNORECASE,
)


def host(address: str) -> str:
    """Give the host of an address that is without fault."""
    return _host_and_port(address)[0]


def same_page(address: str) -> str:
    """A key that is equal for two addresses of one page."""
    key = re.sub(r"^https?://(?:www\.)?|#(?![/!]).*", "", address).rstrip("/")
    paper = ANY_PAPER.fullmatch(key)
    if paper:
        return f"arxiv.org/abs/{paper[1]}"
    place, slash, path = key.partition("/")
    if place in CASELESS:
        path = re.sub(r"(?:\.git|/tree/(?:main|master))$", "", path.lower())
    return place + slash + path
