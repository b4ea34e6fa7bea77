# More mails at once than the breaker allows are held as a whole; the operators get one mail.
reminders windows = ["09:00"]
reminders breaker = { mails = 1 }
check baseline = "tell"
at 2026-11-23 07:00 order 1 of ann promised 2026-11-20
at 2026-11-23 07:00 order 2 of bob promised 2026-11-20
want 2026-11-23 09:00 ann: 1 new (held)
want 2026-11-23 09:00 bob: 2 new (held)
want 2026-11-23 09:00 operators: breaker held
until 2026-11-24 07:00
