# Words hold through a short absence as long as they were meant: an acknowledgement and a done-mark whose time is over
# are told when the thing is back, not before.
reminders windows = ["09:00", "14:00"]
check baseline = "tell"
check schedule = "every 1h"
at 2026-11-23 06:30 orders 1..4 of ann promised 2026-11-20
at 2026-11-23 09:30 ann acknowledges 1 until 2026-11-24 10:00
at 2026-11-23 09:30 ann snoozes 2 until 2026-11-24 10:00
at 2026-11-23 09:30 ann marks 3 done
at 2026-11-23 09:30 ann marks 4 done
at 2026-11-23 11:30 sql update orders set kept = promised where id in (1, 2, 3)
at 2026-11-23 13:30 sql update orders set kept = null where id in (1, 3)
at 2026-11-24 09:30 sql update orders set kept = null where id = 2
at 2026-11-25 07:30 kept 4 on 2026-11-20
at 2026-11-25 12:30 sql update orders set kept = null where id = 4
want 2026-11-23 09:00 ann: 1 new, 2 new, 3 new, 4 new
want 2026-11-24 14:00 ann: 1 silence-ended, 2 silence-ended
want 2026-11-25 14:00 ann: 3 done-but-still-there, 4 done-but-still-there
until 2026-11-26 07:00
