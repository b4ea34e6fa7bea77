# The clocks change on the weekend between: windows and working days keep their time on the wall.
zone Australia/Lord_Howe
reminders windows = ["09:00"]
check ladder = "default"
check baseline = "tell"
toml [ladders.default]
toml steps = [{ to = "owner", repeat = ["1 working day"] }, { to = "manager", after = "2 working days" }]
at 2026-04-03 07:00 order 1 of ann promised 2026-01-02
want 2026-04-03 09:00 ann: 1 new
want 2026-04-06 09:00 ann: 1 repeat
want 2026-04-07 09:00 boss: 1 nothing-happened
next 1 unless worse
until 2026-04-10 00:00
