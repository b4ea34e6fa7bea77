# Northwind ships: its own words for a promise that was kept late. All others stay the plugin's.
# Facts: $what, $due, $kept, $days.

promise-kept-late =
    { $days ->
        [0] “{ $what }” was to be shipped by { $due } and left later that day.
        [one] “{ $what }” was to be shipped by { $due } and was shipped 1 day late, on { $kept }.
       *[other] “{ $what }” was to be shipped by { $due } and was shipped { $days } days late, on { $kept }.
    }
    .title =
        { $days ->
            [0] Shipped too late: { $what }
            [one] Shipped 1 day late: { $what }
           *[other] Shipped { $days } days late: { $what }
        }
    .todo = Apologise to the client, and write down why it was late.
    .resolved =
        { $days ->
            [0] shipped later on the day it was due
            [one] shipped 1 day late
           *[other] shipped { $days } days late
        }
