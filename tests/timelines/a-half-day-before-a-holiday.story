# On the half day of 24 December the afternoon's window has no working time; the next working day's first takes it.
reminders windows = ["09:00", "14:00"]
check schedule = "0 10 * * *"
check baseline = "tell"
toml [calendars.office]
toml weekly = { mon-fri = ["09:00-13:00", "14:00-18:00"] }
toml holidays = ["2026-12-24 09:00-13:00", "2026-12-25", "2026-12-28"]
at 2026-12-24 09:00 order 1 of ann promised 2026-12-22
want 2026-12-29 09:00 ann: 1 new
until 2026-12-31 00:00
