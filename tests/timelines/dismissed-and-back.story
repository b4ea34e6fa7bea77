# What was dismissed, and is gone for less than `settle`, stays dismissed when it is back: nobody is reminded and nothing
# climbs until it gets worse. What comes back later is a new episode.
reminders windows = ["09:00"]
check baseline = "tell"
check schedule = "every 1h"
check params = { warn-before = "2 days" }
check ladder = "default"
toml [ladders.default]
toml steps = [{ to = "owner", repeat = ["1 working day"] }, { to = "manager", after = "2 working days" }]
at 2026-11-23 06:30 order 1 of ann promised 2026-11-20
at 2026-11-23 06:30 order 2 of ann promised 2026-11-20
at 2026-11-23 06:30 order 3 of ann promised 2026-11-25
at 2026-11-23 09:30 ann dismisses 1 agreed with the client
at 2026-11-23 09:30 ann dismisses 2 agreed with the client
at 2026-11-23 09:30 ann dismisses 3 agreed with the client
at 2026-11-23 11:30 sql update orders set kept = promised
at 2026-11-23 13:30 sql update orders set kept = null where id in (1, 3)
at 2026-11-24 11:30 kept 1 on 2026-11-20
at 2026-11-24 13:30 sql update orders set kept = null where id = 1
at 2026-11-25 13:30 sql update orders set kept = null where id = 2
want 2026-11-23 09:00 ann: 1 new, 2 new, 3 new
want 2026-11-26 09:00 ann: 2 reopened, 3 worse
want 2026-11-27 09:00 ann: 2 repeat, 3 repeat
next 1 unless worse
next 2 step boss 2026-11-30 09:00
next 3 step boss 2026-11-30 09:00
until 2026-11-27 10:00
