"""What comparisons and verifications say, in Chinese and English: 比较文案.

A part of the catalogue of :mod:`sanbao.explain.words.catalogue`, in the same form. ``compare.*`` is
about two policies, ``verify.*`` about one that is checked, ``example.*`` tells a claim in a
sentence, ``shown.*`` a policy in words.
"""

from __future__ import annotations

from typing import Final

__all__ = ["COMPARISON_MESSAGES"]

_COMPARISON: Final = {
    "compare.title": ("{b}, 对照{a}", "{b}, held against {a}"),
    "compare.policy": ("{title} ({id}, 版本 {version})", "{title} ({id}, version {version})"),
    "compare.unnamed": ("{id} (版本 {version})", "{id} (version {version})"),
    "compare.readings": ("解释: {readings}。", "Readings: {readings}."),
    "compare.readings_default": ("均取缺省值", "the defaults"),
    "compare.settled": (
        "{policy} 自行确定: {readings}。",
        "{policy} settles for itself: {readings}.",
    ),
    "compare.calendar": ("日历: {calendar}。", "Calendar: {calendar}."),
    "compare.cells": (
        "逐一审查了 {cells} 种情形 (任何申请都属于其中一种): {worse} 种较差, {better} 种较好。",
        "Situations looked at: {cells} (every claim there can be is one of them). Worse in "
        "{worse} of them, better in {better}.",
    ),
    "compare.below": (
        "低于法定最低标准 ({count})",
        "Falls below the legal floor in {count}",
    ),
    "compare.below_why": (
        "少于规定的承诺无效, 仍按规定办理 ({cites})",
        "a promise of less is void, and the regulation holds all the same ({cites})",
    ),
    "compare.less": ("不如 {a} ({count})", "Gives less than {a} in {count}"),
    "compare.not_below": ("没有一处低于 {a}", "Nowhere below {a}"),
    "compare.more": ("优于 {a} ({count})", "Gives more than {a} in {count}"),
    "compare.more_why": (
        "更优的承诺必须履行 ({cites})",
        "a promise of more has to be kept ({cites})",
    ),
    "compare.same": (
        "对任何申请, 消费者所得都相同",
        "The consumer gets the same in every claim",
    ),
    "compare.respect": ("{number} 处", "{number} respect"),
    "compare.respects": ("{number} 处", "{number} respects"),
    "compare.head.worse": ("较差之处", "Where it gives less"),
    "compare.head.better": ("较好之处", "Where it gives more"),
    "compare.numbered": ("{number}. {text}", "{number}. {text}"),
    "compare.sentence": ("{text}。", "{text}."),
    "compare.sentence_why": ("{text}: {why}。", "{text}: {why}."),
    "compare.labelled": ("{label}: {text}", "{label}: {text}"),
}

_PARTS: Final = {
    "compare.rule": ("条款", "Rule"),
    "compare.rule_of": (
        "{rule} ({policy} 的 {id}; {cites})",
        "{rule} ({id} of {policy}; {cites})",
    ),
    "compare.goods": ("商品", "Goods"),
    "compare.when": ("何时", "When"),
    "compare.or": ("或者", "Or"),
    "compare.by_the_money": (
        "该条适用, 并且日期和价款使折旧费不同",
        "this rule applies, and dates and price make the fee differ",
    ),
    "compare.always": ("只要该条适用", "whenever this rule applies"),
    "compare.applies_and": ("该条适用, 且{text}", "this rule applies, and {text}"),
    "compare.by": ("按 {policy}, {text}", "under {policy} {text}"),
    "compare.counted": ("{text} ({how})", "{text} ({how})"),
    "compare.other_gives": (
        "另有条款给予{remedy} ({cites})",
        "another of its rules gives {remedy} ({cites})",
    ),
    "compare.no_other_gives": (
        "没有其他条款给予{remedy} ({cites})",
        "no other of its rules gives {remedy} ({cites})",
    ),
    "compare.some_in_full": (
        "有条款给予全额退款 ({cites})",
        "one of its rules gives a refund in full ({cites})",
    ),
    "compare.none_in_full": (
        "没有条款给予全额退款 ({cites})",
        "none of its rules gives a refund in full ({cites})",
    ),
    "compare.remedy.refund": ("退货", "a refund"),
    "compare.remedy.exchange": ("换货", "an exchange"),
    "compare.remedy.free_repair": ("免费修理", "a free repair"),
    "compare.situations": ("情形", "Situations"),
    "compare.example": ("例如", "Example"),
    "compare.note": ("说明", "Note"),
    "compare.odd": (
        "只见于不合常情的申请, 例如收货早于销售",
        "found only in claims that are odd, such as goods delivered before they were sold",
    ),
    "compare.claim": ("申请 (JSON)", "The claim as JSON"),
    "compare.subject": ("项目", "Subject"),
    "compare.direction": ("差别", "Difference"),
    "compare.direction.worse": ("较差", "worse"),
    "compare.direction.better": ("较好", "better"),
    "compare.number": ("序号", "No."),
    "compare.article": ("依据", "By"),
    "compare.subject.refund": ("退货", "Refund"),
    "compare.subject.exchange": ("换货", "Exchange"),
    "compare.subject.free_repair": ("免费修理", "Free repair"),
    "compare.subject.standing": ("适用范围", "Reach"),
    "compare.subject.duty": ("附随义务", "What comes along"),
}

