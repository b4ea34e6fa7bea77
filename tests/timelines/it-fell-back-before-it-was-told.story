# What got worse and was better again before its mail left is not told as worse; when it gets worse after all, it is.
reminders windows = ["14:00"]
check baseline = "tell"
toml [datasets.asked]
toml source = "shop"
toml query = "select id, client, owner, what, promised, kept, 'client' as \"moved-by\" from orders"
toml key = ["id"]
toml columns = { promised = { type = "date" }, kept = { type = "date" } }
check datasets = { promises = "asked" }
at 2026-11-23 07:00 order 1 of ann promised 2026-11-25
at 2026-11-26 13:00 moved 1 to 2026-11-27
want 2026-11-23 14:00 ann: 1 new
want 2026-11-30 14:00 ann: 1 worse
until 2026-12-01 00:00
