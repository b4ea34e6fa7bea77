# A move that the client asked for excuses: the new date counts, and nobody is told.
reminders windows = ["09:00"]
check params = { warn-before = "0 days" }
toml [datasets.asked]
toml source = "shop"
toml query = "select id, client, owner, what, promised, kept, 'client' as \"moved-by\" from orders"
toml key = ["id"]
toml columns = { promised = { type = "date" }, kept = { type = "date" } }
check datasets = { promises = "asked" }
at 2026-11-19 07:00 order 1 of ann promised 2026-11-24
at 2026-11-20 12:00 moved 1 to 2026-11-27
at 2026-11-26 12:00 kept 1 on 2026-11-26
until 2026-11-28 00:00
