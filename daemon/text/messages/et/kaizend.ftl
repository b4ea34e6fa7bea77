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
next-baseline = { $count ->
    [one] See jääb lahtiseks, aga meelde me seda ei tuleta. Uuesti kuuled sellest ainult siis, kui olukord halveneb.
   *[other] Need jäävad lahtiseks, aga ükshaaval me neid meelde ei tuleta. Uuesti kuuled mõnest ainult siis, kui olukord halveneb.
}
next-baseline-facts = { $count ->
    [one] See on möödunud asi. See on kirja pandud ja kokku loetud; sellest sulle rohkem ei teatata.
   *[other] Need on möödunud asjad. Need on kirja pandud ja kokku loetud; neist sulle rohkem ei teatata.
}
next-baseline-both = { $conditions ->
    [one] Üks juhtum on ikka veel nii: see jääb lahtiseks, aga meelde me seda ei tuleta ja uuesti kuuled sellest ainult siis, kui olukord halveneb.
   *[other] { $conditions } juhtumit on ikka veel nii: need jäävad lahtiseks, aga ükshaaval me neid meelde ei tuleta ja uuesti kuuled mõnest ainult siis, kui olukord halveneb.
} { $facts ->
    [one] Üks on juba toimunud: see on kirja pandud ja kokku loetud; sellest sulle rohkem ei teatata.
   *[other] { $facts } on juba toimunud: need on kirja pandud ja kokku loetud; neist sulle rohkem ei teatata.
}
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

## Vaatamine, mida ei saa uskuda või mis ebaõnnestus

doubt-empty = Andmestikus `{ $slot }` ei olnud ühtegi rida, aga viimasel täielikul vaatamisel loeti neid { $before }.
    .todo = Kui ridu ei peagi olema, määra andmestikule rows.shrink-at-most = 1.
doubt-shrunk = Andmestikus `{ $slot }` oli ainult { $rows ->
    [one] { $rows } rida
   *[other] { $rows } rida
}, aga viimasel täielikul vaatamisel loeti neid { $before }.
    .todo = Kui ridu peabki vähem olema, määra andmestikule suurem rows.shrink-at-most.
doubt-too-few = Andmestikus `{ $slot }` oli ainult { $rows ->
    [one] { $rows } rida
   *[other] { $rows } rida
}, vähem kui rows.min = { $min }.
    .todo = Kui ridu peabki vähem olema, määra andmestikule väiksem rows.min.
doubt-stale = Andmestiku `{ $slot }` veerus `{ $column }` ei ole midagi uuemat kui { $newest }, aga fresh.within on `{ $within }`: allikat enam ei uuendata.
    .todo = Kui ettevõttes tõesti midagi uut ei olnud, määra andmestikule pikem fresh.within.
doubt-decides-nothing = Selle vaatamise põhjal ei otsustatud midagi ja midagi ei loeta lahendatuks.
word-for-word = Sõna-sõnalt: „{ $words }“
failed-missing = Faili, kausta või tabelit, kust kontroll loeb, ei ole olemas.
    .todo = Vaata, kas see on teisaldatud või ümber nimetatud; siis paranda allika `path` või andmestiku päring.
failed-locked = Andmeid hoiab kinni teine programm, seepärast ei saanud neid lugeda.
    .todo = Kui see programm varsti lõpetab, ei ole vaja midagi teha: kontroll vaatab uuesti. Kui seda juhtub sageli, suurenda allika `busy-timeout` väärtust.
failed-permission = kaizendil ei ole õigust neid andmeid lugeda.
    .todo = Anna see õigus kasutajale, kelle nime all kaizend töötab.
failed-query = Allikas lükkas andmestiku päringu tagasi.
    .todo = Paranda päring; `kaizend validate --online` proovib selle läbi.
failed-column = Mõnda veergu ei ole või see on teist tüüpi, kui kontroll vajab.
    .todo = Paranda päring või andmestiku `columns`; `kaizend validate --online` võrdleb neid kontrolliga.
