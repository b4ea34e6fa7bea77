# kaizendi enda sõnad kirjades ja käsureal.
# Iga sõnumi võib asendada failis messages/et/kaizend.ftl, ükshaaval.

## Kirjade teemad ja algused

subject-digest = { $count ->
    [one] { $count } asi vajab tähelepanu
   *[other] { $count } asja vajab tähelepanu
}
subject-baseline = { $check }: { $count ->
    [one] { $count } juhtum oli juba olemas
   *[other] { $count } juhtumit oli juba olemas
}
subject-baseline-facts = { $check }: { $count ->
    [one] { $count } juhtum oli juba toimunud
   *[other] { $count } juhtumit oli juba toimunud
}
subject-operator = { $count ->
    [one] { $check }: kontroll ei saanud andmeid lugeda
   *[other] { $count } kontrolli ei saanud andmeid lugeda
}
subject-held = Kirjad on kinni, kuni olete vaadanud
subject-refused = E-posti server keeldub meist
subject-people = Töötajate nimekiri vajab parandamist
subject-not-reloaded = Uus seadistus ei kehti
subject-was-silent = kaizend oli mõnda aega vait
subject-unheard = kaizendi elumärk ei jõua kohale
subject-troubles = { $count ->
    [one] kaizend vajab abi { $count } asjas
   *[other] kaizend vajab abi { $count } asjas
}
greeting = Tere, { $name }!
lead-digest = { $count ->
    [one] Üks asi vajab sinu tähelepanu.
   *[other] { $count } asja vajab sinu tähelepanu. Kõige pakilisem on esimene.
}
lead-baseline = Kontroll vaatas andmeid esimest korda või uut moodi ja leidis { $count ->
    [one] { $count } juhtumi, mis oli juba olemas.
   *[other] { $count } juhtumit, mis olid juba olemas.
}
lead-baseline-facts = Kontroll vaatas andmeid esimest korda või uut moodi ja leidis { $count ->
    [one] { $count } juhtumi, mis oli juba toimunud.
   *[other] { $count } juhtumit, mis olid juba toimunud.
}
lead-operator = { $count ->
    [one] Kontroll ei saanud oma andmeid lugeda.
   *[other] { $count } kontrolli ei saanud oma andmeid lugeda.
} See ei tähenda, et kõik on korras: mis oli lahtine, jääb lahtiseks.
lead-not-reloaded = kaizend pidi oma seadistuse uuesti laadima, aga uut kasutada ei saa. Ta jätkab senisega.
lead-held = Teele oleks läinud palju rohkem kirju kui tavaliselt, seepärast on kõik kinni ja keegi ei ole midagi saanud.
lead-refused = E-posti server keeldub meist, kellele kiri ka poleks, seepärast seisab saatmine mõnda aega. Ükski aadress pole selles süüdi.
lead-people = Töötajate andmetes on vigu. Kontrollid käivad edasi ja see, mis kellenigi ei jõuaks, läheb tema asendajale.
lead-was-silent = Mõnda aega ei teinud kaizend midagi: ta ei vaadanud andmeid ega öelnud kellelegi midagi. Masin oli väljas või uinunud või kaizend ei töötanud või oli kinni jäänud.
lead-unheard = kaizend töötab, aga see, kes teda valvab, ei kuule seda. Kui ta nüüd vakataks, ei märkaks seda võib-olla keegi.
more = … ja veel { $count }, mis ühte kirja ei mahtunud.
as-of = Seisuga { $at }. Enne kirja saatmist ei õnnestunud uuesti kontrollida.

## Pealkirjad

head-todo = Mida teha kõigepealt
head-next = Mis saab edasi
head-why = Miks sina selle kirja saad
head-versions = Kuidas lubatud tähtaeg on nihkunud
head-promised = Lubatud
head-seen = Märgatud
head-sums = Kuidas lood on
head-list = Mis oli juba olemas
head-list-facts = Mis oli juba toimunud
head-configuration = Seadistus
head-held = Kinni peetud kirjad
head-refused = E-posti server
head-people = Töötajate nimekiri
head-was-silent = Vaikus
head-unheard = Elumärk (heartbeat)

## Mis saab edasi

