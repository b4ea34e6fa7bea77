# An acknowledgement always ends; then it is told again, and climbs half a working day later, because its time went on.
reminders windows = ["09:00", "14:00"]
check ladder = "default"
check baseline = "tell"
toml [ladders.default]
toml steps = [{ to = "owner" }, { to = "manager", after = "3 working days" }]
at 2026-11-23 07:00 order 1 of ann promised 2026-11-20
at 2026-11-23 10:00 ann acknowledges 1 until 2026-11-30 10:00
want 2026-11-23 09:00 ann: 1 new
want 2026-11-30 14:00 ann: 1 silence-ended
want 2026-12-01 09:00 boss: 1 nothing-happened
until 2026-12-03 00:00
