# Lubadused. Faktid: $what, $due (tähtaeg, mille järgi otsustatakse), $promised, $moves ja $first (kui tähtaega nihutati),
# $kept ja $days (kui täideti hilinemisega), $misses, $missed ja $missed-due (kui klienti on juba alt veetud).

promise-due-soon =
    { $misses ->
        [0] „{ $what }“: lubatud tähtaeg on { $due }.
        [one] „{ $what }“: lubatud tähtaeg on { $due }. Seda klienti on juba alt veetud: „{ $missed }“, tähtaeg oli { $missed-due }.
       *[other] „{ $what }“: lubatud tähtaeg on { $due }. Seda klienti on alt veetud juba { $misses } korda; viimati „{ $missed }“, tähtaeg oli { $missed-due }.
    }
    .title = Tähtaeg { $due }: { $what }
    .todo = Veendu, et kõik saab õigeks ajaks valmis. Kui ei saa, ütle seda kliendile täna ja nimeta uus aeg.
    .resolved = Tähtaeg ei ole enam lähedal: lubadus täideti või tähtaega nihutati.

promise-overdue =
    { $moves ->
        [0] „{ $what }“: tähtaeg oli { $due }, lubadus on täitmata.
        [one] „{ $what }“: esimene tähtaeg oli { $first }, see nihutati ajale { $promised }, lubadus on täitmata.
       *[other] „{ $what }“: esimene tähtaeg oli { $first }, seda nihutati { $moves } korda, viimati ajale { $promised }, lubadus on täitmata.
    }{ $misses ->
        [0] {""}
       *[other] {" "}Seda klienti on juba alt veetud: „{ $missed }“, tähtaeg oli { $missed-due }.
    }
    .title = Tähtaeg möödas alates { $due }: { $what }
    .todo = Helista kõigepealt kliendile: ütle, mis juhtus ja millal valmis saab. Siis tee ära.
    .resolved = Tähtaeg ei ole enam möödas.

promise-kept-late =
    { $days ->
        [0] „{ $what }“: tähtaeg oli { $due }, täideti hiljem samal päeval.
        [one] „{ $what }“: tähtaeg oli { $due }, täideti ühepäevase hilinemisega.
       *[other] „{ $what }“: tähtaeg oli { $due }, täideti { $days } päeva hiljem.
    }
    .title =
        { $days ->
            [0] Hilines samal päeval: { $what }
            [one] Hilines ühe päeva: { $what }
           *[other] Hilines { $days } päeva: { $what }
        }
    .todo = Vabanda kliendi ees ja pane kirja, miks hilines.
    .resolved =
        { $days ->
            [0] Täidetud hiljem tähtajapäeval.
            [one] Täidetud ühepäevase hilinemisega.
           *[other] Täidetud { $days } päeva hiljem.
        }

measure-kept-first = Esimeseks lubatud tähtajaks täidetud lubadused
measure-kept-latest = Viimaseks lubatud tähtajaks täidetud lubadused
