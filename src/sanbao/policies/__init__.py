"""The laws and promises this library knows: 政策库."""

from __future__ import annotations

from sanbao.policies.mobile_2001 import MOBILE_2001

__all__ = ["MOBILE_2001"]