next-condition = { $count ->
    [one] Kui andmed näitavad, et asi on tehtud, sulgub juhtum ise. Uuesti kuuled sellest ainult siis, kui olukord halveneb.
   *[other] Iga juhtum sulgub ise, kui andmed näitavad, et see on tehtud. Uuesti kuuled mõnest ainult siis, kui olukord halveneb.
}
next-climbs = { $count ->
    [one] Kui andmed näitavad, et see on tehtud, sulgub see ise. Seni tuletame meelde ja pöördume siis ülal nimetatu poole.
   *[other] Igaüks sulgub ise, kui andmed näitavad, et see on tehtud. Seni tuletame meelde ja pöördume siis ülal nimetatu poole.
}
next-happened = { $count ->
    [one] See on juba juhtunud. See on kirja pandud ja arvesse võetud; rohkem me sellest ei kirjuta.
   *[other] Need on juba juhtunud. Need on kirja pandud ja arvesse võetud; rohkem me neist ei kirjuta.
}
next-baseline = Need jäävad lahtiseks, aga ükshaaval me neid meelde ei tuleta. Uuesti kuuled mõnest ainult siis, kui olukord halveneb.
next-baseline-facts = Need on möödunud asjad. Need on kirja pandud ja kokku loetud; neist sulle rohkem ei teatata.
next-baseline-both = Mis on ikka veel nii, jääb lahtiseks, aga ükshaaval me seda meelde ei tuleta: uuesti kuuled sellest ainult siis, kui olukord halveneb. Mis on toimunud, on kirja pandud ja kokku loetud; sellest sulle rohkem ei teatata.
next-operator = Iga kontroll vaatab uuesti oma järgmisel ajal. Samast tõrkest me kaks korda ei kirjuta.
next-not-reloaded = Kontrollid jätkuvad nagu seni. Taaskäivitamine vajaks uut seadistust ja katkeks kohe: paranda see enne.

## Seadistus, mida vastu ei võetud

trouble-not-reloaded = Uut seadistust ei laaditud; kehtib senine.
    .todo = Vaata vigu käsuga `kaizend validate`, paranda need ja laadi seadistus uuesti.
    .more = { $count ->
        [one] … ja veel { $count } rida
       *[other] … ja veel { $count } rida
    }
trouble-refused = E-posti server ütles: „{ $reply }“.
    .todo = Vaata, kas sisselogimine, saatja ja masin on seal veel lubatud. Kui see on korras, laseb `kaizend outbox release --all` kirjad kohe minema.
next-held = Need kirjad ei lähe enne, kui te need vabastate; järgmised lähevad nagu tavaliselt.
next-refused = Mõne aja pärast proovib kaizend ise uuesti ja ootab pärast iga keeldumist kauem. Sellest saad teada üks kord; „kaizend status“ näitab, kuidas lood on.
next-people = Töötajate nimekirjast kuuled uuesti ainult siis, kui selles on parandada midagi muud.
next-was-silent = Ta töötab jälle. Vahele jäänud vaatamised tehakse järele või jäetakse ära, nagu iga kontrolli catch-up ütleb; hilinenud kirjad lähevad nüüd.
next-unheard = Ta proovib edasi. Sellest katkestusest ega selle lõpust sa rohkem ei kuule; „kaizend status“ näitab, kuidas lood on.

## Teenus ise

trouble-was-silent = kaizend oli vait: { $from } kuni { $until }.
trouble-unheard = Aadressile [heartbeat] url ei ole jõudnud ühtegi elumärki alates: { $since }.
    .status = See vastab { $count }; loeb ainult 2xx.
    .too-late = See ei vasta õigel ajal.
    .no-such-host = Selle nime ei tunta.
    .refused = See keeldub ühendusest.
    .no-route = Sinna ei vii ühtegi teed.
    .cut-off = Ühendus katkeb.
    .not-trusted = Selle sertifikaati siin masinas ei usaldata.
    .tls = See ei räägi TLS-i nii nagu kaizend.
    .no-certificates = Selles masinas ei ole usaldatud sertifikaatide loendit (Debianis: ca-certificates).
    .not-http = See ei räägi HTTP-d.
    .todo = Vaata, kas aadress on veel õige ja kas see masin sinna jõuab; siis vaata, mida ütleb `kaizend status`.

## Töötajate andmed

trouble-people = Töötajate andmetes on { $count ->
    [1] üks viga.
    [one] { $count } viga.
   *[other] { $count } viga.
}
    .more = { $count ->
        [one] … ja veel { $count } viga: kogu loendit näitab `kaizend validate --online`.
       *[other] … ja veel { $count } viga: kogu loendit näitab `kaizend validate --online`.
    }
    .problem = { $place }: { $what }. Kuidas parandada: { $todo }.
    .again = { $what } (esimene kirje: { $place })
    .file = faili { $file } rida { $line }
    .dataset = andmestiku { $dataset } rida { $row } (allikas { $source })
    .setting = seade { $key }
    .nobody = puudub
people-no-id = ilma id-ta töötaja jäeti välja
    .todo = anna igale töötajale see id, mida kasutavad muud andmed
people-twice = töötaja `{ $person }` on siin teist korda kirjas; arvesse läheb ainult esimene rida
    .managers = töötaja `{ $person }` on siin teist korda kirjas; arvesse läheb ainult esimene rida; juht seal: { $first }, siin: { $again }
    .todo = jäta igale töötajale üks rida
