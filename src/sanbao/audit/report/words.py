"""What an audit report says, in Chinese and English: 审核报告文案.

In the form of :mod:`sanbao.explain.words.catalogue`: an id and a pair (Chinese, English) with the
same placeholders. Words for outcomes, rules, articles and facts are those of that catalogue.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sanbao.explain.words.catalogue import Catalogue

__all__ = ["AUDIT_MESSAGES", "say"]

_HEAD: Final = {
    "title": ("三包审核报告", "Three-guarantees audit"),
    "sep": (" · ", " · "),
    "sentence": ("{text}。", "{text}."),
    "less": (
        "{rows}行中有{less}行给付低于法定",
        "Less than the law in {less} of {rows} rows",
    ),
    "less.one": (
        "{rows}行中有1行给付低于法定",
        "Less than the law in 1 of {rows} rows",
    ),
    "less.gap": ("，少退{gap}元", ", {gap} yuan short"),
    "none": (
        "可比较的{compared}行中，没有低于法定的给付",
        "Nothing less than the law in the {compared} rows that can be compared",
    ),
    "nothing": ("没有可以比较的行", "No row could be compared"),
    "empty": ("表中没有行", "The table has no rows"),
    "unbalanced": (
        "行数对不上，本报告不可采信",
        "The rows do not add up; do not rely on this report",
    ),
    "unsure.more": (
        "另有{rows}行取决于有争议的解释或属暂定（涉及{gap}元），单独列出，不计入上数。",
        "Rows beside these that hang on a contested reading or are provisional: {rows} ({gap} "
        "yuan). They stand apart below and are not in this figure.",
    ),
    "of.short": (
        "{rows}行退款金额不足，共少退{sum}元。",
        "Refunds that were too small: {rows} ({sum} yuan short).",
    ),
    "of.denied": (
        "{rows}行应退货而未退（只修理或拒绝），应退未退{sum}元。",
        "Refunds owed that did not come, but a repair or nothing: {rows} ({sum} yuan).",
    ),
    "of.swapped": (
        "{rows}行应退货而换货：消费者得到等值商品，{sum}元不计入少退金额。",
        "Exchanges where a refund was owed: {rows}. The consumer holds a phone of that worth, so "
        "{sum} yuan are not counted as short.",
    ),
    "of.weaker": (
        "{rows}行应换货或免费修理，给付更弱。",
        "Weaker remedies where an exchange or a free repair was owed: {rows}.",
    ),
    "of.unpriced": (
        "其中{rows}行因价款不明，金额未计入。",
        "Without a known price, and so without a sum: {rows}.",
    ),
}

_FACTS: Final = {
    "fact": ("项目", "Item"),
    "value": ("数值", "Value"),
    "fact.rows": ("总行数", "Rows"),
    "fact.compared": ("可比较", "Compared"),
    "fact.less": ("低于法定", "Less than the law"),
    "fact.gap": ("少退金额（元）", "Shortfall, yuan"),
    "fact.uncompared": ("未能比较", "Not compared"),
    "fact.errors": ("有误", "In error"),
}

_SECTIONS: Final = {
    "head.where": ("各行去向", "Where the rows went"),
    "head.matrix": ("法定结果与企业处理", "What the law gave, what the company did"),
    "head.rules": ("按条款", "By rule"),
    "head.articles": ("按条文", "By article"),
    "head.shops": ("按门店", "By shop"),
    "head.months": ("按月份", "By month"),
    "head.samples": ("低于法定的行（抽样）", "Rows with less than the law (samples)"),
    "head.readings": ("取决于有争议解释的行", "Rows that hang on a contested reading"),
    "head.provisional": ("暂定的行", "Provisional rows"),
    "head.uncompared": ("未能比较的行", "Rows that were not compared"),
    "head.errors": ("有误的行", "Rows in error"),
    "head.identity": ("行数核对", "Do the rows add up?"),
    "head.how": ("如何计算", "How it was counted"),
}

_IDENTITY: Final = {
    "identity.rows": (
        "总行数{rows} = 已认定{decided} + 有误{errors}",
        "Rows {rows} = decided {decided} + in error {errors}",
    ),
    "identity.decided": (
        "已认定{decided} = 结果确定{settled} + 尚不能确定{undecided}",
        "Decided {decided} = settled {settled} + left open by the facts {undecided}",
    ),
    "identity.read": (
        "读入{read}行，汇总{rows}行",
        "Rows read {read}, rows tallied {rows}",
    ),
    "identity.unused": (
        "下列列与申请及企业处理无关，未使用：{columns}。",
        "Columns that hold nothing of a claim or of what the company did, and are not used: "
        "{columns}.",
    ),
    "identity.holds": ("{text}：相符。", "{text}: correct."),
    "identity.fails": ("{text}：不符！", "{text}: WRONG."),
    "identity.cuts": (
        "按条款、条文、门店、月份各自合计",
        "The sums by rule, article, shop and month",
    ),
}

_VERDICTS: Final = {
    "col.verdict": ("结论", "Verdict"),
    "verdict.error": ("有误，未作认定", "In error, not decided"),
    "verdict.open": ("事实不足，法定结果未定", "Left open: the facts do not settle it"),
    "verdict.company_missing": ("未说明企业处理", "What the company did is not stated"),
    "verdict.company_unread": ("企业处理无法识别", "What the company did cannot be read"),
    "verdict.money_unread": ("实退金额无法识别", "The sum refunded cannot be read"),
    "verdict.money_unknown": ("退款金额不明", "A refund whose sum is not known"),
    "verdict.less_money": ("退款不足", "Refund too small"),
    "verdict.less_remedy": ("给付弱于法定", "Weaker remedy than the law's"),
    "verdict.refused": ("未提供收费修理（不计为低于法定）", "No repair at a charge (not counted)"),
    "verdict.more": ("高于法定", "More than the law"),
    "verdict.as_law": ("与法定相同", "As the law"),
}

_TABLES: Final = {
    "col.rows": ("行数", "Rows"),
    "col.share": ("占比", "Share"),
    "col.compared": ("可比较", "Compared"),
    "col.less": ("低于法定", "Less"),
    "col.short": ("退款不足（元）", "Too small, yuan"),
    "col.denied": ("应退未退（元）", "Not refunded, yuan"),
    "col.gap": ("少退合计（元）", "Shortfall, yuan"),
    "col.swapped": ("以换代退（元）", "Exchanged instead, yuan"),
    "col.unpriced": ("金额不明", "No known sum"),
    "col.unsure": ("取决于解释或暂定", "On a reading or provisional"),
    "col.unsure_gap": ("其中涉及（元）", "Of that, yuan"),
    "col.rule": ("条款", "Rule"),
    "col.article": ("条文", "Article"),
    "col.shop": ("门店", "Shop"),
    "col.month": ("月份", "Month"),
    "col.reading": ("争议问题", "Reading"),
    "col.reason": ("原因", "Reason"),
    "col.first": ("最先几行（从1起）", "First rows (from 1)"),
    "col.law": ("法定", "Law"),
    "col.company": ("企业", "Company"),
    "col.owed": ("应退（元）", "Owed, yuan"),
    "col.paid": ("实退（元）", "Paid, yuan"),
    "col.row": ("行（从1起）", "Row (from 1)"),
    "col.claim_id": ("申请编号", "Claim"),
    "col.claim": ("申请", "Claim as JSON"),
    "col.text": ("表中文字", "Text in the table"),
    "col.cited": ("依据该条的全部行", "All rows resting on it"),
    "col.cited_less": ("其中低于法定", "Of those, less"),
    "col.standing": ("确定程度", "Standing"),
    "col.depends": ("取决于", "Depends on"),
    "standing.firm": ("确定", "firm"),
    "standing.reading": ("取决于解释", "on a reading"),
    "standing.provisional": ("暂定", "provisional"),
    "no.rule": ("无（未作认定或未定）", "None (in error or open)"),
    "no.article": ("无", "None"),
    "no.shop": ("未注明门店", "No shop stated"),
    "no.month": ("日期不明", "No date"),
    "others": ("其他{count}家门店", "{count} other shops"),
    "others.texts": ("其他文字", "Other texts"),
    "beyond": ("其他原因", "Other reasons"),
    "all.shops": ("全部门店（{count}）", "All shops ({count})"),
    "top.shops": (
        "少退最多的{shown}家（共{count}家）",
        "The {shown} with most missing, of {count} shops",
    ),
    "table": ("明细表", "The figures"),
    "yuan": ("{amount}元", "{amount} yuan"),
    "percent": ("{number}%", "{number}%"),
}

_CHARTS: Final = {
    "chart.short": ("退款不足", "refund too small"),
    "chart.denied": ("应退未退", "refund not given"),
    "chart.unsure": ("取决于解释或暂定", "on a reading or provisional"),
    "chart.rows": ("低于法定", "less than the law"),
    "chart.months": ("每月少退金额（{unit}）", "Shortfall by month ({unit})"),
    "chart.articles": ("各条文少退金额", "Shortfall by article"),
    "chart.shops": ("各门店少退金额", "Shortfall by shop"),
    "chart.months.rows": ("每月低于法定的行数", "Rows with less, by month"),
    "chart.articles.rows": ("各条文低于法定的行数", "Rows with less, by article"),
    "chart.shops.rows": ("各门店低于法定的行数", "Rows with less, by shop"),
    "chart.matrix": (
        "纵：法定结果；横：企业处理。有框的格子低于法定（退货不足额的在退货一格）",
        "Down: the law; across: the company. Framed: less than the law (refunds too small are "
        "among the refunds)",
    ),
    "unit.1": ("元", "yuan"),
    "unit.1000": ("千元", "thousand yuan"),
    "unit.10000": ("万元", "10,000 yuan"),
    "unit.1000000": ("百万元", "million yuan"),
    "unit.100000000": ("亿元", "100 million yuan"),
    "unit.1000000000": ("十亿元", "billion yuan"),
    "short.10000": ("{number}万", "{number}"),
    "short.100000000": ("{number}亿", "{number}"),
    "short.1000": ("{number}千", "{number}k"),
    "short.1000000": ("{number}百万", "{number}M"),
    "short.1000000000": ("{number}十亿", "{number}bn"),
    "cell.refund": ("退货", "Refund"),
    "cell.exchange": ("换货", "Exchange"),
    "cell.free_repair": ("免费\n修理", "Free\nrepair"),
    "cell.paid_repair": ("收费\n修理", "Paid\nrepair"),
    "cell.excluded": ("不予\n三包", "Nothing"),
    "cell.law.": ("未定", "Open"),
    "cell.company.": ("不明", "Not\nknown"),
    "did.excluded": ("拒绝", "Nothing"),
    "did.": ("不明", "Not known"),
}

_SAMPLES: Final = {
    "sample.row": ("第{row}行", "Row {row}"),
    "sample.law": ("法定：{law}", "law: {law}"),
    "sample.company": ("企业：{company}", "company: {company}"),
    "sample.gap": ("少退{gap}元", "{gap} yuan short"),
    "sample.swapped": ("以换代退{sum}元", "exchanged instead of {sum} yuan"),
    "sample.depends": ("取决于：{readings}", "depends on: {readings}"),
    "sample.claim": ("申请数据", "The claim"),
    "sample.why": ("逐条说明", "The decision, in full"),
    "sample.differs": (
        "注意：单独重新认定的结果是“{outcome}”，与表中不同，请报告此问题。",
        "Beware: decided again on its own, this claim comes to: {outcome}. That is not what the "
        "table says; please report it.",
    ),
    "sample.not_again": (
        "不能按报告所载重新认定：{reason}",
        "It cannot be decided again as the report says: {reason}",
    ),
    "samples.note": (
        "每条款取少退最多的至多{kept}行；行号从1起，在整个表内连续。说明由逐件认定的引擎作出。",
        "For each rule the rows with most missing, at most {kept}. Rows are counted from 1 "
        "through the whole table. The explanations are made by the engine that decides single "
        "claims.",
    ),
    "readings.note": (
        "换一种解释，这些行的法定结果或金额会不同。一行可取决于多个问题，各问题下均计。",
        "Under another reading these rows would come to another outcome or sum. A row that "
        "depends on several counts under each.",
    ),
    "provisional.note": (
        "这些行的某个日期落在放假安排尚未公布的年份，公布后可能变化。",
        "A date of these rows lies in a year whose holidays are not published; it may move.",
    ),
    "open.note": (
        "补充下列事实后即可确定；说明中列出缺少的事实。",
        "The facts stated do not settle these; the explanation says which are missing.",
    ),
    "errors.note": (
        "这些行未能认定，也未计入任何比较。原因中略去了各行自己的值。",
        "These rows were not decided and enter no comparison. Values of single rows are left out "
        "of the reasons.",
    ),
    "unread.note": (
        "下列文字不在可识别之列；改成可识别的代码后可重新审核。",
        "These texts are not among those that can be read; put a known code and audit again.",
    ),
}

_HOW: Final = {
    "how.less": (
        "“低于法定”：企业给付弱于法定结果（退货>换货>免费修理>收费修理>不予三包），"
        "或者退货但金额少于应退款。消费者要求且依法可得的，就是法定结果；按此给付不算低于法定。",
        "Less than the law: a weaker remedy than the law's outcome (refund, exchange, free repair, "
        "repair at a charge, nothing), or a refund of less money. What the consumer asked for and "
        "could have is the law's outcome; who gave that did not give less.",
    ),
    "how.asked": (
        "未载明消费者要求的行，法定结果取最强的一项；"
        "消费者当时可能自愿选择较弱的一项，表中看不出。",
        "Where a row does not state what was asked for, the law's outcome is the strongest remedy; "
        "that a consumer chose a weaker one of their own accord cannot be seen from the table.",
    ),
    "how.short": (
        "“退款不足”：应退款减实退款。“应退未退”：应退货而只修理或拒绝的，按应退款"
        "（减去实际支付的款项）计。少退合计为两者之和。",
        "Too small: the sum owed less the sum paid. Not refunded: the sum owed (less what was paid "
        "even so) where a repair or nothing came instead of a refund. The shortfall is both.",
    ),
    "how.swapped": (
        "应退货而换货的，消费者得到等值商品，计为低于法定，但金额单列，不计入少退。",
        "An exchange instead of a refund is less than the law, but the consumer holds a phone of "
        "that worth: its sum stands apart and is no part of the shortfall.",
    ),
    "how.refused": (
        "法定结果为收费修理而企业未修的，单列而不计为低于法定{why}。",
        "Where the law leaves a repair at a charge and the company did nothing, the row stands "
        "apart and is not counted as less{why}.",
    ),
    "how.more": (
        "法定不是退货而企业退了货的，计为高于法定，其金额不作比较。",
        "A refund where the law gave another remedy counts as more; its sum is not compared.",
    ),
    "how.article": (
        "按条文的表取决定性条款首先引用的条文，因此各行只计一次；"
        "表格文件另列该条款引用的全部条文。",
        "By article takes the article that the deciding rule cites first, so that each row counts "
        "once; the workbook also lists every article cited.",
    ),
    "how.policy": ("政策：{title}（{id}，版本{version}）。", "Policy: {title} ({id}, {version})."),
    "how.readings": ("解释：{readings}。", "Readings: {readings}."),
    "how.readings_default": ("均取缺省值", "the defaults"),
    "how.calendar": ("日历：{calendar}。", "Calendar: {calendar}."),
    "how.library": ("程序库：sanbao，版本{version}。", "Library: sanbao, version {version}."),
}

_SHEETS: Final = {
    "sheet.summary": ("汇总", "Summary"),
    "sheet.articles": ("按条文", "By article"),
    "sheet.rules": ("按条款", "By rule"),
    "sheet.shops": ("按门店", "By shop"),
    "sheet.months": ("按月份", "By month"),
    "sheet.matrix": ("法定与企业", "Law and company"),
    "sheet.less": ("低于法定", "Less than the law"),
    "sheet.apart": ("取决于解释与暂定", "Readings, provisional"),
    "sheet.errors": ("有误", "Errors"),
}

_BRIEF: Final = {
    "brief.rows": ("行数：{rows}", "Rows: {rows}"),
    "brief.decided": ("已认定：{rows}", "Decided: {rows}"),
    "brief.in_error": ("有误：{rows}", "In error: {rows}"),
    "brief.nobodys": ("无主记录：{rows}", "Repairs and exchanges of no claim: {rows}"),
    "brief.less": ("低于法定：{rows}", "Less than the law: {rows}"),
    "brief.short": ("少付：{yuan}元", "Short by: {yuan} yuan"),
    "brief.apart": (
        "取决于争议解释或暂定：{rows}（{yuan}元）",
        "More on a contested reading, or provisional: {rows} ({yuan} yuan)",
    ),
    "brief.unused": ("未使用的列：{columns}", "Columns not used: {columns}"),
    "brief.report": ("报告：{path}", "Report: {path}"),
    "progress.file": ("{name}（第{number}个，共{files}个）", "{name} ({number} of {files})"),
    "progress.rows": (
        "{rows}行，每秒{rate}行，剩余{left}",
        "{rows} rows, {rate}/s, {left} left",
    ),
}

_CATALOGUE: Final = Catalogue(
    _HEAD,
    _FACTS,
    _SECTIONS,
    _IDENTITY,
    _VERDICTS,
    _TABLES,
    _CHARTS,
    _SAMPLES,
    _HOW,
    _SHEETS,
    _BRIEF,
)
say = _CATALOGUE.say

AUDIT_MESSAGES: Final[Mapping[str, tuple[str, str]]] = _CATALOGUE.messages
"""Every message by its id: (Chinese, English)."""
