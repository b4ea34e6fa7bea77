# The director's own: nobody stands above, nobody else stands in, so the operators hear at the manager's step, and the
# director's own step is skipped.
company director = "boss"
reminders windows = ["09:00"]
check baseline = "tell"
check ladder = "default"
toml [ladders.default]
toml steps = [{ to = "owner" }, { to = "manager", after = "1 working day" }, { to = "director", after = "2 working days" }]
at 2026-11-23 07:00 order 1 of boss promised 2026-11-20
want 2026-11-23 09:00 boss: 1 new
want 2026-11-24 09:00 operators: 1 nothing-happened
next 1 unless worse
until 2026-11-30 00:00
