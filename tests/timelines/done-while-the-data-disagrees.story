# A done-mark is believed for two working days; then the data decides.
reminders windows = ["09:00", "14:00"]
check baseline = "tell"
at 2026-11-23 07:00 orders 1..2 of ann promised 2026-11-20
at 2026-11-23 11:00 ann marks 1 done
at 2026-11-23 11:00 ann marks 2 done
at 2026-11-24 10:00 gone 2
want 2026-11-23 09:00 ann: 1 new, 2 new
want 2026-11-26 09:00 ann: 1 done-but-still-there
next 1 unless worse
next 2 closed
until 2026-11-28 00:00
