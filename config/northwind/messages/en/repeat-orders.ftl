# Northwind numbers its products; people know them by name, which the query gives as `kind`.
# Only what differs stands here, and only in the language that its staff reads.

repeat =
    { $days ->
        [0] { $kind }: order { $order } came on the same day as order { $earlier }, of { $earlier-date }.
        [one] { $kind }: order { $order } came one day after order { $earlier }, of { $earlier-date }.
       *[other] { $kind }: order { $order } came { $days } days after order { $earlier }, of { $earlier-date }.
    }
    .title =
        { $days ->
            [0] Ordered again the same day: { $kind }
            [one] Ordered again after 1 day: { $kind }
           *[other] Ordered again after { $days } days: { $kind }
        }
    .todo = Ask the client whether the first delivery was right. If it was not, put it right without charge.
