# The manager is away when it climbs: the substitute gets the mail, and both are named. Back in the office, the manager
# hears of what climbs then.
reminders windows = ["09:00"]
check baseline = "tell"
check ladder = "default"
toml [ladders.default]
toml steps = [{ to = "owner" }, { to = "manager", after = "1 working day", repeat = ["1 working day"] }]
at 2026-11-23 07:00 away boss 2026-11-23..2026-11-27 substitute bob
at 2026-11-23 07:00 order 1 of ann promised 2026-11-20
at 2026-11-26 12:00 order 2 of ann promised 2026-11-25
want 2026-11-23 09:00 ann: 1 new
want 2026-11-24 09:00 bob for boss: 1 nothing-happened
want 2026-11-25 09:00 bob: 1 repeat
want 2026-11-27 09:00 ann: 2 new
want 2026-11-30 09:00 boss: 2 nothing-happened
next 1 unless worse
next 2 reminder boss 2026-12-01 09:00
until 2026-11-30 12:00
