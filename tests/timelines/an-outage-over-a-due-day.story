# The source is away over the due day: one word to the operators, and the miss is told as soon as it can be seen.
reminders windows = ["09:00"]
check params = { warn-before = "0 days" }
at 2026-11-20 07:00 order 1 of ann promised 2026-11-24
at 2026-11-23 20:00 source breaks
at 2026-11-25 20:00 source returns
want 2026-11-24 08:00 operators: late could-not-look
want 2026-11-26 09:00 ann: 1 new
until 2026-11-27 00:00
