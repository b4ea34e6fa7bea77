# The manager is away, and so is the substitute: the step is passed over, and the next one comes at its time. Are all away
# at the last step too, whoever stands in for the check hears, here the manager again, else the operators: nothing is lost.
company director = "bob"
reminders windows = ["09:00"]
check baseline = "tell"
check ladder = "default"
toml [ladders.default]
toml steps = [{ to = "owner" }, { to = "manager", after = "1 working day" }, { to = "director", after = "2 working days" }]
at 2026-11-23 07:00 away boss 2026-11-23..2026-12-01 substitute bob
at 2026-11-23 07:00 away bob 2026-11-23..2026-11-24 substitute boss
at 2026-11-23 07:00 order 1 of ann promised 2026-11-20
at 2026-11-25 12:00 away bob 2026-11-26..2026-12-01 substitute boss
at 2026-11-25 12:00 order 2 of ann promised 2026-11-24
want 2026-11-23 09:00 ann: 1 new
want 2026-11-25 09:00 bob: 1 nothing-happened
want 2026-11-26 09:00 ann: 2 new
want 2026-11-30 09:00 operators: 2 nothing-happened
next 1 unless worse
next 2 unless worse
until 2026-12-02 12:00
