# Promises. Facts: $what, $due (the date it is judged by), $promised, $moves and $first (once it was moved), $kept and
# $days (once it was kept late), $misses, $missed and $missed-due (of a client who was let down before).

promise-due-soon =
    { $misses ->
        [0] “{ $what }” is promised for { $due }.
        [one] “{ $what }” is promised for { $due }. This client was let down before: “{ $missed }” was due on { $missed-due }.
       *[other] “{ $what }” is promised for { $due }. This client was let down { $misses } times before; the last time, “{ $missed }” was due on { $missed-due }.
    }
    .title = Due { $due }: { $what }
    .todo = Make sure that it will be ready. If it will not, tell the client today, and say when.
    .resolved = No longer due: it was kept, or its date was moved.

promise-overdue =
    { $moves ->
        [0] “{ $what }” was promised for { $due } and is not done.
        [one] “{ $what }” was first promised for { $first }, then moved to { $promised }, and is not done.
       *[other] “{ $what }” was first promised for { $first }, moved { $moves } times, lastly to { $promised }, and is not done.
    }{ $misses ->
        [0] {""}
       *[other] {" "}This client was let down before: “{ $missed }” was due on { $missed-due }.
    }
    .title = Overdue since { $due }: { $what }
    .todo = Call the client first: say what happened, and when it will be done. Then do it.
    .resolved = No longer overdue.

promise-kept-late =
    { $days ->
        [0] “{ $what }” was promised for { $due } and kept later that day.
        [one] “{ $what }” was promised for { $due } and kept one day late.
       *[other] “{ $what }” was promised for { $due } and kept { $days } days late.
    }
    .title =
        { $days ->
            [0] Kept too late: { $what }
            [one] Kept one day late: { $what }
           *[other] Kept { $days } days late: { $what }
        }
    .todo = Apologise to the client, and write down why it was late.
    .resolved =
        { $days ->
            [0] Kept, later on the day it was due.
            [one] Kept one day late.
           *[other] Kept { $days } days late.
        }

measure-kept-first = Promises kept, by the date first promised
measure-kept-latest = Promises kept, by the date last promised
