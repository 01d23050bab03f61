"""Why a call of the command line is refused, in both languages: 拒收的理由.

A message by its code without the group (``call.``): (Chinese, English), with the same
placeholders. Codes stay; wording may change (:class:`sanbao.base.errors.Reason`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["REFUSALS"]

REFUSALS: Final[Mapping[str, tuple[str, str]]] = {
    "ambiguous": (
        "选项{option}不明确，可能是：{names}",
        "ambiguous option: {option} could match {names}",
    ),
    "argument": ("参数{argument}：{reason}", "argument {argument}: {reason}"),
    "audited_file": ("是待审核的文件之一", "is one of the files to be audited"),
    "choice": ("不能是{value}（可选：{names}）", "invalid choice: {value} (choose from {names})"),
    "closed": ("标准输出已关闭", "standard output is closed"),
    "explicit": ("不能带值{value}", "ignored explicit argument {value}"),
    "fault": (
        "这是程序自身的错误，与输入无关，请报告：{what}（{where}）",
        "a fault of the program, not of the input; please report it: {what} in {where}",
    ),
    "interrupted": (
        "已中断；再次执行同一命令即从此处继续",
        "interrupted; the same call goes on from here",
    ),
    "kept": (
        "{work}保存了已判定的部分；再次执行同一命令即从该处继续，用--restart则重新开始",
        "{work} holds what is decided so far; the same call goes on from there, and begins "
        "anew with --restart",
    ),
    "lines_json": ("用--lines时只能输出json", "with --lines the output is json"),
    "no_directory": ("所在目录不存在", "is in a directory that is not there"),
    "not_frozen": (
        "本程序打包时未包含{missing}，不能执行audit",
        "audit is not part of this program, which was frozen without {missing}",
    ),
    "one_expected": ("须带一个值", "expected one argument"),
    "reading": ("应写作NAME=VALUE", "is written NAME=VALUE"),
    "required": ("缺少参数：{names}", "the following arguments are required: {names}"),
    "some_expected": ("须带至少一个值", "expected at least one argument"),
    "strange": ("不认识的参数：{said}", "unrecognized arguments: {said}"),
    "warning": ("{problem}（警告）", "{problem} (a warning)"),
    "wrong_value": ("不是有效的{type}值：{value}", "invalid {type} value: {value}"),
}
