# The words of the sample letters, as a plugin would have them.

promise-overdue = { $days ->
        [0] “{ $what }” for { $client } is promised for today, { $promised }, and is not done.
        [one] “{ $what }” for { $client } was promised for { $promised } and is { $days } day overdue.
       *[other] “{ $what }” for { $client } was promised for { $promised } and is { $days } days overdue.
    }
    .title = Overdue: { $what }
    .todo = Call { $client } first, and say what happened and when it will be done.

promise-kept-late = “{ $what }” for { $client } was promised for { $promised } and kept { $days ->
        [0] later that day
        [one] { $days } day late
       *[other] { $days } days late
    }.
    .title = Kept late: { $what }
    .resolved = kept { $days ->
        [0] later that day
        [one] { $days } day late
       *[other] { $days } days late
    }
