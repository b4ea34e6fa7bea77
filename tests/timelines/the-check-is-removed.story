# A removed check's findings are kept and silent: nobody is reminded, nothing climbs.
reminders windows = ["09:00"]
check ladder = "default"
check baseline = "tell"
toml [ladders.default]
toml steps = [{ to = "owner", repeat = ["1 working day", "1 working day"] }, { to = "manager", after = "2 working days" }]
at 2026-11-23 07:00 order 1 of ann promised 2026-11-20
at 2026-11-23 12:00 reload without check
want 2026-11-23 09:00 ann: 1 new
next 1 nothing: its check is gone
until 2026-12-01 00:00