failed-value = Mõni väärtus ei ole see, mis selle veerus peaks olema.
    .todo = Paranda väärtus allikas või määra andmestiku `columns` all, kuidas veerg on kirjutatud.
failed-order = Read ei tulnud selles järjekorras, mida kontroll küsis.
    .todo = Kui see kordub, näita ülal tsiteeritud sõnu sellele, kes allika eest hoolitseb.
failed-limit = Andmete lugemiseks kulub rohkem mälu, kettaruumi või ridu, kui on lubatud.
    .todo = Suurenda piiri, mida ülal tsiteeritud sõnad nimetavad, või loe andmestiku päringuga vähem.
failed-full = Ajutiste failide ketas on täis.
    .todo = Vabasta ruumi või nimeta `[spool] folder` abil kaust suuremal kettal.
failed-interrupted = Andmeid ei õnnestunud lõpuni lugeda.
    .todo = Vaata, kas allikas on kättesaadav ja loetav; kontroll vaatab uuesti.
failed-changed = Andmeid muudeti lugemise ajal.
    .todo = Lase need kirjutada muul ajal või teise faili, mis lõpuks ümber nimetatakse.
failed-damaged = Fail on vigane või teist liiki, kui allika kohta on öeldud.
    .todo = Lase see uuesti kirjutada või taasta terve koopia.
failed-panic = Kontrolli plugin jooksis kokku millegi peale, milleks see ei ole kirjutatud.
    .todo = Saada ülal tsiteeritud sõnad plugina autorile.
failed-trap = Kontrolli plugin rikkus oma liivakasti reeglit või andis alla ja peatati.
    .todo = Saada ülal tsiteeritud sõnad plugina autorile.
failed-no-answer = Kontrolli plugin ütleb, et ei saa vastata.
    .todo = Miks, ütlevad ülal tsiteeritud sõnad.
failed-contract = Kontrolli plugin tahtis midagi, mida selle manifest või leping ei luba.
    .todo = Saada ülal tsiteeritud sõnad plugina autorile.
failed-cpu = Kontrolli plugin kasutas oma protsessoriaja ära.
    .todo = Kui andmeid on rohkem kui enne, suurenda `limits.cpu` väärtust; muidu keerleb see ringi: teata plugina autorile.
failed-memory = Kontrolli plugin tahtis rohkem mälu, kui tal tohib olla.
    .todo = Kui andmeid on rohkem kui enne, suurenda `limits.memory` väärtust; muidu teata plugina autorile.
failed-stack = Kontrolli plugina pinu sai täis.
    .todo = Saada ülal tsiteeritud sõnad plugina autorile.
failed-findings = Kontroll leidis rohkem, kui tohib alles hoida, ja sellest vaatamisest ei lähe midagi arvesse.
    .todo = Kitsenda andmestiku päringut; kui nii palju ongi korrast ära, suurenda `limits.findings` väärtust.
failed-bound = Kontrolli plugin läks üle ühe oma piiri.
    .todo = Suurenda piiri, mida ülal tsiteeritud sõnad nimetavad, või teata plugina autorile.
failed-wall = Vaatamine ei lõppenud õigel ajal.
    .todo = Vaata, miks allikas on aeglane; kui see vajab kauem aega, suurenda `limits.wall` väärtust.
failed-binding = Seadistus ja kontrolli plugin ei sobi kokku.
    .todo = `kaizend validate --online` ütleb, mida parandada.
failed-store = kaizendi enda hoidla ei saanud kontrolli öeldut alles hoida, nii et midagi sellest ei lähe arvesse.
    .todo = Vaata, kas hoidla ketas on täis või rikkis.
failed-given-up = Vaatamine katkestati enne selle lõppu.
    .todo = Midagi ei ole vaja teha: kontroll vaatab uuesti.

## Kinni peetud kirjad

