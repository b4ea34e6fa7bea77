# A check that fails for a week (its memory is too small): one word to the operators, nothing resolved, and it
# recovers in silence.
reminders windows = ["09:00"]
check baseline = "tell"
at 2026-11-23 07:00 order 1 of ann promised 2026-11-20
at 2026-11-23 12:00 reload check limits = { findings = 1 }
at 2026-11-23 12:01 orders 2..3 of ann promised 2026-11-20
at 2026-11-30 12:00 reload check limits = { findings = 100 }
want 2026-11-23 09:00 ann: 1 new
want 2026-11-24 08:00 operators: late could-not-look
want 2026-12-01 09:00 ann: 2 new, 3 new
until 2026-12-03 00:00
