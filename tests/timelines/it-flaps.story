# A finding that comes and goes every hour for a day is one episode: one mail.
reminders windows = ["09:00", "14:00"]
check baseline = "tell"
check schedule = "every 1h"
at 2026-11-23 06:30 order 1 of ann promised 2026-11-20
at 2026-11-23 09:30 kept 1 on 2026-11-20
at 2026-11-23 10:30 sql update orders set kept = null
at 2026-11-23 11:30 kept 1 on 2026-11-20
at 2026-11-23 12:30 sql update orders set kept = null
at 2026-11-23 13:30 kept 1 on 2026-11-20
at 2026-11-23 14:30 sql update orders set kept = null
at 2026-11-23 15:30 kept 1 on 2026-11-20
want 2026-11-23 09:00 ann: 1 new
until 2026-11-24 06:00
