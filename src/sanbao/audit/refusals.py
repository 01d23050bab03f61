"""Why a table or a file of one is refused, in both languages: 拒收的理由.

A message by its code without the group (``table.``): (Chinese, English), with the same
placeholders. Codes stay; wording may change (:class:`sanbao.base.errors.Reason`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["REFUSALS"]

REFUSALS: Final[Mapping[str, tuple[str, str]]] = {
    "a_column": ("（一列）", "a column"),
    "a_row": ("（一行）", "a row"),
    "an_error": ("错误", "an error"),
    "array": (
        "是JSON数组；请写成JSON Lines，每行一份申请",
        "is a JSON array; write JSON Lines, one claim a line",
    ),
    "at_least_one": ("必须不小于1", "must be at least 1"),
    "at_row": ("{reason}（第{row}行）", "{reason} (row {row})"),
    "belong_to_none": ("不属于任何申请", "belong to no claim"),
    "beyond_row": ("超出第{most}行", "leads beyond row {most}"),
    "bytes": (
        "含有不是{name}的字节（第{byte}字节）",
        "holds bytes that are not {name} (byte {byte})",
    ),
    "cells": (
        "有{cells}格，而表头有{columns}格",
        "has {cells} cells where the header has {columns}",
    ),
    "changed": ("在读取期间发生变化；请重新开始", "changed while it was read; begin anew"),
    "codes": ("必须是代码列", "must be a column of codes"),
    "company_spec": (
        '必须是列名，或{{"column": "…"{unit}}}',
        'must be the name of a column, or {{"column": "…"{unit}}}',
    ),
    "compressed": ("是压缩文件；请先解压", "is compressed; unpack it first"),
    "cr": (
        "有的行只以CR结尾；请以CR LF或LF换行另存",
        "has lines that end in CR alone; save it with line ends CR LF or LF",
    ),
    "cut_parquet": (
        "中途断掉：缺少Parquet文件的结尾",
        "ends in the middle: the end of a Parquet file is not there",
    ),
    "dates": (
        "必须是日期列，或2025-07-04这样的文本列",
        "must be a column of dates, or of texts like 2025-07-04",
    ),
    "empty": ("是空的", "is empty"),
    "endless_row": (
        "有一行没有结尾：{bytes}字节内没有换行",
        "has a row without an end: {bytes} bytes and no line end",
    ),
    "error_nowhere": (
        "有一个错误单元格没有写明位置",
        "a cell with an error does not say where it is",
    ),
    "fen_is": (
        "以分为单位时必须是整数（现为{dtype}）",
        "must be whole numbers if it is in fen (it is {dtype})",
    ),
    "file_ends": ("{reason}；文件到此为止", "{reason}; the file ends here"),
    "floats": (
        "不得为浮点数；金额请用十进制数、“1599.00”这样的文本，或以分为单位的整数，并以 "
        "columns={in_fen}对应",
        "must not be floating-point numbers; give money as decimal numbers, as texts like "
        '"1599.00", or as whole fen, mapped by columns={in_fen}',
    ),
    "has": ("；表中有{names}{more}", "; the table has {names}{more}"),
    "has_none": ("；表中没有列", "; the table has no columns"),
    "header_encoding": (
        "表头既不是UTF-8也不是GB18030编码",
        "has a header that is neither UTF-8 nor GB18030",
    ),
    "header_quote": ("表头的引号没有闭合", "has a header with a quote that is not closed"),
    "holds_outcome": ("企业的处理结果", "what the company did"),
    "holds_refund": ("企业支付的金额", "the money that the company paid"),
    "holds_shop": ("门店", "the shop"),
    "id_required": ("{name}为单独的表时必填", "is required where {name} are a table"),
    "ids": ("必须是文本列或整数列", "must be a column of texts or whole numbers"),
    "last_row": (
        "没有换行；如果文件被截断，这一行不完整",
        "has no line end; if the file was cut off, this row is not whole",
    ),
    "lists": (
        "每行必须是列表，或另有单独的表",
        "must be a list in every row, or a table of its own",
    ),
    "lists_of": ("{type}的列表", "lists of {type}"),
    "lists_of_texts": ("必须是文本的列表", "must be lists of texts"),
    "mapping": ("必须把本库的列名对应到表中的列名", "must map our names to those of the table"),
    "more_rows": ("另有{more}行", "{more} more rows"),
    "no_claim": ("没有申请使用这一{id}", "is the {id} of no claim"),
    "no_claim_column": ("不是申请的列", "is no column of a claim"),
    "no_claim_rows": (
        "没有申请使用这一{id}（{name}表中共有{number}行）",
        "is the {id} of no claim ({number} such rows in the table of {name})",
    ),
    "no_column": ("不是表中的列", "is no column of the table"),
    "no_company_column": (
        "不是表中的列；该列应为{holds}",
        "is not a column of the table; it is to hold {holds}",
    ),
    "no_field": ("不是已知字段", "is not a known field"),
    "no_file_at_all": ("（没有）", "none"),
    "no_files": ("至少应有一个", "there must be at least one"),
    "no_first_sheet": ("没有第一张工作表", "it has no first sheet"),
    "no_format": ("既不是文本，也不是Parquet或Excel", "is neither text nor Parquet nor Excel"),
    "no_line_end": ("前{bytes}字节内没有换行", "has no line end in its first {bytes} bytes"),
    "no_rows": (
        "不含数据行：对文件的审核已将各行结果存为Parquet文件，请复制该文件",
        "holds no rows: an audit of files keeps the decided rows in files already, as "
        "Parquet; copy those",
    ),
    "no_such_column": ("（没有这一列）", "no column"),
    "no_table": ("不是表（{reason}）", "is no table ({reason})"),
    "no_utf8": ("不是UTF-8文本", "is no UTF-8 text"),
    "no_value": ("没有值", "has no value"),
    "not_as_it_was": (
        "与{path}中的审核开始时不同；请按原样继续，或用--restart重新开始",
        "is not as it was when the audit in {path} began; go on as it was, or begin anew "
        "with --restart",
    ),
    "not_object": ("不是JSON对象", "is not a JSON object"),
    "not_parquet": ("不是Parquet文件，尽管文件名如此", "is not Parquet, whatever its name says"),
    "not_work": ("不是审核的工作目录", "is not the work directory of an audit"),
    "one_value": ("必须是单个值", "must be one value"),
    "open_quote": ("引号没有闭合", "has a quote that is not closed"),
    "order": ("{key}的顺序或数目", "the order or number of the {key}"),
    "outcomes": (
        "必须是文本列，如refund或退货（现为{dtype}）",
        "must be a column of texts, like refund or 退货 (it is {dtype})",
    ),
    "percents": ("必须是0至100的数", "must be numbers from 0 to 100"),
    "refund_floats": (
        "不得为浮点数；金额请用十进制数（pl.Decimal(38, 2)），或“1599.00”这样的文本",
        "must not be floating-point numbers; give money as decimal numbers (pl.Decimal(38, "
        '2)) or as texts like "1599.00"',
    ),
    "repairs": ("必须是维修记录的列表", "must be lists of repairs"),
    "report_on": ("共{rows}行的报告", "a report on {rows} rows"),
    "reserved": ("是审核自用的名称", "is a name the audit needs for itself"),
    "result_column": (
        "已存在；结果将写入该列，请改名",
        "is there already; rename it, results are put there",
    ),
    "row_unread": ("无法读取：{reason}", "could not be read: {reason}"),
    "same_name": ("是{number}列共用的列名", "is the name of {number} columns"),
    "season": (
        "必须是首月和末月，如（“2019-01”，“2024-12”）",
        'must be the first month and the last, like ("2019-01", "2024-12")',
    ),
    "season_order": ("起始月不得晚于结束月", "must begin before they end"),
    "share": ("必须是0至1的数", "must be a number from 0 to 1"),
    "sheet": ("未读取；只读取第一张工作表", "is not read; only the first sheet is"),
    "shops": (
        "必须是门店名称，或门店数目（1至{most}）",
        "must be names of shops, or how many there are, 1 to {most}",
    ),
    "side_mapping": ("必须对应{name}表的各列", "must map the columns of the table of {name}"),
    "spec": (
        '必须是列名，或{{"column": …, "unit": "fen"}}，或{{"value": …}}',
        'must be the name of a column, or {{"column": …, "unit": "fen"}}, or {{"value": …}}',
    ),
    "stray_quote": ("在不应有引号处出现引号", "has a quote where none can be"),
    "texts_or_numbers": (
        "必须是文本列或数字列（现为{dtype}）",
        "must be a column of texts or numbers (it is {dtype})",
    ),
    "twice": ("既在申请表中，又有单独的表", "stand in the table of claims and in one of their own"),
    "two_claims": (
        "对应两份申请，无法与{name}表连接",
        "names two claims, so that the table of {name} cannot be joined",
    ),
    "two_tables": ("（两张表）", "two tables"),
    "type": (
        "必须是Polars、pandas、pyarrow、DuckDB的表，或支持Arrow的表",
        "must be a table of Polars, pandas, pyarrow or DuckDB, or another that speaks Arrow",
    ),
    "unit": ("必须是yuan或fen", "must be yuan or fen"),
    "unit_fen": (
        "必须是yuan；金额为整数的可用fen",
        "must be yuan, or fen for whole numbers of money",
    ),
    "unreadable": ("无法读取：{reason}", "cannot be read: {reason}"),
    "unreadable_part": ("无法读取（{reason}）", "cannot be read ({reason})"),
    "unused_columns": (
        "这些列不属于申请，不影响判定：{names}；哪些列属于申请，见sanbao.audit.describe()；"
        "列名不同的，用columns=…写明",
        "these columns are no part of a claim and decide nothing: {names}; "
        "sanbao.audit.describe() tells which are, and columns=… names those that are called "
        "otherwise",
    ),
    "utf16": ("是UTF-16编码；请另存为UTF-8", "is UTF-16; save it as UTF-8"),
    "whole": ("必须是不小于0的整数", "must be a whole number, 0 or more"),
    "xls": (
        "是旧版Excel文件（.xls）；请另存为.xlsx",
        "is an old Excel file (.xls); save it as .xlsx",
    ),
    "yuan": ("必须是以元为单位的金额", "must be amounts in yuan"),
    "yuan_is": (
        "必须是以元为单位的金额（现为{dtype}）",
        "must be amounts in yuan (it is {dtype})",
    ),
}
