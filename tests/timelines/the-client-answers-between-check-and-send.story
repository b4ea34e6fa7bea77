# The facts are looked at again before a mail goes: what was mended meanwhile is not told.
reminders windows = ["14:00"]
check baseline = "tell"
at 2026-11-23 07:00 orders 1..2 of ann promised 2026-11-20
at 2026-11-23 13:00 kept 1 on 2026-11-20
want 2026-11-23 14:00 ann: 2 new
until 2026-11-25 00:00
