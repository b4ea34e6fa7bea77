# A silence holds back what it covers, and lets it go when it ends; the ladder waits with it.
reminders windows = ["09:00"]
check baseline = "tell"
check ladder = "default"
toml [ladders.default]
toml steps = [{ to = "owner" }, { to = "manager", after = "1 working day" }]
at 2026-11-23 07:00 order 1 of ann promised 2026-11-20
at 2026-11-23 07:01 order 2 of bob promised 2026-11-20
at 2026-11-23 07:02 silence owner=ann until 2026-11-26 09:00
want 2026-11-23 09:00 bob: 2 new
want 2026-11-24 09:00 boss: 2 nothing-happened
want 2026-11-26 09:00 ann: 1 new
want 2026-11-27 09:00 boss: 1 nothing-happened
until 2026-11-30 00:00