_LOST: Final = {
    "compare.lost.in_full": ("失去全额退款", "The refund in full is lost"),
    "compare.lost.less_depreciation": (
        "失去扣折旧费的退款",
        "The refund less depreciation is lost",
    ),
    "compare.lost.exchange": ("失去换货", "The exchange is lost"),
    "compare.lost.free_repair": ("失去免费修理", "The free repair is lost"),
    "compare.lost.paid_repair": (
        "完全不予适用, 而不是收费修理",
        "The goods are left outside altogether, instead of repaired at a charge",
    ),
    "compare.lost.duty": (
        "不再附随, 或者较迟: {duty}",
        "This no longer comes along, or later: {duty}",
    ),
    "compare.gained.in_full": ("可得全额退款", "A refund in full is gained"),
    "compare.gained.less_depreciation": (
        "可得扣折旧费的退款",
        "A refund less depreciation is gained",
    ),
    "compare.gained.exchange": ("可得换货", "An exchange is gained"),
    "compare.gained.free_repair": ("可得免费修理", "A free repair is gained"),
    "compare.gained.paid_repair": (
        "可得收费修理, 而不是完全不予适用",
        "The goods are repaired at a charge, instead of left outside altogether",
    ),
    "compare.gained.duty": (
        "附随, 或者较早: {duty}",
        "This comes along, or sooner: {duty}",
    ),
    "compare.smaller": (
        "退款较少: {less}, 而不是{more}",
        "The refund is smaller: {less} instead of {more}",
    ),
    "compare.larger": (
        "退款较多: {more}, 而不是{less}",
        "The refund is larger: {more} instead of {less}",
    ),
    "compare.reckoned.smaller": (
        "退款较少: 同样{terms}, 但算法不同 ({how})",
        "The refund is smaller: {terms} in either, but reckoned otherwise ({how})",
    ),
    "compare.reckoned.larger": (
        "退款较多: 同样{terms}, 但算法不同 ({how})",
        "The refund is larger: {terms} in either, but reckoned otherwise ({how})",
    ),
    "compare.reckoned.unknown": ("依各政策的读法", "by the readings of each policy"),
    "compare.terms.in_full": ("全额", "in full"),
    "compare.terms.less_depreciation": (
        "每日扣除价款的 {percent}%",
        "less {percent}% of the price a day",
    ),
    "compare.terms.no_rate": (
        "扣折旧费, 比率未定",
        "less depreciation at a rate that is not laid down",
    ),
}

