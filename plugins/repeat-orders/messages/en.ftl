# Repeats. Facts: $what (what was ordered), $order, $date and $days (after the earlier order), $earlier and $earlier-date;
# where the company keeps them: $kind, $repeated-by, $billed and $billed-before.

repeat =
    { $days ->
        [0] “{ $what }”: order { $order } came on the same day as order { $earlier }, of { $earlier-date }.
        [one] “{ $what }”: order { $order } came one day after order { $earlier }, of { $earlier-date }.
       *[other] “{ $what }”: order { $order } came { $days } days after order { $earlier }, of { $earlier-date }.
    }
    .title =
        { $days ->
            [0] Again the same day: { $what }
            [one] Again after one day: { $what }
           *[other] Again after { $days } days: { $what }
        }
    .todo = Ask whether the first job was right. If it was not, put it right without charge, and write down the cause.

measure-first-time-right = Jobs that were not repeated
