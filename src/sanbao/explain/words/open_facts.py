"""What the answers to open questions lead to, in Chinese and English: 待查事实文案.

A part of the catalogue of :mod:`sanbao.explain.words.catalogue`, in the same form. Values of fields
have their words among the changes; ``answer.`` and a path and a value is one that reads otherwise.
"""

from __future__ import annotations

from typing import Final

__all__ = ["OPEN_FACT_MESSAGES"]

OPEN_FACT_MESSAGES: Final[dict[str, tuple[str, str]]] = {
    "line.near": (
        "临近的期限：{near}；请在此前查清并提出要求。",
        "A day is near: {near}; find out and ask for what you want before it is over.",
    ),
    "line.needs_telling": (
        "还需要知道{field}：{answers}。",
        "Still to be known, {field}: {answers}.",
    ),
    "line.telling": ("关键是{field}：{answers}。", "What matters most, {field}: {answers}."),
    "line.telling_next": ("其次是{field}：{answers}。", "Next, {field}: {answers}."),
    "clerk.ask_telling": ("问清{field}：{answers}。", "Find out, {field}: {answers}."),
    "clerk.near": (
        "临近的期限：{near}；在此前查清。",
        "A day is near: {near}; find out before it is over.",
    ),
    "answer.near": ("{date}，{left}", "{date}, {left}"),
    "answer.leads": ("如果{when}，则{result}", "if {when}, {result}"),
    "answer.possible": ("可能是{possible}", "any of these: {possible}"),
    "answer.choice": ("可以选择{remedies}", "the choice is: {remedies}"),
    "answer.field.evidence.invoice": ("发票的情况", "the invoice"),
    "answer.or": ("，或者", ", or "),
    "answer.sold.until": ("在{last}或者以前售出", "it was sold on {last} or before"),
    "answer.sold.from": ("在{first}或者以后售出", "it was sold on {first} or later"),
    "answer.sold.between": (
        "在{first}至{last}售出",
        "it was sold between {first} and {last}",
    ),
    "answer.sold.on": ("在{first}售出", "it was sold on {first}"),
    "answer.evidence.invoice.none": (
        "没有发票，也没有其他证明",
        "there is neither an invoice nor other proof",
    ),
    "answer.fault.any": (
        "商品确有故障，不论性能故障表是否列出",
        "there is a fault, listed for these goods or not",
    ),
    "answer.fault.listed": (
        "故障是性能故障表所列的",
        "the fault is one listed for these goods",
    ),
    "answer.fault.other_listed": (
        "故障是性能故障表所列的其他故障",
        "the fault is another one listed for these goods",
    ),
    "answer.fault.named": ("故障是{faults}", "the fault is: {faults}"),
    "answer.fault.unlisted": (
        "故障是性能故障表没有列的",
        "the fault is none of those listed",
    ),
    "answer.fault.wear": ("只是磨损或外观问题", "it is only wear or looks"),
    "answer.fault.none": ("未检出故障", "no fault is found"),
}
"""Every message on open facts by its id: (Chinese, English)."""