_VERIFICATION: Final = {
    "verify.title": ("核验: {policy}", "{policy}, looked at in itself"),
    "verify.holds": (
        "每项原则都成立, 没有例外",
        "Every principle holds, without exception",
    ),
    "verify.breaks": ("不成立的原则 ({count})", "Principles that do not hold: {count}"),
    "verify.cells": (
        "逐一审查了 {cells} 种情形 (任何申请都属于其中一种)。",
        "Situations looked at: {cells} (every claim there can be is one of them).",
    ),
    "verify.outcomes": ("各种结果的情形数", "Situations by outcome"),
    "verify.outcome": ("结果", "Outcome"),
    "verify.principles": ("逐项原则", "Principle by principle"),
    "verify.principle": ("原则", "Principle"),
    "verify.looked_at": ("审查次数", "Looked at"),
    "verify.result": ("结论", "Result"),
    "verify.yes": ("成立", "holds"),
    "verify.no": ("不成立", "does not hold"),
    "verify.line": (
        "{principle}: {result} (审查次数: {number})",
        "{principle}: {result} (looked at: {number})",
    ),
    "verify.breach": ("不成立之处 {number}", "Breach {number}"),
    "verify.rules": ("条款", "Rules"),
    "verify.subject": ("项目", "Subject"),
    "verify.less": ("所得较少的申请", "This claim gets less"),
    "verify.more": ("所得较多的申请", "than this one"),
    "verify.claim": ("申请", "Claim"),
    "verify.more_breaches": ("另有 {number} 处。", "{number} more."),
    "verify.principle.one_outcome": (
        "每种情形恰有一个结果",
        "Every situation has exactly one outcome",
    ),
    "verify.principle.every_rule_leads": (
        "每条规则都能在某种情形下起决定作用",
        "Every rule decides some situation",
    ),
    "verify.principle.no_rule_shadowed": (
        "没有规则完全被其他规则掩盖",
        "No rule is wholly shadowed by others",
    ),
    "verify.principle.better_papers": (
        "凭证更好, 所得不会更少",
        "Better papers never give less",
    ),
    "verify.principle.earlier_claim": (
        "申请更早, 所得不会更少",
        "An earlier claim never gives less",
    ),
    "verify.principle.more_repairs": (
        "未修好的修理更多, 所得不会更少",
        "More repairs that did not help never give less",
    ),
    "verify.principle.thresholds_cited": (
        "每个界限都有条文依据",
        "Every threshold has its article",
    ),
}

_EXAMPLE: Final = {
    "example.sold_on": ("{on} 售出", "sold on {on}"),
    "example.received_on": ("{on} 收货", "delivered on {on}"),
    "example.invoiced_on": ("{on} 开票", "invoiced on {on}"),
    "example.manufactured_on": ("{on} 出厂", "made on {on}"),
    "example.appeared_on": ("{on} 出现故障", "faulty since {on}"),
    "example.asked_on": ("{on} 首次要求", "first asked for on {on}"),
    "example.claimed_on": ("{on} 申请", "claimed on {on}"),
    "example.price": ("价款 {amount} 元", "price {amount} yuan"),
    "example.standalone_price": ("单独售价 {amount} 元", "{amount} yuan on its own"),
    "example.unused": ("没有使用过", "never used"),
    "example.second_hand": ("二手商品", "second-hand"),
    "example.contested": ("消费者对原因有异议", "the consumer contests the cause"),
    "example.found_unqualified": (
        "经行政部门认定为不合格",
        "found unqualified by an authority",
    ),
    "example.detail": ("故障细目: {code}", "the fault in detail: {code}"),
    "example.paid_price": ("实付 {amount} 元", "{amount} yuan really paid"),
    "example.province": ("购买地: {place}", "bought in {place}"),
    "example.trader_province": ("经营者所在地: {place}", "the trader's seat in {place}"),
    "example.capacity": ("电池容量 {number}%", "battery capacity {number}%"),
    "example.exchanged": ("{days} 换货", "exchanged on {days}"),
    "example.repair": ("修理 {number}: {what}", "repair {number}: {what}"),
    "example.repaired": ("{first} 送修, {last} 取机", "handed in {first}, back {last}"),
    "example.repairing": ("{first} 送修, 仍未取机", "handed in {first}, not back yet"),
    "example.notified": ("{on} 通知取机", "called {on}"),
    "example.delay.parts": ("待件", "waiting for parts"),
    "example.delay.repairer": ("修理者自身原因延误", "delayed by the repairer"),
    "example.unrecorded": ("没有记录", "not on record"),
    "example.software_only": ("只是刷写软件", "software only"),
    "example.charged": ("三包以外的修理", "outside the guarantee"),
    "example.other_fault": ("故障: {fault}", "fault: {fault}"),
}

