# Повторы. Факты: $what (что заказано), $order, $date и $days (после прежнего заказа), $earlier и $earlier-date;
# если они ведутся: $kind, $repeated-by, $billed и $billed-before.

repeat =
    { $days ->
        [0] «{ $what }»: заказ { $order } поступил в тот же день, что и заказ { $earlier } ({ $earlier-date }).
        [one] «{ $what }»: заказ { $order } поступил через { $days } день после заказа { $earlier } ({ $earlier-date }).
        [few] «{ $what }»: заказ { $order } поступил через { $days } дня после заказа { $earlier } ({ $earlier-date }).
       *[other] «{ $what }»: заказ { $order } поступил через { $days } дней после заказа { $earlier } ({ $earlier-date }).
    }
    .title =
        { $days ->
            [0] Снова в тот же день: { $what }
            [one] Снова через { $days } день: { $what }
            [few] Снова через { $days } дня: { $what }
           *[other] Снова через { $days } дней: { $what }
        }
    .todo = Узнайте, была ли первая работа сделана как следует. Если нет — исправьте бесплатно и запишите причину.

measure-first-time-right = Работы, которые не пришлось повторять
