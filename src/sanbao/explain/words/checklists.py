"""What a checklist between businesses says, in Chinese and English: 核对清单文案.

A part of the catalogue of :mod:`sanbao.explain.words.catalogue`, in the same form.
"""

from __future__ import annotations

from typing import Final

__all__ = ["CHECKLIST_MESSAGES"]

CHECKLIST_MESSAGES: Final = {
    "checklist.title": (
        "{title}（{id}，版本{version}）",
        "{title} ({id}, version {version})",
    ),
    "checklist.between": (
        "经营者之间的清单：{owed_by}对{owed_to}的负担（{cites}）。",
        "A list between businesses: what the {owed_by} owes the {owed_to} ({cites}).",
    ),
    "checklist.stands": (
        "{owed_to}对{owed_by}的请求成立：{count}项全部符合",
        "The {owed_to}'s claim on the {owed_by} stands: all {count} items are met",
    ),
    "checklist.fails": (
        "{owed_to}对{owed_by}的请求不成立：{count}项中有{failed}项不符",
        "The {owed_to}'s claim on the {owed_by} fails: of {count} items {failed} not met",
    ),
    "checklist.open": (
        "{owed_to}对{owed_by}的请求尚不能确定：{count}项中有{unsaid}项未说明",
        "The {owed_to}'s claim on the {owed_by} is open: of {count} items {unsaid} not said",
    ),
    "checklist.cost": (
        "费用因此由{owed_to}自行承担。消费者的权利不因清单而减少：向消费者负责的是销售者，"
        "经营者之间的约定不能免除其责任（{cites}）。",
        "So the {owed_to} bears the cost. The consumer's right does not fall with the list: the "
        "seller answers to the consumer, and nothing agreed between businesses releases it "
        "({cites}).",
    ),
    "checklist.head.items": ("逐项", "Item by item"),
    "checklist.head.consumer": ("消费者仍可", "What the consumer has all the same"),
    "checklist.head.besides": ("清单另载", "What the list says besides"),
    "checklist.item": ("{item}：{result}", "{item}: {result}"),
    "checklist.met": ("符合", "met"),
    "checklist.not_met": ("不符", "not met"),
    "checklist.not_said": ("未说明", "not said"),
    "checklist.as_it_is": (
        "按现有申请：{remedies}。",
        "By the claim as it is: {remedies}.",
    ),
    "checklist.untouched": (
        "{item}，不符：以上各项一样不少（{cites}）。",
        "Not met, {item}: nothing of that falls with it ({cites}).",
    ),
    "checklist.papers": (
        "{item}，不符：不因清单，但同一事实由规定自身评价（{cites}）。那时为：{remedies}。",
        "Not met, {item}: not by the list, but the regulation itself weighs the same fact "
        "({cites}). What is left then: {remedies}.",
    ),
    "checklist.together": (
        "涉及凭证的以上各项同时不符，按规定（{cites}）为：{remedies}。",
        "All that the regulation weighs taken together ({cites}): {remedies}.",
    ),
    "checklist.column.item": ("项目", "Item"),
    "checklist.column.result": ("结果", "Result"),
    "checklist.party.seller": ("销售者", "seller"),
    "checklist.party.producer": ("生产者", "producer"),
    "checklist.party.supplier": ("供货者", "supplier"),
    "checklist.party.repairer": ("修理者", "repairer"),
}
