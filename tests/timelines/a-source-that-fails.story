# An error, then no rows, then all rows: nothing is resolved, and the operators hear once.
reminders windows = ["09:00"]
check baseline = "tell"
at 2026-11-23 07:00 orders 1..3 of ann promised 2026-11-20
at 2026-11-23 20:00 source breaks
at 2026-11-24 20:00 source returns
at 2026-11-24 20:01 source empties
at 2026-11-25 20:00 source fills
want 2026-11-23 09:00 ann: 1 new, 2 new, 3 new
want 2026-11-24 08:00 operators: late could-not-look
next 1 unless worse
until 2026-11-28 00:00
