# Ann leaves with 40 open findings: whoever stands in for the check hears of them once, in one mail.
reminders windows = ["09:00"]
check baseline = "tell"
at 2026-11-23 07:00 orders 1..40 of ann promised 2026-11-20
at 2026-11-24 12:00 leaves ann
want 2026-11-23 09:00 ann: 40 findings
want 2026-11-25 09:00 boss: 40 findings
until 2026-11-28 00:00
