# Repeats. Facts: $order, $thing, $date and $days (after the earlier order), $earlier and $earlier-date; where the
# company keeps them: $kind, $repeated-by, $billed and $billed-before.

repeat =
    { $days ->
        [0] Order { $order } for { $thing } came on the same day as order { $earlier }, of { $earlier-date }.
        [one] Order { $order } for { $thing } came one day after order { $earlier }, of { $earlier-date }.
       *[other] Order { $order } for { $thing } came { $days } days after order { $earlier }, of { $earlier-date }.
    }
    .title = Again within { $days ->
            [one] { $days } day
           *[other] { $days } days
        }: { $thing }
    .todo = Find out whether the first job was right. If it was not, put it right without charge, and write down the cause.

measure-first-time-right = Jobs that were not repeated