trouble-held = { $held ->
    [one] Kinni on { $held } kiri ja keegi ei ole seda saanud.
   *[other] Kinni on { $held } kirja ja keegi ei ole neist ühtegi saanud.
}
    .mails = { $mails ->
        [one] { $mails } kiri korraga, rohkem kui breaker.mails = { $most }
       *[other] { $mails } kirja korraga, rohkem kui breaker.mails = { $most }
    }
    .times-usual = { $mails ->
        [one] { $mails } kiri korraga
       *[other] { $mails } kirja korraga
    }, tavaliselt { $usual } (breaker.times-usual = { $times })
    .share-of-staff = { $people } töötajat { $staff } töötajast korraga (breaker.share-of-staff = { $share })
    .todo = Vaata mõnda neist käskudega `kaizend outbox list --state held` ja `kaizend outbox show ID`; siis `kaizend outbox release --all` või `kaizend outbox cancel --all`.

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
people-not-an-address = töötaja `{ $person }` e-post on `{ $address }`, aga see ei ole aadress ({ $why }): tema asemel saab teate see, kes on märgitud kontrolli fallback-väljale
    .todo = kirjuta aadress kujul name@company.example
    .parts = aadressis on nime ja domeeni vahel üks märk `@`
    .name = enne märki `@` on märk, mida meiliserverid vastu ei võta
    .domain = osa pärast märki `@` ei ole domeen: selles on märke, mida domeenis ei ole, või see on liiga pikk
    .said = „{ $words }“
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
people-no-day = töötaja `{ $person }` puudumist ei arvestata: veerus `{ $column }` on `{ $text }` ({ $why })
    .todo = paranda päev või määra veeru `format`
    .written = see ei ole kuupäev: kuupäevad kirjutatakse 2026-11-23 või nii, nagu veeru `format` ütleb
    .format = see ei ole kuupäev vormingus `{ $format }`
    .too-far = see on 1970. aastast liiga kaugel
    .said = „{ $words }“
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

## Kirjast tegutsemine: lingid kirjas ja mida nende kaudu öeldi

act-done = Tehtud …
act-later = Hiljem …
act-more = Muu …
act-list = Kõik sinu lahtised asjad
head-said = Mida sa kirjadest ütlesid
put-off = { $count ->
    [one] Edasi lükatud { $count } kord, viimati põhjusel: „{ $reason }“
   *[other] Edasi lükatud { $count } korda, viimati põhjusel: „{ $reason }“
}
said-done = Ütlesid, et see on tehtud: { $title }
said-snooze = Lükkasid selle edasi kuni { $until }: { $title }
said-dismiss = Ütlesid, et see ei ole probleem („{ $note }“): { $title }
said-assign = Andsid selle üle ({ $note }): { $title }
said-apologised = Ütlesid, et oled vabandanud: { $title }
said-explain = Ütlesid, miks see juhtus („{ $note }“): { $title }
said-differently = Tegid seda teisiti („{ $note }“): { $title }
said-taken-back = Võtsid öeldu tagasi: { $title }
said-unconfirmed = Keegi või miski vajutas sinu nimel nuppu, seda ei kinnitatud ja midagi ei muudetud: { $title }

## Lehed linkide taga

web-foot = kaizendi leht ettevõttele { $company }. Kellel on selle aadress, saab rääkida nimega { $name }: ära anna seda edasi.
web-foot-plain = kaizendi leht ettevõttele { $company }.
web-state = Kuidas see on
web-head-act = Mida soovid öelda?
web-closed = See on suletud: midagi ei ole enam teha.
web-to-list = Kõik sinu lahtised asjad
web-to-item = Tagasi
web-refused = Seda linki ei saa kasutada
    .why = See võib olla liiga vana, puudulik või juba kasutatud, või seda, mille kohta see oli, enam ei ole. Midagi ei muudetud.
    .todo = Palun ava selle kohta kõige uuem kiri.
