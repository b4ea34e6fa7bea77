# "Not mine": the other one is told, and the ladder begins anew with his time.
reminders windows = ["09:00"]
check baseline = "tell"
check ladder = "default"
toml [ladders.default]
toml steps = [{ to = "owner" }, { to = "manager", after = "2 working days" }]
at 2026-11-23 07:00 order 1 of ann promised 2026-11-20
at 2026-11-24 12:00 ann gives 1 to bob
want 2026-11-23 09:00 ann: 1 new
want 2026-11-25 09:00 bob: 1 handed-over
want 2026-11-27 09:00 boss: 1 nothing-happened
until 2026-11-30 00:00
