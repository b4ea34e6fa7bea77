# While the client is waited for, the ladder's clock stands still.
reminders windows = ["09:00"]
check baseline = "tell"
check ladder = "default"
toml [ladders.default]
toml steps = [{ to = "owner" }, { to = "manager", after = "2 working days" }]
at 2026-11-23 07:00 order 1 of ann promised 2026-11-20
at 2026-11-23 09:30 ann waits-for-client 1 until 2026-11-26 09:00
want 2026-11-23 09:00 ann: 1 new
want 2026-11-26 09:00 ann: 1 silence-ended
want 2026-11-30 09:00 boss: 1 nothing-happened
until 2026-12-02 00:00
