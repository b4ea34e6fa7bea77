# Northwind saadab kaupa: oma sõnad lubaduse kohta, mis täideti hilinemisega. Ülejäänud sõnad on pistikprogrammi omad.
# Faktid: $what, $due, $kept, $days.

promise-kept-late =
    { $days ->
        [0] „{ $what }“ tuli välja saata hiljemalt { $due } ja läks teele hiljem samal päeval.
        [one] „{ $what }“ tuli välja saata hiljemalt { $due }, kuid saadeti välja 1 päev hiljem: { $kept }.
       *[other] „{ $what }“ tuli välja saata hiljemalt { $due }, kuid saadeti välja { $days } päeva hiljem: { $kept }.
    }
    .title =
        { $days ->
            [0] Liiga hilja välja saadetud: { $what }
            [one] Välja saadetud 1 päev hiljem: { $what }
           *[other] Välja saadetud { $days } päeva hiljem: { $what }
        }
    .todo = Vabandage kliendi ees ja kirjutage üles, miks hilineti.
    .resolved =
        { $days ->
            [0] välja saadetud tähtpäeval, kuid hiljem
            [one] välja saadetud 1 päev hiljem
           *[other] välja saadetud { $days } päeva hiljem
        }
