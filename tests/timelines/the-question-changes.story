# Another question meets what was already so, and says it as a list; what it no longer covers is no improvement.
reminders windows = ["09:00"]
check params = { warn-before = "0 days" }
at 2026-11-20 07:00 sql select 1
at 2026-11-20 12:00 order 1 of ann promised 2026-11-30
at 2026-11-24 12:00 reload check params = { warn-before = "5 working days" }
want 2026-11-25 09:00 ann: 1 baseline
want 2026-11-25 09:00 boss: 1 baseline
until 2026-11-27 00:00