_SHOWN: Final = {
    "shown.kind.regulation": ("法规", "Regulation"),
    "shown.kind.commitment": ("经营者承诺, 与 {beside} 并用", "Commitment beside {beside}"),
    "shown.in_force": ("适用于 {first} 起的销售", "For sales from {first}"),
    "shown.in_force_to": ("适用于 {first} 至 {last} 的销售", "For sales from {first} to {last}"),
    "shown.governs": (
        "交付日与申请日以较早者为准, 适用于 {first} 起",
        "By the earlier of delivery and claim: from {first}",
    ),
    "shown.governs_to": (
        "交付日与申请日以较早者为准, 适用于 {first} 至 {last}",
        "By the earlier of delivery and claim: from {first} to {last}",
    ),
    "shown.source": ("来源: {source}", "Source: {source}"),
    "shown.read_on": ("查阅日期: {on}", "Read on: {on}"),
    "shown.settles": ("自行确定的解释", "Readings it settles"),
    "shown.period_from.received": (
        "三包有效期自收货之日起算",
        "the three-guarantees period runs from receipt",
    ),
    "shown.details": (
        "申请可以注明的故障细目 (fault.detail)",
        "Details of a fault that a claim may state (fault.detail)",
    ),
    "shown.catalogue": ("三包目录", "The catalogue"),
    "shown.line": (
        "{kind}: {time}; {rate}; {faults} ({cites})",
        "{kind}: {time}; {rate}; {faults} ({cites})",
    ),
    "shown.rate": ("每日折旧为价款的 {percent}%", "depreciation {percent}% of the price a day"),
    "shown.no_rate": ("未规定折旧", "no depreciation laid down"),
    "shown.exclusions": ("不适用情形", "What it does not reach"),
    "shown.bars": ("不实行三包的情形", "What takes goods out of the guarantees"),
    "shown.grades": ("凭证等级", "What papers carry"),
    "shown.rights": ("权利", "Rights, in the order in which they are listed"),
    "shown.obligations": ("附随义务", "What comes along"),
    "shown.rule": ("{id}: {rule} ({cites})", "{id}: {rule} ({cites})"),
    "shown.when": ("条件: {condition}", "when: {condition}"),
    "shown.always": ("条件: 无", "when: always"),
    "shown.outcomes": ("随同结果: {outcomes}", "with the outcome: {outcomes}"),
    "shown.gives": ("{remedy}, 由{owner}负责", "{remedy}, owed by the {owner}"),
    "shown.gives_refund": (
        "{remedy} ({terms}), 由{owner}负责",
        "{remedy} ({terms}), owed by the {owner}",
    ),
    "shown.refund.in_full": ("全额", "in full"),
    "shown.refund.less_depreciation": ("扣折旧费", "less depreciation"),
    "shown.carries": ("可以办: {remedies}", "they carry: {remedies}"),
    "shown.carries_nothing": ("不能办理任何项目", "they carry nothing"),
    "shown.carries.refund": ("退货", "refund"),
    "shown.carries.exchange": ("换货", "exchange"),
    "shown.carries.repair": ("修理", "repair"),
    "shown.articles": ("条文", "Articles"),
    "shown.number": ("第 {number} 条", "Art. {number}"),
    "shown.article": ("{number}: {text}", "{number}: {text}"),
    "shown.unencoded": ("未能表达的内容", "What is not encoded"),
    "shown.listing": ("{id}: {title}, 版本 {version}", "{id}: {title}, version {version}"),
    "shown.valid": ("{file}: 有效: {id}, 版本 {version}", "{file}: valid: {id}, version {version}"),
}

COMPARISON_MESSAGES: Final[dict[str, tuple[str, str]]] = {
    **_COMPARISON,
    **_PARTS,
    **_LOST,
    **_VERIFICATION,
    **_EXAMPLE,
    **_SHOWN,
}
"""Every message of comparisons and verifications by its id: (Chinese, English)."""
