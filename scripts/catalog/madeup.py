"""Made-up entries, for the benchmark and for tests: valid, unlike each other, and the same every time.

There are no random numbers and no clock: an entry follows from its number alone, so a smaller set begins a larger one.
Every value reads the same in YAML 1.1 and 1.2 and fits the schema as plain JSON, so that other validators can read it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

SYLLABLES = "bacedifoguhajekilomunapeqirosutavewixozu"  # two letters each
CHARACTERS = "安百昌达恩飞光海佳凯立明宁鹏启瑞思天文新"
MOST = 2 * len(CHARACTERS) ** 4  # entries; with more, names would come back
STRIDE = 3571  # shares no factor with 20, so that neighbours look different and no two names are the same
REGIONS = ("beijing", "guangdong", "zhejiang", "shanghai", "sichuan", "hubei", "anhui", "shaanxi")
COUNTRIES = ("US", "GB", "JP", "FR", "CA", "KR", "DE", "SG")
DOMAINS = ("general", "healthcare", "law", "finance", "education", "coding", "research", "media")
SIZES = (1, 3, 7, 13, 32, 70, 120, 235)  # billions of parameters
GIANTS = 4  # every other line descends from one of so few, as in life


class _Model(NamedTuple):
    """What everything about an entry is made from: its number, its maker's, and names."""

    number: int
    maker: int
    slug: str
    en: str
    zh: str
    version: str

    @property
    def generation(self) -> int:
        """0 for what is based on nothing, 1 for what is based on such, 2 for what is based on that."""
        return self.number % 3

    @property
    def open(self) -> bool:
        """Whether the weights are open."""
        return self.number % 5 < 3  # noqa: PLR2004 - three of five

    @property
    def id(self) -> str:
        """The id of the entry."""
        return f"{self.slug}/{self.slug}-{self.version}"


def entries(count: int) -> Iterator[tuple[str, str]]:
    """Give the path below the project and the text of so many entries, about 1.1 KB each, two of an organization.

    The first of the two describes the organization. Two of three entries are based on an earlier one. Raises ValueError
    for more than MOST.
    """
    if count > MOST:
        raise ValueError(f"at most {MOST} made-up entries have different names")
    for number in range(count):
        model = _model(number)
        yield f"entries/{model.id}.yaml", "".join(part(model) for part in PARTS)


def _model(number: int) -> _Model:
    maker = number // 2
    digits = [maker * STRIDE // 20**place % 20 for place in range(4)]
    slug = "".join(SYLLABLES[2 * digit : 2 * digit + 2] for digit in digits)
    chinese = "".join(CHARACTERS[digit] for digit in digits)
    return _Model(number, maker, slug, slug.title(), chinese, f"{number % 3 + 1}.{number % 2}")


def _name(model: _Model) -> str:
    return f"name:\n  zh: {model.zh}大模型{model.version}\n  en: {model.en} {model.version}\n"


def _organization(model: _Model) -> str:
    if model.number % 2:
        return ""
    abroad = model.maker % 4 == 1
    country = COUNTRIES[model.maker // 4 % 8] if abroad else "CN"
    region = "" if abroad else f"    region: {REGIONS[model.maker % 8]}\n"
    return (
        f"organization:\n  name:\n    zh: {model.zh}科技\n    en: {model.en} Technology\n  kind: company\n"
        f"  location:\n    country: {country}\n{region}  website: https://{model.slug}.madeup.ai/about\n"
    )


def _kind(model: _Model) -> str:
    return (
        f"type: {'product' if model.number % 7 == 0 else 'model'}\n"
        f"domain: {DOMAINS[model.number * 7 // 3 % 8]}\nfamily: {model.en}\ncapabilities: [reasoning, tool-use]\n"
        "modalities:\n  input: [text, image]\n  output: [text]\n"
        f"released: {2023 + model.generation}-{model.number % 12 + 1:02}-{model.number % 28 + 1:02}\n"
    )


def _access(model: _Model) -> str:
    if model.open:
        return f"status: available\nweights: open\nlicense: {('Apache-2.0', 'MIT')[model.number % 2]}\n"
    return f"status: {('limited', 'announced')[model.number % 2]}\nweights: closed\n"


def _based_on(model: _Model) -> str:
    """One of the giants of the generation before, or the entry just before."""
    if not model.generation:
        return ""
    line, generation = divmod(model.number - 1, 3)
    giant = line // 2 % GIANTS * 3 + generation
    base = giant if line % 2 else model.number - 1
    return f"based_on: [{_model(base).id}]\n"


def _variants(model: _Model) -> str:
    sizes = (SIZES[(model.number + step) % 8] for step in range(1 + model.generation))
    return "variants:\n" + "".join(_variant(model, size) for size in sizes)


def _variant(model: _Model, size: int) -> str:
    name = f"{model.en}-{model.version}-{size}B"
    address = f"https://huggingface.co/{model.slug}/{name}"
    weights = f"    weights: {address}\n" if model.open else ""
    return f"  - name: {name}\n    parameters: {size}B\n    context: {4096 << model.number % 6}\n{weights}"


def _links(model: _Model) -> str:
    return (
        f"links:\n  website: https://{model.slug}.madeup.ai/{model.version}\n"
        f"  repository: https://github.com/{model.id}\n"
        f"  paper: https://arxiv.org/abs/{2301 + model.number // 90_000}.{10_000 + model.number % 90_000}\n"
    )


def _results(model: _Model) -> str:
    if model.number % 4:
        return ""
    place = model.number // 4 % 100
    return (
        f"results:\n  - benchmark: superclue\n    edition: 2026-0{model.number % 3 + 1}\n"
        f"    tested: {model.en} {model.version}\n    rank: {place + 1}\n    scores:\n      total: {90.5 - place / 2}\n"
        f"    source: https://www.superclueai.com/{model.number}\n"
    )


def _summary(model: _Model) -> str:
    return (
        f"summary:\n  zh: 第{model.generation + 1}代模型，支持中文和英文。\n"
        f"  en: A model of generation {model.generation + 1}, for Chinese and English.\n"
    )


def _sources(model: _Model) -> str:
    return (
        f"sources:\n  - url: https://{model.slug}.madeup.ai/news/{model.number}\n"
        f"    title: {model.en} {model.version} is here\n    kind: primary\n"
        f"    accessed: 2026-05-{model.number % 28 + 1:02}\n"
        f"  - url: https://github.com/{model.id}\n    supports: [variants, links]\n"
    )


PARTS = (_name, _organization, _kind, _access, _based_on, _variants, _links, _results, _summary, _sources)
