# Повторения. Факти: $what (какво е поръчано), $order, $date и $days (след предишната поръчка), $earlier и $earlier-date;
# ако се водят: $kind, $repeated-by, $billed и $billed-before.

repeat =
    { $days ->
        [0] „{ $what }“: поръчка { $order } е от същия ден като поръчка { $earlier } ({ $earlier-date }).
        [one] „{ $what }“: поръчка { $order } е един ден след поръчка { $earlier } ({ $earlier-date }).
       *[other] „{ $what }“: поръчка { $order } е { $days } дни след поръчка { $earlier } ({ $earlier-date }).
    }
    .title =
        { $days ->
            [0] Отново същия ден: { $what }
            [one] Отново след един ден: { $what }
           *[other] Отново след { $days } дни: { $what }
        }
    .todo = Проверете дали първата работа е била свършена добре. Ако не, поправете я безплатно и запишете причината.

measure-first-time-right = Работи, които не се наложи да се повтарят