people-unknown-manager = töötaja `{ $person }` juhiks on märgitud `{ $manager }`, keda nimekirjas ei ole: temast kõrgemal ei ole kedagi
    .todo = paranda id või lisa juht nimekirja
people-own-manager = töötaja `{ $person }` on märgitud iseenda juhiks: temast kõrgemal ei ole kedagi
    .todo = jäta kõige kõrgemal seisja juht tühjaks
people-cycle = töötaja `{ $person }` on iseendast kõrgemal: { $managers }
    .todo = paranda üks juhtidest; kõige kõrgemal seisjal juhti ei ole
people-no-address = töötajal `{ $person }` ei ole e-posti aadressi: tema asemel saab teate see, kes on märgitud kontrolli fallback-väljale
    .todo = lisa aadress või jäta nii, kui sellele töötajale ei ole kunagi vaja kirjutada
people-not-an-address = töötaja `{ $person }` e-post on `{ $address }`, aga see ei ole aadress („{ $why }“): tema asemel saab teate see, kes on märgitud kontrolli fallback-väljale
    .todo = kirjuta aadress kujul name@company.example
people-came-back = töötajat `{ $person }` ei saa kätte aadressil `{ $address }`, kust kiri tuli tagasi („{ $why }“): tema asemel saab teate see, kes on märgitud kontrolli fallback-väljale
    .todo = paranda aadress; kui see jälle töötab, ütle seda käsuga `kaizend outbox bounced --lift`
people-unknown-zone = töötaja `{ $person }` ajavöönd on `{ $zone }`, mida ei ole olemas: kehtib kalendri oma
    .todo = kirjuta koha nimi, näiteks Europe/Sofia
people-unknown-calendar = töötaja `{ $person }` kalender on `{ $calendar }`, mida seadistuses ei ole: kehtib ettevõtte oma
    .todo = paranda nimi või kirjelda see kalender seadistuses
people-unknown-language = töötaja `{ $person }` keel on `{ $language }`, milles tekste ei ole: kehtib ettevõtte oma
    .todo = kirjuta en, ru, bg või et või lisa selle keele jaoks ettevõtte enda kataloog
people-absent-nobody = puudumist, mille juures töötajat ei ole, ei arvestata
    .todo = märgi, kes puudub
people-absent-stranger = töötajal `{ $person }` on kirjas puudumine, aga teda ei ole töötajate nimekirjas
    .todo = paranda id või lisa töötaja nimekirja
people-no-day = töötaja `{ $person }` puudumist ei arvestata: veerus `{ $column }` on `{ $text }` („{ $why }“)
    .todo = paranda päev või määra veeru `format`
people-dateless = töötaja `{ $person }` puudumisel ei ole päevi ja seda ei arvestata
    .todo = märgi, millal puudumine algab, millal see lõpeb, või mõlemad
people-backwards = töötaja `{ $person }` puudumise algus ({ $first }) on hiljem kui lõpp ({ $last }): seda ei arvestata
    .todo = vaheta need päevad omavahel või paranda üks neist
people-unknown-substitute = töötaja `{ $person }` asendajaks on märgitud `{ $substitute }`, keda nimekirjas ei ole: keegi teda ei asenda
    .todo = paranda id või lisa asendaja nimekirja
people-own-substitute = töötaja `{ $person }` on märgitud iseenda asendajaks: keegi teda ei asenda
    .todo = märgi keegi teine või mitte keegi
people-missing = töötajat `{ $person }` ei ole nimekirjas ja talle ei saa midagi teatada
    .todo = paranda id või lisa töötaja nimekirja
people-unreachable = töötajal `{ $person }` ei ole aadressi ja talle ei saa midagi teatada
    .todo = lisa töötaja aadress või märgi keegi teine

## Miks just see inimene

addressed-owner = Meie andmetes oled vastutaja sina.
addressed-no-owner = Meie andmetes pole vastutajat ja sina asendad teda selle kontrolli puhul.
addressed-unknown-owner = Meie andmetes on vastutaja „{ $owner }“, keda töötajate nimekirjas ei ole; sina asendad teda selle kontrolli puhul.
addressed-no-address = Vastutab „{ $owner }“, kuid tal pole toimivat meiliaadressi; sina asendad teda selle kontrolli puhul.
addressed-fallback = Sina asendad selle kontrolli vastutajaid ja saad seetõttu koopia esimesest nimekirjast.
addressed-assigned = { $by } ütles, et see on teie oma.
addressed-route = Teie ettevõtte reegel („{ $route }“) nimetab teid.
addressed-substitute = Asendate: { $of }, kes on eemal kuni { $until }.
addressed-substitute-open = Asendate: { $of }, kes on eemal.
addressed-owner-away = Vastutab { $owner }, kuid on ilma asendajata eemal, seepärast tuleb kiri teile.
addressed-above = Vastutab { $owner }; ettevõtte antud aja jooksul ei juhtunud midagi, teie olete ülemus.
addressed-owes-apology = Klienti veeti alt ja ettevõte palub teil vabandada.
addressed-last-resort = Kedagi teist selle jaoks ei leidunud.
addressed-operators = Sina haldad kaizendi ettevõttes { $company }.