web-trouble = Seda lehte ei saa praegu näidata
    .why = Midagi ei muudetud. Palun proovi mõne minuti pärast uuesti.
web-done = See on tehtud
    .hint = Mõnda aega usutakse sind; siis otsustavad andmed.
    .cause = Miks see juhtus?
    .button = Märgi tehtuks
web-snooze = Tuleta hiljem meelde
    .until = Millal?
    .today = Täna: { $at }
    .tomorrow = Järgmisel tööpäeval: { $at }
    .monday = Järgmisel nädalal: { $at }
    .date = Sellel päeval:
    .reason = { $count ->
        [one] Seda on juba { $count } kord edasi lükatud. Miks jälle? Sinu juht näeb põhjust.
       *[other] Seda on juba { $count } korda edasi lükatud. Miks jälle? Sinu juht näeb põhjust.
    }
    .button = Tuleta siis meelde
web-dismiss = See ei ole probleem
    .reason = Miks mitte? See aitab kontrolli paremaks teha.
    .button = See ei ole probleem
web-assign = Keegi teine teeb seda
    .hint = Talle öeldakse, et see on nüüdsest tema oma.
    .to = Kes?
    .button = Anna üle
web-apologised = Olen vabandanud
    .hint = Kliendi ees, isiklikult või telefonis.
    .button = Olen vabandanud
web-explain = Miks see juhtus
    .cause = Miks see juhtus?
    .button = Salvesta põhjus
web-differently = Tegin seda teisiti
    .hint = See salvestatakse ja ei sulge midagi.
    .because = Mida sa tegid ja miks?
    .button = Salvesta
web-cause-other = või oma sõnadega:
web-choose = – palun vali –
web-lacks = Veel ei muudetud midagi.
    .reason = Palun ütle mõne sõnaga, miks.
    .when = Palun vali hetk, mis on alles ees, aasta jooksul.
    .person = Palun vali keegi, kellel on e-posti aadress ja kellel seda veel ei ole.
    .cause = Palun ütle, miks see juhtus.
    .nothing = Seda ei oodata enam.
    .long = Palun ütle lühemalt: kõige rohkem 500 märki.
web-again = Palun vajuta veel kord
    .soon = Kiri saadeti alles hetk tagasi. Mõni postiprogramm vajutab nuppe ise, seepärast palun kinnita, et see olid sina. Veel ei muudetud midagi.
    .several = Korraga vajutati mitut erinevat nuppu. Palun kinnita, et see olid sina. Vajutatut ei salvestatud.
    .button = Jah, see olin mina
web-recorded = Salvestatud, aitäh
    .undo = Saad selle tagasi võtta kuni { $until }.
    .link = Võta tagasi
web-undo = Kas võtta tagasi?
    .button = Võta tagasi
web-undone = Tagasi võetud
    .why = Kõik on nagu enne.
web-stays = Seda ei saa tagasi võtta
    .too-late = See on võimalik ainult 7 päeva.
    .went-on = Vahepeal on see edasi läinud: keegi teine ütles midagi või andmed muutsid seda.
    .others-heard = Teisele on juba öeldud. Palun rääkige omavahel või andku ta see tagasi.
web-list = { $count ->
    [0] Sul ei ole lahtisi asju
    [one] Sul on { $count } lahtine asi
   *[other] Sul on { $count } lahtist asja
}
    .more = Halvimad on ees. Neid on veel: { $count }.
web-fewer = Üks kiri päevas?
    .why = Saad kõige rohkem ühe kirja päevas, kus on kõik, mis on kogunenud; eraldi tuleb ainult kiire. Sind ei jäeta kunagi kõrvale.
    .button = Üks kiri päevas
web-usual = Saad ühe kirja päevas
    .why = Kõik, mis koguneb, on ühes kirjas päevas; eraldi tuleb ainult kiire.
    .button = Jälle nagu tavaliselt

## Vastused kirjaga

