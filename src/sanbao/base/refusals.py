"""Why anything that is read is refused, in both languages: 拒收的理由.

A message by its code without the group (``input.``): (Chinese, English), with the same
placeholders. Codes stay; wording may change (:class:`sanbao.base.errors.Reason`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["REFUSALS"]

REFUSALS: Final[Mapping[str, tuple[str, str]]] = {
    "a_date": ("必须是日期", "must be a date"),
    "amount": ("必须是不小于0的金额（元）", "must be an amount in yuan, 0 or more"),
    "backslash": (
        "文本中有无意义的\\；请写作\\\\",
        "a text has a \\ that means nothing; write \\\\",
    ),
    "behind_end": ("结尾之后还有内容", "something stands behind the end"),
    "bits": ("一个{bits}位的整数", "an integer of {bits} bits"),
    "bool": ("必须是true或false", "must be true or false"),
    "closing_quote": ("文本没有收尾引号", "a text has no closing quote"),
    "colon": ("键之后应为冒号", "a colon is expected behind a key"),
    "comma_or": ("此处应为逗号或{end}", "a comma or {end} is expected"),
    "date": ("必须是日期，如2026-01-31", "must be a date, such as 2026-01-31"),
    "days": ("必须是不小于0的天数", "must be a number of days, 0 or more"),
    "decimal": ("必须是写作文本的数，如“1599.00”", 'must be a number as text, such as "1599.00"'),
    "did_you_mean": ("；是否为“{near}”？", "; did you mean '{near}'?"),
    "digits": ("含有位数过多的数字", "holds a number with too many digits"),
    "directory": ("是目录，不是文件", "is a directory, not a file"),
    "empty": ("是空的；此处应为JSON对象", "is empty; a JSON object is expected"),
    "entries": ("至多{most}项", "must hold at most {most} entries"),
    "fraction": ("必须是0至1之间的比率", "must be a fraction, 0 to 1"),
    "from_on": ("起", "on"),
    "given_twice": ("重复给出", "is given twice"),
    "half": ("含有半个字符", "holds half a character"),
    "half_or_nested": (
        "含有半个字符，或嵌套过深",
        "holds half a character, or is nested too deeply",
    ),
    "int": ("必须是整数", "must be a whole number"),
    "json_text": ("必须是JSON文本", "must be JSON text"),
    "key": ("不是已知的键", "is no known key"),
    "key_twice": ("键{key}重复", "names the key {key} twice"),
    "known": ("（可用：{known}）", " (known: {known})"),
    "lacking": (
        '{what}需要{missing}；请安装附加组件audit：在sanbao的副本中执行pip install ".[audit]"',
        '{what} needs {missing}; install the extra "audit": pip install ".[audit]" in a '
        "clone of sanbao",
    ),
    "line_break": (
        "文本中有换行或控制字符；请写作\\n等",
        "a text has a line break or a control character; write \\n or the like",
    ),
    "line_column": ("第{line}行，第{column}列", "line {line}, column {column}"),
    "list": ("必须是列表", "must be a list"),
    "long": ("{begin}……（{number}个字符）", "{begin}… ({number} characters)"),
    "long_text": ("“{begin}……”（{number}个字符）", "'{begin}… ({number} characters)'"),
    "nested": ("嵌套过深", "is nested too deeply"),
    "no_directory": ("所在位置不是目录", "lies in something that is no directory"),
    "no_file": ("没有这个文件", "there is no such file"),
    "no_number": ("含有{name}，不是JSON的数字", "holds {name}, which is not a number in JSON"),
    "no_path": ("不是文件路径", "is no path"),
    "not_here": ("不能出现在此处", "is not what can stand here"),
    "not_json": ("不是JSON：{reason}（{where}）", "is not JSON: {reason} ({where})"),
    "not_opened": ("无法打开", "cannot be opened"),
    "not_permitted": ("没有打开的权限", "may not be opened"),
    "not_toml": ("不是TOML：{reason}", "is not TOML: {reason}"),
    "not_utf8": ("不是UTF-8编码（第{byte}字节处）", "is not UTF-8 (byte {byte})"),
    "nothing": ("（空缺）", "nothing"),
    "number": ("必须是数", "must be a number"),
    "object": ("必须是JSON对象", "must be a JSON object"),
    "on_line": ("{reason}（第{line}行）", "{reason} (line {line})"),
    "one_of": ("必须是下列之一：{known}", "must be one of {known}"),
    "only_first": ("只列出前{most}处", "only the first {most} are named"),
    "part": ("{field}：{reason}", "{field}: {reason}"),
    "percent": ("必须是0至100的数", "must be a number from 0 to 100"),
    "problems": ("{number}处错误", "{number} problems"),
    "quoted_key": ("此处应为双引号中的键", "a key in double quotes is expected"),
    "renamed": ("现为{id}", "is now {id}"),
    "required": ("必填", "is required"),
    "said": ("{said}", "{said}"),
    "size": ("{size}字节", "{size} bytes"),
    "system": ("系统报错：{said}", "{said}"),
    "text": ("必须是文本", "must be text"),
    "too_long": ("不得超过{most}个字符", "must be at most {most} characters long"),
    "toml_bracket": ("表名没有收尾方括号", "the name of a table has no closing bracket"),
    "toml_control": ("文本中有控制字符", "a text has a control character"),
    "toml_control_comment": (
        "文本或注释中有控制字符",
        "a text or a comment has a control character",
    ),
    "toml_date": ("没有这一日期或时刻", "there is no such date or time"),
    "toml_equals": ("键之后应为 =", "= is expected behind a key"),
    "toml_escape": (
        "双引号文本中有无意义的\\；请写作\\\\，或改用单引号“'…'”",
        "a text in double quotes has a \\ that means nothing; write \\\\, or '…' around it",
    ),
    "toml_inline": ("表中应为逗号或 }}", "a comma or }} is expected in a table"),
    "toml_key": ("此处应为键", "a key is expected"),
    "toml_list": ("列表中应为逗号或 ]", "a comma or ] is expected in a list"),
    "toml_newline": ("值之后应换行", "a new line is expected behind a value"),
    "toml_twice": ("键或表重复", "gives a key or a table twice"),
    "toml_unclear": ("此处的内容无法读取", "what stands here cannot be read"),
    "toml_value": ("此处应为值，文本须加引号", "a value is expected, and text stands in quotes"),
    "unknown_key": ("不是已知的键", "is not a known key"),
    "unreadable": ("无法读取：{reason}", "cannot be read: {reason}"),
    "until": ("至{last}", "to {last}"),
    "value": ("此处应为值", "a value is expected"),
    "value_of": ("一个{type}类型的值", "a value of type {type}"),
}