## Miks nüüd

because-new = uus
because-worse = halvenes
because-reopened = jälle lahti
because-done-but-still-there = märgitud tehtuks, kuid andmed näitavad seda endiselt
because-happened = juhtus
because-baseline = juba olemas
because-silence-ended = palutud aeg on läbi
because-handed-over = nüüd teie oma
because-repeat = endiselt lahti
because-nothing-happened = midagi ei ole juhtunud
because-apology-owed = vabandus on võlgu
because-apology-late = vabandus hilineb
because-held = kinni peetud
because-people-wrong = vead töötajate andmetes
because-could-not-look = ei saanud vaadata
because-not-reloaded = laadimata
because-refused = e-posti server keeldub
because-unheard = elumärk ei jõua kohale
because-was-silent = oli vait

## Mida lugeja võlgneb, mis edasi saab, kes veel teab

owes-apology = Võlgnete kliendile vabanduse hiljemalt { $until }.
asks-cause = Sulgedes kirjutage, miks see juhtus: põhjuseid loetakse, et see ei korduks.
climbs-to-manager = Kui midagi ei juhtu, saab { $at } sellest teada teie juht { $name }.
climbs-to = Kui midagi ei juhtu, saab { $at } sellest teada { $name }.
climbs-to-operators = Kui midagi ei juhtu, saavad { $at } sellest teada kaizendi haldajad.
told-too = Teada said ka: { $names }.
sum = { $check }: lahti { $open }, ühe taseme võrra tõusnud { $one }, kahe võrra { $two }

## Tähtsus

severity-note = märkus
severity-normal = tavaline tähtsus
severity-high = oluline
severity-urgent = kiire

## Andmed juhtumi kohta

fact-check = Kontroll
fact-client = Klient
fact-owner = Vastutaja
fact-worth = Väärtus
fact-since = Teada alates
fact-reference = Viide
version-moved-by = { $promised } (nihutas { $who })

## Seisundid, nimekirjades ja käsureal

state-open = lahtine alates { DATE($at) }
state-acknowledged = töös: { $who }
state-snoozed = edasi lükatud kuni { $until }
state-done = tehtuks märkinud { $who }, { DATE($at) }
state-dismissed = tagasi lükanud { $who }: { $reason }
state-owing = möödas alates { DATE($at) }, kuid midagi on veel võlgu
state-no-longer-seen = lahendatud: enam ei esine
state-ended = lahendatud: { $how }
state-ended-well = lahendatud. { $how }
state-recorded = kirja pandud
state-no-longer-asked = suletud: enam ei küsita
state-by-hand = sulgenud { $who }: { $reason }
finding-forgotten = unustatud { DATE($at) }

## Igapäevane elumärk

subject-life-sign = { $trouble ->
    [0] kaizend töötab
    [one] kaizend töötab; ühel korral ei saanud vaadata
   *[other] kaizend töötab; { $trouble } korral ei saanud vaadata
}
lead-life-sign = Selle kirja kirjutamise ajal tegi kaizend oma tööd. Kui sellist kirja ühel päeval ei tule, on katki kaizend või tema kirjade tee: rohkem ütleb „kaizend status“ tema masinas.
head-life-sign = Alates { $at }
fact-looks = Andmete vaatamisi
fact-could-not-look = Ei saanud vaadata
fact-mails-sent = Kirju saadetud
fact-mails-not-sent = Kirju saatmata
fact-findings-open = Lahtisi juhtumeid
audit-life-sign = Auditi viimane rida on number { $row }. Hoia see kiri alles: selle rea räsiga saab „kaizend audit verify --expect DIGEST“ hiljem näidata, et midagi enne seda ei ole muudetud.
head-next-looks = Järgmised andmete vaatamised
more-next-looks = { $count ->
    [one] … ja veel { $count } kontroll.
   *[other] … ja veel { $count } kontrolli.
}
next-life-sign = See kiri tuleb kord päevas, kell { $time }.
addressed-life-sign = Ettevõtte { $company } kaizendi seadistus nimetab seda aadressi elumärgi (heartbeat) saajana.

## Kirja lõpus

foot = Saatis kaizend ettevõtte { $company } jaoks. Andmed vaadatud: { $at }.
