# Kordused. Faktid: $what (mida telliti), $order, $date ja $days (pärast eelmist tellimust), $earlier ja $earlier-date;
# kui neid peetakse: $kind, $repeated-by, $billed ja $billed-before.

repeat =
    { $days ->
        [0] „{ $what }“: tellimus { $order } tuli samal päeval kui tellimus { $earlier } ({ $earlier-date }).
        [one] „{ $what }“: tellimus { $order } tuli üks päev pärast tellimust { $earlier } ({ $earlier-date }).
       *[other] „{ $what }“: tellimus { $order } tuli { $days } päeva pärast tellimust { $earlier } ({ $earlier-date }).
    }
    .title =
        { $days ->
            [0] Uuesti samal päeval: { $what }
            [one] Uuesti ühe päeva pärast: { $what }
           *[other] Uuesti { $days } päeva pärast: { $what }
        }
    .todo = Uuri, kas esimene töö sai korralikult tehtud. Kui ei saanud, paranda see tasuta ja pane põhjus kirja.

measure-first-time-right = Tööd, mida ei tulnud korrata
