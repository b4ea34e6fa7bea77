# Näidiskirjade sõnad, nagu need oleksid pistikprogrammil.

promise-overdue = { $days ->
        [0] „{ $what }“ kliendile { $client } on lubatud tänaseks ({ $promised }) ja on tegemata.
        [one] „{ $what }“ kliendile { $client } oli lubatud ({ $promised }) ja on { $days } päev üle tähtaja.
       *[other] „{ $what }“ kliendile { $client } oli lubatud ({ $promised }) ja on { $days } päeva üle tähtaja.
    }
    .title = Üle tähtaja: { $what }
    .todo = Helista kõigepealt kliendile { $client }: ütle, mis juhtus ja millal asi valmis saab.

promise-kept-late = „{ $what }“ kliendile { $client } oli lubatud ({ $promised }) ja sai tehtud { $days ->
        [0] samal päeval hiljem
        [one] { $days } päev hiljem
       *[other] { $days } päeva hiljem
    }.
    .title = Tehtud hilinemisega: { $what }
    .resolved = tehtud { $days ->
        [0] samal päeval hiljem
        [one] { $days } päev hiljem
       *[other] { $days } päeva hiljem
    }
