"""Why a policy or what goes with it is refused, in both languages: 拒收的理由.

A message by its code without the group (``policy.``): (Chinese, English), with the same
placeholders. Codes stay; wording may change (:class:`sanbao.base.errors.Reason`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["REFUSALS"]

REFUSALS: Final[Mapping[str, tuple[str, str]]] = {
    "a_device": ("设备", "device"),
    "a_directory": ("目录", "directory"),
    "a_term": ("必须是词项，或“not”加词项", "must be a term, or 'not' and a term"),
    "after_last": ("晚于{id}的最后有效日（{day}）", "is after the last day of {id} ({day})"),
    "answers": (
        "应有两个以上互不相同的答案",
        "has two or more answers, each of its own",
    ),
    "arguments": ("需要{wanted}个参数，而不是{number}个", "takes {wanted} arguments, not {number}"),
    "article": (
        "应列出规则，或说明为何不产生效力",
        "either has rules or says why it has no effect",
    ),
    "before_in_force": ("早于生效之日（{day}）", "is before the first day in force ({day})"),
    "beside_itself": ("政策不能与自身并行", "a policy cannot stand beside itself"),
    "beside_kind": ("必须是承诺或地方性法规", "must be a commitment or a local regulation"),
    "beside_other": ("与{beside}并行，不与{id}并行", "stands beside {beside}, not beside {id}"),
    "both_in_force": ("自{first}{to}同时有效", "are both in force from {first} {to}"),
    "cannot_ask": (
        "对{type}类的事实不能这样查问（{op}）",
        "a {type} cannot be asked this ({op})",
    ),
    "circle": (
        "与其并行者又与之并行（{circle}）",
        "stands beside what stands beside it ({circle})",
    ),
    "commitments": ("必须是承诺", "must be commitments"),
    "condition": (
        "必须是条件：词项、条件的列表，或带op的表",
        "must be a condition: a term, a list of conditions, or a table with op",
    ),
    "conditions": ("必须是条件的列表", "must be a list of conditions"),
    "counts": (
        "至多计{days}天，或1至{months}个月",
        "counts at most {days} days, or 1 to {months} months",
    ),
    "date_no_time": ("必须是不带时刻的日期", "must be a date without a time of day"),
    "days": ("必须是0至{most}的天数", "must be a number of days from 0 to {most}"),
    "effect_no_citation": (
        "没有引用条文；凡有法律效力的，应写明出处",
        "has no citation; everything of legal effect says where it stands",
    ),
    "empty": ("是空的；此处应为政策", "is empty; a policy is expected"),
    "every_right": ("每项权利应各列一次", "must name every right once"),
    "explained_by_itself": ("以自身解释自身（{circle}）", "is explained by itself ({circle})"),
    "fact_name": ("是事实的名称", "is the name of a fact"),
    "file_name": ("必须与文件名（{policy}）一致", "must be the name of its file ({policy})"),
    "for_ever": (
        "使没有自身期间的权利永远开放：{names}；只为一项权利解除限制的，"
        "请在该权利中写“despite”，并在其条件中写明期间",
        "opens rights for ever that have no period of their own: {names}; to lift it for "
        "one right alone, write 'despite' there, and in its condition the period it has",
    ),
    "gap": ("自{first}至{last}留有空档", "leave a gap from {first} to {last}"),
    "id": ("必须是小写字母，如cn.mobile-2001", "must be lower case, like cn.mobile-2001"),
    "law_not_promise": ("是法规，不是与法规并行的承诺", "is a law, not a commitment beside it"),
    "list_of_tables": ("必须是表的列表，至多{most}项", "must be a list of tables, at most {most}"),
    "listed_again": ("重复列出", "is listed twice"),
    "listed_by": (
        "{one}的{version}版与{other}的{other_version}版",
        "{one} of {version} and {other} of {other_version}",
    ),
    "listed_twice": (
        "被{both}同时列入，而二者于{day}均有效",
        "is listed by {both}, which are both in force on {day}",
    ),
    "local": (
        "地方性法规应写明引用的文件和适用的地区",
        "says which instrument it cites and what places it governs, as a local one does",
    ),
    "local_not_promise": (
        "是地方性法规，依地点适用，不能指名适用",
        "is a local regulation, which applies by the place and not by its name",
    ),
    "missing": ("缺少", "is missing"),
    "months": ("必须是1至{most}的月数", "must be a number of months from 1 to {most}"),
    "must_be_id": ("必须是政策的编号", "must be the id of a policy"),
    "name": ("必须是政策文件的名称", "must be the name of a policy file"),
    "named_twice": ("重复列出", "is named twice"),
    "names_no_right": ("未列出权利", "names no right"),
    "names_regulation": (
        "应写明承诺或地方性法规与哪部法规并行",
        "names the regulation that a commitment or a local regulation stands beside",
    ),
    "nested": ("嵌套超过{most}层", "is nested more than {most} deep"),
    "no_answer": ("没有对应的文字说明", "is no answer that has words"),
    "no_citation": ("没有引用条文", "has no citation"),
    "no_condition": ("此处应为条件，而不是{type}", "a condition is expected, not {type}"),
    "no_date_fact": ("不是日期类的事实", "is no fact that is a date"),
    "no_entry_field": ("不是列表项的字段", "is no field of an entry"),
    "no_exclusion": ("不是除外或不予三包的情形", "is no exclusion and no bar"),
    "no_fact": ("没有事实“{fact}”", "there is no fact '{fact}'"),
    "no_fact_before": ("不是事实，或不在此之前", "is no fact, or none that stands before this one"),
    "no_facts": (
        "没有事实；请给出自己的事实，或用facts_of引用另一法规的",
        "has no facts; give its own, or facts_of of another law",
    ),
    "no_fault": ("没有这类故障", "there is no such fault"),
    "no_file_name": ("不能作文件名", "cannot be the name of a file"),
    "no_formula": ("不是公式", "is no formula"),
    "no_formula_part": ("不能出现在公式中", "is no part of a formula"),
    "no_goods": ("没有这类商品", "there are no such goods"),
    "no_key": ("不是政策文件的键", "is no key of a policy"),
    "no_key_here": ("此处不能有这一键", "is no key that can stand here"),
    "no_known_by": ("不是有效的{known_by}", "is no {known_by}"),
    "no_law": ("没有这一编号的法规", "there is no law with this id"),
    "no_province": ("不是省级代码", "is no province"),
    "no_reading": ("没有这一法律解释", "there is no such reading"),
    "no_reading_value": ("不是法律解释{reading}的取值", "is no value of a reading {reading}"),
    "no_right": ("不是权利", "is no right"),
    "no_rule": ("不是规则", "is no rule"),
    "no_source_field": ("不是事实可依据的字段", "is no field that a fact can come from"),
    "no_such_right": ("没有这一权利", "there is no such right"),
    "no_such_rule": ("没有这一规则", "there is no such rule"),
    "no_summaries": ("没有这一法规的条文概要", "there are no summaries of such a law"),
    "no_summary": ("不是{law}中有概要的条文", "is no article of {law} that has a summary"),
    "no_term": ("没有这一词项", "there is no such term"),
    "no_truth_value": (
        "条件本身没有真假；请用 & | ~ 连接",
        "a condition has no truth value of its own; join with & | ~",
    ),
    "no_value": ("不是“{fact}”的取值", "is no value of '{fact}'"),
    "no_version": ("不是{id}的版本", "is no version of {id}"),
    "not_after": ("不晚于前一版（{day}）", "is not after the version before it ({day})"),
    "not_among": (
        "不在所更改的{name}之中{near}（新增的须有{missing}）",
        "is not among the {name} it changes{near} (a new one needs {missing})",
    ),
    "not_asked": ("不是公式可以查问的内容", "is nothing that a formula may ask"),
    "not_file": ("不是文件，而是{what}", "is a {what}, not a file"),
    "not_json": ("不是JSON：{reason}", "is not JSON: {reason}"),
    "not_yes_or_no": (
        "类型为{type}，不是“是”或“否”；请用op写明查问什么",
        "is a {type}, not a yes or no; say with op what is asked of it",
    ),
    "object": ("必须是含有政策各键的对象", "must hold an object with the keys of a policy"),
    "one_or_more": ("至少应有一项政策", "must be one policy or more"),
    "only_first": ("只列出前{most}处错误", "only the first {most} mistakes are told"),
    "only_regulation": (
        "本身与法规并行；此处只能是法规",
        "stands beside a regulation itself; only a regulation can stand there",
    ),
    "other_here": ("此处为{here}", "is {here} here"),
    "other_remedy": (
        "给予{remedy}；而在{law}的{version}版中，这一权利给予{own}",
        "gives {remedy}; in {law} of {version} this right gives {own}",
    ),
    "overlap": (
        "{longer}（{longer_days}天）与{shorter}（{shorter_days}天）的期间重叠；"
        "较长者须以“not”排除较短者",
        "the windows of {longer} ({longer_days} days) and {shorter} ({shorter_days} days) "
        "overlap; the longer must say 'not' the shorter",
    ),
    "own_meaning": ("另有固定含义", "has a meaning of its own"),
    "parts_added": (
        "连同所增加的超过{most}个部分",
        "has more than {most} parts with what is added to it",
    ),
    "parts_in_all": (
        "一项政策的条件合计至多{most}个部分",
        "the conditions of a policy have at most {most} parts together",
    ),
    "parts_out": (
        "词项展开后超过{most}个部分",
        "has more than {most} parts when its terms are written out",
    ),
    "path": ("必须是政策文件的路径", "must be the path of a policy file"),
    "promise_only": (
        "是承诺中的内容；法规在counting中写明期间自何时起算",
        "is what a promise says; a regulation says in counting from when the period runs",
    ),
    "rate": ("是每日占价款的比率，介于0与1之间", "is a fraction of the price a day, from 0 to 1"),
    "rate_form": (
        "必须是每日占价款的比率，如0.5%写作0.005",
        "must be a fraction of the price a day, such as 0.005 for 0.5 %",
    ),
    "reading_of_all": ("是各法共有的解释", "is a reading of every law"),
    "refund_reckoned": ("退货应写明如何计算退款", "a refund says how it is reckoned"),
    "regulation": ("必须是法规", "must be a regulation"),
    "right_before": ("必须是列在此前的权利", "must be a right listed before this one"),
    "rule_id": ("编号写作art11.refund", "an id is written like art11.refund"),
    "rule_ids": ("必须是规则编号的列表", "must be a list of ids of rules"),
    "runs_over": ("只能遍历下列之一：{known}", "runs over one of {known}"),
    "sale_needed": (
        "必须写明：此类商品先后由几部法规列入",
        "must be stated: several laws list these goods, each in its time",
    ),
    "settled_twice": ("重复确定", "is settled twice"),
    "source": (
        "与法规并行的，应写明出处和查阅日期",
        "what stands beside a regulation says where it was found and when",
    ),
    "stands_for_other": ("代表目录以外的商品", "stands for what no catalogue lists"),
    "stands_twice": ("在本文件中重复出现", "stands twice in this file"),
    "stands_twice_first": (
        "在本文件中重复出现，首次在第{line}行",
        "stands twice in this file, first on line {line}",
    ),
    "suffix": (
        "不是政策文件；文件名须以.toml或.json结尾",
        "is no policy file; its name must end in .toml or .json",
    ),
    "table": ("必须是表", "must be a table"),
    "table_of_conditions": ("必须是由条件组成的表", "must be a table of conditions"),
    "taken": ("是另一政策的编号", "is the id of another policy"),
    "term_name": (
        "词项以小写命名，如inside_30_days",
        "a term is named in lower case, like inside_30_days",
    ),
    "terms_deep": ("超过{most}层词项相互引用", "more than {most} terms build on one another"),
    "text": ("必须是加引号的文本", "must be text in quotes"),
    "too_large": (
        "过大，不可能是政策文件；至多读取{most}字节",
        "is too large for a policy; at most {most} bytes are read",
    ),
    "two_texts": (
        "多于中文、英文两条文本",
        "is longer than two texts, one Chinese and one English",
    ),
    "type_calendar": ("必须是Calendar", "must be a Calendar"),
    "type_policy": ("必须是Policy", "must be a Policy"),
    "type_readings": (
        "必须是Readings，或按名称给出的取值",
        "must be Readings, or values by name",
    ),
    "type_set": ("必须是PolicySet", "must be a PolicySet"),
    "undivided": (
        "不是仅由一并取值的字段推出的是非或代码；无法逐一查看各种情形",
        "is no yes, no or code that follows from fields which are varied together",
    ),
    "unit": ("单位不符：{op}按{counted}计", "is the wrong unit: {op} counts {counted}"),
    "unknown": ("没有这一编号的政策", "there is no policy with this id"),
    "unprinted": ("含有不可打印的字符", "holds a character that is not printed"),
    "used_twice": ("重复使用", "is used twice"),
    "value": (
        "必须是“是”或“否”（true、false）、代码或日期",
        "must be yes or no (true, false), a code or a date",
    ),
    "whole_days": ("必须是整天数", "must be a whole number of days"),
    "whole_months": ("必须是整月数", "must be a whole number of months"),
}
