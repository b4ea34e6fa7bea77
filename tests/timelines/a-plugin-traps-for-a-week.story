# A plugin that panics at the second order, for as long as there is one: one word to the operators, nothing resolved,
# and it recovers in silence.
reminders windows = ["09:00"]
without check
toml [plugins.hostile]
toml file = "$HOSTILE"
toml [datasets.standing]
toml source = "shop"
toml query = "select id, owner, 'late' as standing from orders"
toml key = ["id"]
toml [checks.late]
toml plugin = "hostile"
toml schedule = "0 8 * * *"
toml datasets = { orders = "standing" }
toml params = { misbehave = "panic-at-row", at-row = 2 }
toml baseline = "tell"
at 2026-11-23 07:00 order 1 of ann promised 2026-11-20
at 2026-11-23 12:00 order 2 of ann promised 2026-11-20
at 2026-11-30 12:00 gone 2
want 2026-11-23 09:00 ann: 1 new
want 2026-11-24 08:00 operators: late could-not-look
until 2026-12-04 00:00
