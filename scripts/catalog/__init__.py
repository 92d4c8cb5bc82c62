"""The almanac as data: files to sources to entries to a catalog to text, in one direction."""

import importlib.util
import sys

NOT_INSTALLED = """\
This Python lacks the packages that the scripts need. Run `make install` once,
and then, instead of `python`, `.venv/bin/python` (`.venv\\Scripts\\python` on
Windows). CONTRIBUTING.md says how to install them without make.
当前的 Python 缺少脚本所需的软件包。请先运行一次 `make install`，再用
`.venv/bin/python`（Windows 上是 `.venv\\Scripts\\python`）代替 `python`。
没有 make 时的安装方法见 CONTRIBUTING.zh.md。
"""

if importlib.util.find_spec("jsonschema_rs") is None:  # said at once, so that nobody meets the traceback of an import
    sys.stderr.buffer.write(NOT_INSTALLED.encode())
    raise SystemExit(2)
