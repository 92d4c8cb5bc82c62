"""Rules for web addresses, on the raw text: parsers quietly repair what readers would be misled by."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import quote, unquote

from catalog.problem import Text, show

Found = tuple[Text, Text | None]

ADDRESS = re.compile(r"(?P<scheme>https?)://(?P<authority>[^/?#]*)(?P<path>[^?#]*)(?:\?(?P<query>[^#]*))?(?:#.*)?")
ALLOWED = re.compile(r"(?:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+")
HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}(?:[a-z]{2,24}|xn--[a-z0-9-]{2,59})")
# Names that RFC 2606, RFC 6761 and RFC 8375 keep from the public web.
PRIVATE = re.compile(
    r"(?:^|\.)(?:localhost|local|internal|test|invalid|example|home\.arpa|onion|lan)$|(?:^|\.)example\.(?:com|net|org)$"
)
TRACKING = re.compile(
    r"(?:utm_\w+|spm|spm_id_from|scm|fbclid|gclid|msclkid|mc_cid|mc_eid|share_token|share_source|share_medium|vd_source"
    r"|from_source|ref_src|ref_url|igshid|_ga|yclid|chksm|srcid|sharer_\w+|exportkey|pass_ticket|wx_header)"
)
SWALLOWED = ".,;:!?'\"*，。；：！？、"
CLOSING = {")": "(", "]": "[", "）": "（", "】": "【", "》": "《"}


def write(address: str) -> Text:
    """Say which address to write."""
    return Text(f"write {address}", f"请写成 {address}")


@lru_cache(maxsize=4096)
def address_fault(address: str) -> Found | None:
    """Find the first thing that is wrong with an address; the same address is looked at once."""
    for check in CHECKS:
        found = check(address)
        if found:
            return found
    return None


def _punctuation(address: str) -> Found | None:
    bare = address.rstrip(SWALLOWED)
    if bare and bare[-1] in CLOSING and bare.count(CLOSING[bare[-1]]) < bare.count(bare[-1]):
        bare = bare[:-1].rstrip(SWALLOWED)
    if bare == address:
        return None
    tail = address[len(bare) :]
    return Text(
        f"{show(tail)} at the end belongs to the sentence, not to the address",
        f"末尾的 {show(tail)} 属于句子，不属于网址",
    ), write(bare)


def _form(address: str) -> Found | None:
    if ADDRESS.fullmatch(address):
        return None
    message = Text(f"{show(address)} is not a web address", f"{show(address)} 不是网址")
    if re.match(r"(?:www\.|[a-z0-9-]+\.(?:com|cn|org|net|ai|io)\b)", address):
        return message, write(f"https://{address}")
    if re.match(r"https?://", address, re.IGNORECASE):
        return message, write(re.sub(r"^https?", lambda m: m[0].lower(), address, flags=re.IGNORECASE))
    return message, Text("begin it with https://", "请以 https:// 开头")


def _alphabet(address: str) -> Found | None:
    if ALLOWED.fullmatch(address):
        return None
    encoded = quote(unquote(address), safe="-._~:/?#[]@!$&'()*+,;=%")
    return Text("the address holds characters that must be percent-encoded", "网址里有需要百分号编码的字符"), write(
        encoded
    )


def _host(address: str) -> Found | None:
    authority = _parts(address)["authority"]
    if "@" in authority:
        return Text("the address carries a user name or password", "网址里带有用户名或密码"), Text(
            "delete everything up to '@'", "请删除 '@' 及之前的内容"
        )
    if authority != authority.lower():
        return Text("the host is not in lower case", "域名不是小写"), write(
            address.replace(authority, authority.lower(), 1)
        )
    host, _, port = authority.partition(":")
    if _is_number(host) or PRIVATE.search(host):
        return Text(f"{show(host)} is not a host of the public web", f"{show(host)} 不是公网域名"), None
    if not HOST.fullmatch(host) or (port and not re.fullmatch(r"[1-9][0-9]{0,4}", port)):
        return Text(f"{show(authority)} is not a host name", f"{show(authority)} 不是域名"), None
    return None


def _is_number(host: str) -> bool:
    """Whether a host is an IP address, in any way that a browser would read."""
    if host.startswith("[") or re.fullmatch(r"[0-9.]+|0x[0-9a-f.x]+", host):
        return True
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _scheme(address: str) -> Found | None:
    if address.startswith("https:"):
        return None
    better = "https" + address[4:]
    repair = Text(
        f"write {better} if that opens; if not, list an exception in schema/exceptions.yaml",
        f"如果能打开，请写成 {better}；否则请在 schema/exceptions.yaml 里登记例外",
    )
    return Text("the address is not encrypted (http)", "网址未加密（http）"), repair


def _port(address: str) -> Found | None:
    authority = _parts(address)["authority"]
    if not authority.endswith((":443", ":80")):
        return None
    return Text("the port is the usual one", "端口是默认端口"), write(
        address.replace(authority, authority.partition(":")[0], 1)
    )


def _tracking(address: str) -> Found | None:
    query = _parts(address)["query"]
    if not query:
        return None
    kept = [pair for pair in query.split("&") if not TRACKING.fullmatch(pair.partition("=")[0])]
    if len(kept) == query.count("&") + 1:
        return None
    clean = address.replace("?" + query, "?" + "&".join(kept) if kept else "", 1)
    return Text("the address carries tracking parameters", "网址里带有跟踪参数"), write(clean)


def _paper(address: str) -> Found | None:
    """ArXiv papers are named by their abstract page, which stays when a version is added."""
    match = re.fullmatch(
        r"https://(?:www\.|export\.)?arxiv\.org/(?:pdf|abs|html)/([0-9]{4}\.[0-9]{4,5})(?:v[0-9]+)?(?:\.pdf)?/?",
        address,
    )
    if match is None or address == f"https://arxiv.org/abs/{match[1]}":
        return None
    return Text("not the address of the paper's abstract page", "不是论文摘要页的网址"), write(
        f"https://arxiv.org/abs/{match[1]}"
    )


def _code_host(address: str) -> Found | None:
    """Repositories are named without `www.`, `.git` and a last slash."""
    match = re.fullmatch(
        r"https://(?:www\.)?(github\.com|gitee\.com|huggingface\.co|modelscope\.cn)(/[^?#]*?)(?:\.git)?/?", address
    )
    if match is None or address == f"https://{match[1]}{match[2]}":
        return None
    return Text("not the canonical address of the page", "不是该页面的规范网址"), write(f"https://{match[1]}{match[2]}")


def _parts(address: str) -> dict[str, str]:
    match = ADDRESS.fullmatch(address)
    return match.groupdict("") if match else {"scheme": "", "authority": "", "path": "", "query": ""}


CHECKS: tuple[Callable[[str], Found | None], ...] = (
    _punctuation,
    _form,
    _alphabet,
    _host,
    _scheme,
    _port,
    _tracking,
    _paper,
    _code_host,
)


def same_page(address: str) -> str:
    """A key that is equal for two addresses of one page."""
    key = re.sub(r"^https?://(?:www\.)?", "", address).rstrip("/")
    host, slash, path = key.partition("/")
    return host + slash + (path.lower() if host in ("github.com", "huggingface.co", "gitee.com") else path)
