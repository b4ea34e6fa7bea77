# One mail a day: the second window's news waits for the next working day; what a route calls urgent does not wait.
reminders windows = ["09:00", "14:00"]
reminders daily-cap = 1
check baseline = "tell"
check schedule = "0 8,13 * * *"
toml [datasets.labelled]
toml source = "shop"
toml query = "select id, client, owner, what, promised, kept, owner as who from orders"
toml key = ["id"]
toml labels = ["who"]
toml columns = { promised = { type = "date" }, kept = { type = "date" } }
check datasets = { promises = "labelled" }
toml [[routes]]
toml match = { labels = { who = "bob" } }
toml severity = "urgent"
at 2026-11-23 07:00 order 1 of ann promised 2026-11-20
at 2026-11-23 12:00 order 2 of ann promised 2026-11-20
at 2026-11-23 12:00 order 3 of bob promised 2026-11-20
want 2026-11-23 09:00 ann: 1 new
want 2026-11-23 13:00 bob: 3 new
want 2026-11-24 09:00 ann: 2 new
until 2026-11-25 00:00
