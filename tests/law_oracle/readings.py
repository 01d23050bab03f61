"""The readings of readings.md: every id with its values, the default first."""

READINGS: dict[str, tuple[str, ...]] = {
    "first_day": ("next_day", "same_day"),
    "window_end": ("roll", "fixed"),
    "rest_days": ("weekends_too", "holidays_only"),
    "two_repairs": ("any_fault", "same_fault"),
    "repair_proof": ("recorded", "any_proof"),
    "windows_after_exchange": ("restart", "exchange_only", "from_sale"),
    "depreciation_start": ("from_exchange", "from_invoice"),
    "refund_papers": ("exchange_only", "refund"),
    "repair_end": ("handed_back", "notified"),
    "repair_days": ("inclusive", "elapsed"),
    "depreciation_days": ("elapsed", "inclusive"),
    "window_start": ("received", "sold"),
    "repair_guarantee": ("same_fault", "any_fault"),
    "depreciation": ("charged", "not_charged"),
    "rounding": ("half_up", "down", "half_even"),
    "period_start": ("delivered", "later", "invoiced"),
    "repair_time_in_windows": ("excluded", "counted"),
    "window_day": ("asked", "appeared"),
    "returning_fault": ("one_fault", "new_fault"),
    "burden_of_proof": ("six_months", "consumer_later", "trader_always"),
    "voucher_not_issued": ("not_held_against", "as_lost"),
    "built_in_battery": ("main_unit", "accessory"),
    "software_repair": ("counts", "not_counted"),
    "two_repairs_remedy": ("exchange", "refund_too"),
    "second_hand": ("covered", "not_covered"),
}

Readings = dict[str, str]


def complete(readings: Readings | None) -> Readings:
    """Fill in the defaults; a reading or value that does not exist raises `KeyError`."""
    chosen = {name: values[0] for name, values in READINGS.items()}
    for name, value in (readings or {}).items():
        if value not in READINGS[name]:
            raise KeyError(f"{name}={value}")
        chosen[name] = value
    return chosen
