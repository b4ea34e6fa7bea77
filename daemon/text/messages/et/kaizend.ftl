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
subject-operator = { $count ->
    [one] { $check }: kontroll ei saanud andmeid lugeda
   *[other] { $count } kontrolli ei saanud andmeid lugeda
}
subject-people = Töötajate nimekiri vajab parandamist
subject-several = { $count ->
    [one] { $count } asi ootab haldajat
   *[other] { $count } asja ootab haldajat
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
lead-operator = { $count ->
    [one] Kontroll ei saanud oma andmeid lugeda.
   *[other] { $count } kontrolli ei saanud oma andmeid lugeda.
} See ei tähenda, et kõik on korras: mis oli lahtine, jääb lahtiseks.
lead-people = Töötajate andmetes on vigu. Kontrollid käivad edasi ja see, mis kellenigi ei jõuaks, läheb tema asendajale.
more = … ja veel { $count }, mis ühte kirja ei mahtunud.
as-of = Seisuga { $at }. Enne kirja saatmist ei õnnestunud uuesti kontrollida.

## Pealkirjad

head-todo = Mida teha kõigepealt
head-next = Mis saab edasi
head-why = Miks sina selle kirja saad
head-versions = Kuidas lubatud tähtaeg on nihkunud
head-promised = Lubatud
head-seen = Märgatud
head-list = Mis oli juba olemas
head-people = Töötajate nimekiri

## Mis saab edasi

next-condition = { $count ->
    [one] Kui andmed näitavad, et asi on tehtud, sulgub juhtum ise. Uuesti kuuled sellest ainult siis, kui olukord halveneb.
   *[other] Iga juhtum sulgub ise, kui andmed näitavad, et see on tehtud. Uuesti kuuled mõnest ainult siis, kui olukord halveneb.
}
next-happened = { $count ->
    [one] See on juba juhtunud. See on kirja pandud ja arvesse võetud; rohkem me sellest ei kirjuta.
   *[other] Need on juba juhtunud. Need on kirja pandud ja arvesse võetud; rohkem me neist ei kirjuta.
}
next-baseline = Need jäävad lahtiseks, aga ükshaaval me neid meelde ei tuleta. Uuesti kuuled mõnest ainult siis, kui olukord halveneb.
next-operator = Iga kontroll vaatab uuesti oma järgmisel ajal. Samast tõrkest me kaks korda ei kirjuta.
next-people = Töötajate nimekirjast kuuled uuesti ainult siis, kui selles on parandada midagi muud.

## Miks just see inimene

addressed-owner = Meie andmetes oled vastutaja sina.
addressed-no-owner = Meie andmetes pole vastutajat ja sina asendad teda selle kontrolli puhul.
addressed-unknown-owner = Meie andmetes on vastutaja „{ $owner }“, keda töötajate nimekirjas ei ole; sina asendad teda selle kontrolli puhul.
addressed-no-address = Vastutab „{ $owner }“, kuid tal pole toimivat meiliaadressi; sina asendad teda selle kontrolli puhul.
addressed-fallback = Sina asendad selle kontrolli vastutajaid ja saad seetõttu koopia esimesest nimekirjast.
addressed-last-resort = Kedagi teist selle jaoks ei leidunud.
addressed-operators = Sina haldad kaizendi ettevõttes { $company }.

## Miks nüüd

because-new = uus
because-worse = halvenes
because-reopened = jälle lahti
because-done-but-still-there = märgitud tehtuks, kuid andmed näitavad seda endiselt
because-happened = juhtus
because-baseline = juba olemas
because-people-wrong = vead töötajate andmetes
because-could-not-look = ei saanud vaadata

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
state-no-longer-seen = lahendatud: enam ei esine
state-ended = lahendatud: { $how }
state-ended-well = lahendatud. { $how }
state-recorded = kirja pandud
state-no-longer-asked = suletud: enam ei küsita
state-by-hand = sulgenud { $who }: { $reason }

## Kirja lõpus

foot = Saatis kaizend ettevõtte { $company } jaoks. Andmed vaadatud: { $at }.
