"""Why a checklist or its answers is refused, in both languages: 拒收的理由.

A message by its code without the group (``checklist.``): (Chinese, English), with the same
placeholders. Codes stay; wording may change (:class:`sanbao.base.errors.Reason`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["REFUSALS"]

REFUSALS: Final[Mapping[str, tuple[str, str]]] = {
    "answer": (
        "必须是true或false；无人说明时为null",
        "must be true, false, or null where nobody said",
    ),
    "answers_type": (
        "必须是由项目和true或false组成的对象",
        "must be an object of items and true or false",
    ),
    "id": ("必须是小写字母，如doa-exchange", "must be lower case, like doa-exchange"),
    "item_id": ("必须是小写字母，如card_unaltered", "must be lower case, like card_unaltered"),
    "no_item": ("{id}中没有这一编号的项目", "there is no item with this id in {id}"),
    "no_items": ("清单至少应有一个项目", "a list has at least one item"),
    "owed_by_itself": ("义务人与权利人不得相同", "cannot be owed by itself"),
    "path": ("必须是清单文件的路径", "must be the path of a checklist file"),
    "source": ("清单应写明出处", "a list says where it was found"),
    "too_large": ("过大，不可能是清单", "is too large for a checklist"),
    "type": ("必须是Checklist", "must be a Checklist"),
    "unknown": ("没有这一编号的清单", "there is no checklist with this id"),
}
