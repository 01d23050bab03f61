"""Why not, what if, until when and which reading, in Chinese and English: 理由文案.

A part of the catalogue of :mod:`sanbao.explain.words.catalogue`, in the same form. A turn of the
timeline goes by what it is and whether it begins (``turn.right.last``), a difference by its path
in a decision (``path.outcome``).
"""

from __future__ import annotations

from typing import Final

__all__ = ["REASON_MESSAGES"]

REASON_MESSAGES: Final[dict[str, tuple[str, str]]] = {
    "result.refund": ("退货", "a refund"),
    "result.exchange": ("换货", "an exchange"),
    "result.free_repair": ("免费修理", "free repair"),
    "result.paid_repair": ("收费修理", "repair at a charge"),
    "result.excluded": ("不适用三包规定", "outside the three guarantees"),
    "result.open": ("尚不能确定", "not settled"),
    "thing.open_between": ("尚不能确定，可能是{things}", "not settled: {things}"),
    "thing.by": ("{thing}，依据：{rule}", "{thing}, under: {rule}"),
    "thing.or": ("或", " or "),
    "thing.others": ("{texts}或另外{count}种之一", "{texts}, or any of {count} others"),
    "thing.cited": ("{text}（{cites}）", "{text} ({cites})"),
    "whynot.no.refund": ("现在不能退货。", "A refund is not available now."),
    "whynot.no.exchange": ("现在不能换货。", "An exchange is not available now."),
    "whynot.no.free_repair": ("现在不能免费修理。", "Free repair is not available now."),
    "whynot.no.paid_repair": (
        "现在不属于收费修理的情形。",
        "Repair at a charge is not what this claim comes to now.",
    ),
    "whynot.open.refund": (
        "能否退货还不能确定，取决于尚不知道的情况。",
        "Whether a refund is available is not settled: it hangs on what is not known yet.",
    ),
    "whynot.open.exchange": (
        "能否换货还不能确定，取决于尚不知道的情况。",
        "Whether an exchange is available is not settled: it hangs on what is not known yet.",
    ),
    "whynot.open.free_repair": (
        "能否免费修理还不能确定，取决于尚不知道的情况。",
        "Whether free repair is available is not settled: it hangs on what is not known yet.",
    ),
    "whynot.open.paid_repair": (
        "是否属于收费修理的情形还不能确定，取决于尚不知道的情况。",
        "Whether it comes to repair at a charge is not settled: it hangs on what is not known yet.",
    ),
    "whynot.no_right": (
        "法律没有给这类商品这项权利。",
        "For goods of this kind the law has no such right.",
    ),
    "whynot.no_right_ground": (
        "法律没有为这类商品规定这种情形。",
        "For goods of this kind the law knows no such case.",
    ),
    "whynot.nearest": ("最近的途径：{rule}。", "The nearest way to it: {rule}."),
    "whynot.further": ("另一途径：{rule}。", "Another way: {rule}."),
    "whynot.nearest_ground": ("最接近的情形：{rule}。", "The nearest case: {rule}."),
    "whynot.further_ground": ("另一情形：{rule}。", "Another case: {rule}."),
    "whynot.more": (
        "此外还有{count}条更远的途径，见{cites}。",
        "Further ways, more distant: {count}; see {cites}.",
    ),
    "whynot.more_ground": (
        "此外还有{count}种情形，见{cites}。",
        "Further cases: {count}; see {cites}.",
    ),
    "whynot.point": ("{text}。", "{text}."),
    "whynot.met": ("自身的条件都已满足", "its own conditions are all met"),
    "whynot.met_but": (
        "这种情形已经存在，但消费者有不受其影响的权利",
        "this is the case, but the consumer has a right that it does not touch",
    ),
    "whynot.failed": ("未满足：{check}", "not met: {check}"),
    "whynot.unknown": ("有待查明：{check}", "to be found out: {check}"),
    "whynot.first": ("须先符合：{rule}；{checks}", "it takes first: {rule}; {checks}"),
    "whynot.in_the_way": ("此外还有障碍：{text}", "in the way as well: {text}"),
    "whynot.stands": ("另有障碍：{text}。", "What stands in the way as well: {text}."),
    "whynot.now": (
        "现在的障碍，满足以下途径的条件后即不再存在：{text}。",
        "In the way now, and no longer once the conditions below are met: {text}.",
    ),
    "whynot.always": (
        "不论走哪条途径都有的障碍：{text}。",
        "In the way whichever way is taken: {text}.",
    ),
    "whynot.further_on": (
        "更远的途径上还有障碍：{text}。",
        "In the way of the more distant ones: {text}.",
    ),
    "whynot.exclusion": (
        "三包规定不适用，{rule}",
        "the regulation does not reach the claim, {rule}",
    ),
    "whynot.bar": ("不予三包，{rule}", "the guarantees are barred, {rule}"),
    "whynot.evidence": ("凭证不够，{rule}", "the papers do not suffice, {rule}"),
    "whynot.maybe.exclusion": (
        "三包规定可能不适用，{rule}",
        "the regulation may not reach the claim, {rule}",
    ),
    "whynot.maybe.bar": ("可能不予三包，{rule}", "the guarantees may be barred, {rule}"),
    "whynot.maybe.evidence": (
        "凭证是否足够还不清楚，可能是{rule}",
        "it is not known whether the papers suffice; they may be: {rule}",
    ),
    "whynot.changes": (
        "其余不变，若事实是以下任何一项，就可以：{changes}{rest}。",
        "With all else the same, any one of these, if it were so, would make it available: "
        "{changes}{rest}.",
    ),
    "whynot.changes_ground": (
        "其余不变，若事实是以下任何一项，就成为收费修理：{changes}{rest}。",
        "With all else the same, any one of these, if it were so, would lead to it: "
        "{changes}{rest}.",
    ),
    "whynot.no_change": (
        "单独改变任何一项事实都不够。",
        "No single fact, changed alone, would be enough.",
    ),
    "whynot.beside": (
        "{change}（结果为{outcome}，但也可以选{remedy}）",
        "{change} (the outcome is then {outcome}, and {remedy} may be chosen beside it)",
    ),
    "whynot.beside_open": (
        "{change}（此时可以选择，结果仍未定）",
        "{change} (it may then be chosen, though the outcome is not settled)",
    ),
    "need.with": ("{check}（{need}）", "{check} ({need})"),
    "need.is": ("须为：{values}", "needed: {values}"),
    "need.truth": ("条件是：{truth}", "needed: {truth}"),
    "need.not": ("不得为：{values}", "needed: anything but {values}"),
    "need.at_least": ("须至少为{values}", "needed: at least {values}"),
    "need.below": ("须少于{values}", "needed: fewer than {values}"),
    "need.before": ("须早于{values}", "needed: before {values}"),
    "need.not_before": ("不得早于{values}", "needed: not before {values}"),
    "need.inside": ("须在由此起算的期限内申请", "needed: a claim inside the time counted from it"),
    "need.after": ("由此起算的期限须已届满", "needed: the time counted from it is over"),
    "need.inside.counted": (
        "须在由此起算的{time}内申请",
        "needed: a claim inside the {time} counted from it",
    ),
    "need.after.counted": ("须自此起已过{time}", "needed: more than {time} since"),
    "need.months": ("{months}个月", "{months} months"),
    "need.short": ("还差{count}", "{count} short"),
    "need.no_such_day": ("尚无{since}可以起算", "no {since} yet to count from"),
    "need.same_model_in_stock.yes": ("须有货", "needed: one in stock"),
    "need.same_model_in_stock.no": ("须无货", "needed: none in stock"),
    "need.waiting_for_parts.yes": (
        "须正在修理，因待件而未修复",
        "needed: in repair now, and held up by want of parts",
    ),
    "need.delayed_by_repairer.yes": (
        "须正在修理，因修理者自身原因而未修复",
        "needed: in repair now, and held up by the repairer",
    ),
    "need.repaired_before.yes": ("须修过这一故障", "needed: a repair of this fault"),
    "need.factory_dated.yes": ("须可知出厂日期", "needed: a factory date"),
    "need.factory_dated.no": ("须不知出厂日期", "needed: no factory date"),
    "need.capacity_sound.no": ("须低于合格容量", "needed: below what counts as sound"),
    "need.nothing_to_refund.no": ("须有价款可退", "needed: a price to pay back"),
    "contrast.given": (
        "给予{remedy}的是：{rule}{checks}。",
        "What gives {remedy}: {rule}{checks}.",
    ),
    "contrast.given_bare": ("{remedy}是其余各项都不能时的结果。", "What is left is {remedy}."),
    "contrast.other": ("为何不是{other}：", "Why not {other}:"),
    "contrast.asked": (
        "{other}也可以；消费者要求的是{remedy}。",
        "Available as well is {other}; what was asked for is {remedy}.",
    ),
    "contrast.stronger": (
        "{other}也可以；消费者没有指定，结果取排在前面的{remedy}。",
        "Available as well is {other}; nobody asked for it, and {remedy} comes first in the order "
        "of the policy.",
    ),
    "contrast.both_open": (
        "{remedy}和{other}都可以，由消费者选择；{remedy}不是这里给出的结论。",
        "Both {remedy} and {other} are available, and the choice is the consumer's; "
        "the outcome of the decision is not {remedy}.",
    ),
    "whatif.changed": ("假设：{changes}。", "Suppose: {changes}."),
    "whatif.unchanged": ("没有改变任何事实。", "No fact was changed."),
    "whatif.nothing": (
        "结论不变：{outcome}；可选方案、金额、日期和逐条认定都与原来相同。",
        "The decision stays as it is: {outcome}; remedies, money, dates and findings are the same.",
    ),
    "whatif.outcome": (
        "结果变为：{after}；原来：{before}。",
        "The outcome becomes: {after}; it was: {before}.",
    ),
    "whatif.same_outcome": ("结果不变：{after}。", "The outcome stays: {after}."),
    "whatif.group.requested": ("消费者的要求：{texts}。", "The request: {texts}."),
    "whatif.group.remedies": ("可选方案和金额：{texts}。", "Remedies and money: {texts}."),
    "whatif.group.dates": ("日期：{texts}。", "Dates: {texts}."),
    "whatif.group.obligations": ("附随义务：{texts}。", "What comes along: {texts}."),
    "whatif.group.verdicts": ("逐条认定：{texts}。", "Findings: {texts}."),
    "whatif.group.rest": ("其他：{texts}。", "Besides: {texts}."),
    "timeline.head": (
        "如果没有其他变化，在以下日期申请的结果：",
        "If nothing else happens, what a claim made on these days comes to:",
    ),
    "timeline.step": ("{on}起：{outcome}。{turns}", "From {on}: {outcome}.{turns}"),
    "timeline.still": ("{on}起：仍为{outcome}。{turns}", "From {on}: still {outcome}.{turns}"),
    "timeline.also": ("；也可以选{others}", "; or else {others}"),
    "timeline.turn": ("{text}。", " {text}."),
    "timeline.for_ever": ("此后不再变化。", "After that nothing changes."),
    "timeline.until": (
        "修理没有结束，只推算到{until}。",
        "A repair goes on without end: worked out to {until} and no further.",
    ),
    "timeline.needs": (
        "以后的日期推算不出，因为不知道：{fields}。",
        "No later day can be told without knowing {fields}.",
    ),
    "turn.right.begins": ("自此可以：{rule}", "begins: {rule}"),
    "turn.right.last": ("最后一日为{last}：{rule}", "last day {last}: {rule}"),
    "turn.bar.begins": ("自此不予三包：{rule}", "bars the guarantees: {rule}"),
    "turn.bar.last": ("妨碍三包至{last}为止：{rule}", "barred the guarantees to {last}: {rule}"),
    "turn.exclusion.begins": (
        "自此不适用三包规定：{rule}",
        "takes it out of the regulation: {rule}",
    ),
    "turn.exclusion.last": (
        "妨碍适用三包规定至{last}为止：{rule}",
        "kept it out of the regulation to {last}: {rule}",
    ),
    "turn.proof.begins": (
        "自此由经营者举证：{rule}",
        "now for the trader to prove: {rule}",
    ),
    "turn.proof.last": (
        "由经营者举证至{last}为止：{rule}",
        "for the trader to prove to {last}: {rule}",
    ),
    "turn.duty.begins": ("附随义务开始：{rule}", "comes along: {rule}"),
    "turn.duty.last": ("附随义务至{last}为止：{rule}", "came along to {last}: {rule}"),
    "turn.open": ("自此取决于尚不知道的情况：{rule}", "now hangs on what is not known: {rule}"),
    "differs.value": ("{what}：{after}（原：{before}）", "{what}: {after} instead of {before}"),
    "differs.new": ("{what}：{after}", "{what}: {after}"),
    "differs.gone": (
        "{what}：没有或不明（原：{before}）",
        "{what}: none or not known (it was {before})",
    ),
    "differs.none": ("无", "none"),
    "path.outcome": ("结果", "outcome"),
    "path.possible": ("可能的结果", "possible outcomes"),
    "path.lead": ("决定性依据", "deciding rule"),
    "path.requested.remedy": ("内容", "remedy"),
    "path.requested.available": ("能否满足", "available"),
    "differs.requested.yes": ("能", "yes"),
    "differs.requested.no": ("不能", "no"),
    "differs.requested.open": ("未定或未要求", "not settled, or not asked"),
    "differs.open.refund": ("可以退货", "a refund becomes available"),
    "differs.open.exchange": ("可以换货", "an exchange becomes available"),
    "differs.open.free_repair": ("可以免费修理", "free repair becomes available"),
    "differs.open.paid_repair": ("可以收费修理", "repair at a charge becomes available"),
    "differs.shut.refund": ("不再可以退货", "a refund is no longer available"),
    "differs.shut.exchange": ("不再可以换货", "an exchange is no longer available"),
    "differs.shut.free_repair": ("不再可以免费修理", "free repair is no longer available"),
    "differs.shut.paid_repair": ("不再需要收费修理", "repair at a charge is out of the question"),
    "differs.unsure.refund": ("能否退货不再确定", "a refund is no longer certain"),
    "differs.unsure.exchange": ("能否换货不再确定", "an exchange is no longer certain"),
    "differs.unsure.free_repair": ("能否免费修理不再确定", "free repair is no longer certain"),
    "differs.unsure.paid_repair": (
        "是否收费修理不再确定",
        "repair at a charge is no longer certain",
    ),
    "path.remedies.refund.payable": ("退还金额", "amount paid back"),
    "path.remedies.refund.fee": ("折旧费", "depreciation fee"),
    "path.remedies.refund.used_days": ("使用天数", "days of use"),
    "path.dates.asked_on": ("首次要求日期", "day first asked for"),
    "path.dates.claimed_on": ("申请日期", "day of the claim"),
    "path.dates.period_starts_on": ("三包有效期起始日", "first day of the period"),
    "path.dates.period_ends_on": ("三包有效期最后一日", "last day of the period"),
    "path.dates.refund_until": ("退货期限最后一日", "last day for a refund"),
    "path.dates.exchange_until": ("换货期限最后一日", "last day for an exchange"),
    "path.dates.deducted_days": ("修理占用的天数", "days in repair"),
    "differs.begins": ("如仍未修复，{rule}的起始日", "if still unrepaired, {rule}, from"),
    "differs.duty.new": ("增加：{duty}（自{on}起）", "new: {duty} (from {on})"),
    "differs.duty.gone": ("不再有：{duty}", "no longer: {duty}"),
    "differs.duty.moved": (
        "{duty}：自{after}起（原：{before}）",
        "{duty}: from {after} instead of {before}",
    ),
    "path.provisional": ("暂定的日期", "days that are provisional"),
    "path.needs": ("还需要知道", "still to be known"),
    "differs.warning.new": ("请核对{field}", "please check {field}"),
    "differs.warning.gone": ("{field}不再有疑问", "nothing odd any more about {field}"),
    "depends.decided": (
        "这里采用：{meaning}（来源：{source}）。",
        "Decided here: {meaning} (source: {source}).",
    ),
    "depends.instead": (
        "若采用另一种：{meaning}（来源：{source}）。",
        "The alternative: {meaning} (source: {source}).",
    ),
    "depends.together": (
        "并且对这一问题：{question}采用：{meaning}（来源：{source}）。",
        "Together with this answer to another question: {question} {meaning} (source: {source}).",
    ),
    "depends.result": ("结果的差别：{texts}。", "What differs then: {texts}."),
}
"""Every message on why, what if and until when by its id: (Chinese, English)."""