reply = { $count ->
    [one] Sellele kirjale võib ka vastata: „tehtud“, „lükka edasi 3 päeva“, „pole probleem: miks“ või „kellele“ ja kolleegi aadress.
   *[other] Sellele kirjale võib ka vastata asja numbri ja sõnaga „tehtud“, „lükka edasi 3 päeva“, „pole probleem: miks“ või „kellele“ ja kolleegi aadress, iga asi eri real.
}
subject-not-taken = Sinu vastust ei võetud arvesse: { $subject }
lead-not-taken = { $count ->
    [0] Sinu vastust ei saanud kasutada ja midagi ei muudetud.
    [one] Üks osa sinu vastusest võeti arvesse; ülejäänut ei saanud kasutada ja see ei muutnud midagi.
   *[other] { $count } osa sinu vastusest võeti arvesse; ülejäänut ei saanud kasutada ja see ei muutnud midagi.
}
next-not-taken = Vasta kirjale veel kord või ära tee midagi: siis läheb kõik edasi nagu enne.
addressed-not-taken = sest vastasid kaizendi kirjale
not-taken-empty = Kirja kohal, millele vastad, ei ole midagi.
not-taken-no-word = „{ $line }“ ei ole ükski allpool olevatest sõnadest.
not-taken-no-reason = Real „{ $line }“ puudub põhjus kooloni järel.
not-taken-no-moment = Rida „{ $line }“ ei ütle, mis ajani.
not-taken-no-address = Real „{ $line }“ puudub kolleegi aadress, üksi ja muude sõnadeta.
not-taken-not-about = See kiri ei ole millestki, millele nii vastata saab.
not-taken-which = { $count ->
    [one] Selles kirjas oli ainult üks asi.
   *[other] Selles kirjas oli { $count } asja. Alusta selle numbriga, mida mõtled, või sõnaga „kõik“.
}
not-taken-no-number = { $count ->
    [one] Selles kirjas oli ainult üks asi, numbrit { $number } ei ole.
   *[other] Selles kirjas oli { $count } asja, numbrit { $number } ei ole.
}
not-taken-moment = Edasi saab lükata ajani, mis on ees, kuni aasta võrra.
not-taken-nobody = Kellelgi inimeste nimekirjas ei ole aadressi { $address }.
not-taken-gone = Seda, millest kiri oli, enam ei hoita.
not-taken-closed = { $title }: see on juba suletud ja midagi pole enam teha.
not-taken-not-ahead = { $title }: { $until } on juba möödas.
not-taken-reason = { $title }: põhjus puudub.
not-taken-often = { $count ->
    [one] { $title }: seda on juba kord edasi lükatud. Ütle kooloni järel, miks jälle: „lükka edasi 1 päev: miks“. Sinu juht näeb põhjust.
   *[other] { $title }: seda on juba { $count } korda edasi lükatud. Ütle kooloni järel, miks jälle: „lükka edasi 1 päev: miks“. Sinu juht näeb põhjust.
}
not-taken-cause = { $title }: sõna ei peetud ja küsitakse põhjust. Kirjuta see kooloni järele, näiteks: „tehtud: { $known }“.
not-taken-no-mail = { $title }: sellel, keda nimetasid, ei ole aadressi.
not-taken-theirs = { $title }: see on juba tema oma.
head-reply = Mida saab kirjutada
reply-done = tehtud
    .means = See on tehtud. Koos põhjusega: „tehtud: miks see juhtus“.
reply-snooze = lükka edasi 3 päeva
    .means = Tuleta hiljem meelde; võib ka „homme“, „esmaspäev“ või kuupäev.
reply-not-a-problem = pole probleem: miks
    .means = Midagi pole vaja teha; põhjus aitab kontrolli paremaks teha.
reply-to = kellele nimi@firma
    .means = Seda teeb keegi teine.
reply-number = Kui kirjas on mitu asja, alusta iga rida selle numbriga: „2 tehtud“. „kõik tehtud“ tähendab neid kõiki.
