# The first look meets 500 old misses: one list to the owner, a copy to the stand-in, and nothing climbs.
reminders windows = ["09:00"]
check ladder = "default"
toml [ladders.default]
toml steps = [{ to = "owner", repeat = ["1 working day"] }, { to = "manager", after = "1 working day" }]
at 2026-11-23 07:00 orders 1..500 of ann promised 2026-11-20
want 2026-11-23 09:00 ann: 500 findings
want 2026-11-23 09:00 boss: 500 findings
until 2026-12-05 00:00
