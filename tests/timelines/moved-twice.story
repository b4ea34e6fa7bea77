# A promise that was moved twice is still missed against the first date: due on the 23rd, late on the 24th.
reminders windows = ["09:00"]
check params = { warn-before = "0 days" }
at 2026-11-20 07:00 order 1 of ann promised 2026-11-23
at 2026-11-23 12:00 moved 1 to 2026-11-25
at 2026-11-24 12:00 moved 1 to 2026-11-27
at 2026-11-25 12:00 kept 1 on 2026-11-25
want 2026-11-23 09:00 ann: 1 new
want 2026-11-24 09:00 ann: 1 worse
next 1 closed
until 2026-11-28 00:00
