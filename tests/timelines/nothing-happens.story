# Nobody does anything: the owner is reminded, the manager hears after three working days, then the director's step
# has nobody new, because the boss is both.
reminders windows = ["09:00", "14:00"]
company director = "boss"
check ladder = "default"
check params = { warn-before = "0 days" }
toml [ladders.default]
toml steps = [{ to = "owner", repeat = ["1 working day", "2 working days"] }, { to = "manager", after = "3 working days" }, { to = "director", after = "6 working days" }]
at 2026-11-20 07:00 sql select 1
at 2026-11-20 10:00 order 1 of ann promised 2026-11-22
want 2026-11-23 09:00 ann: 1 new
want 2026-11-24 09:00 ann: 1 repeat
want 2026-11-26 09:00 boss: 1 nothing-happened
next 1 unless worse
until 2026-12-04 00:00
