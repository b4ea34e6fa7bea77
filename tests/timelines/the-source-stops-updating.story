# A nightly copy of the orders stops on Wednesday and goes on on Friday, each order as it was: nothing is resolved, nothing
# is new, and the operators hear once that nobody can say. A slip of the pen in order 9 (2062) makes nothing fresh.
reminders windows = ["09:00"]
without check
toml [datasets.copied]
toml source = "shop"
toml query = "select o.*, case o.id when 9 then '2062-11-23 02:00:00' else (select updated from copied) end as updated from orders o"
toml key = ["id"]
toml columns = { promised = { type = "date" }, kept = { type = "date" }, updated = { type = "instant" } }
toml fresh = { column = "updated", within = "26h" }
toml [checks.late]
toml plugin = "missed-promises"
toml schedule = "0 8 * * *"
toml datasets = { promises = "copied" }
toml fallback = "boss"
toml baseline = "tell"
at 2026-11-23 02:00 sql create table copied (updated text); insert into copied values ('2026-11-23 02:00:00')
at 2026-11-23 07:00 order 1 of ann promised 2026-11-20
at 2026-11-23 07:00 order 9 of ann promised 2027-06-01
at 2026-11-24 02:00 sql update copied set updated = '2026-11-24 02:00:00'
# What the copy does not show any more: order 1 was kept, order 2 is late.
at 2026-11-25 07:00 gone 1
at 2026-11-25 07:00 order 2 of bob promised 2026-11-24
at 2026-11-27 02:00 sql update copied set updated = '2026-11-27 02:00:00'
want 2026-11-23 09:00 ann: 1 new
want 2026-11-25 08:00 operators: late could-not-look
want 2026-11-27 09:00 bob: 2 new
next 1 closed
until 2026-11-28 00:00
