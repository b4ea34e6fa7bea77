# Parimad kliendid. Faktid: $place kliendist $clients käibe järgi; $client on kliendi nimi. Kontakti kohta: $known (0, kui
# ühtki pole) ja $last; $service, uus alates $since; tähtpäeva kohta: $number, tellimuse number, või $years esimesest, $day,
# mil see oli, ja $due, mis ajaks sõna öelda; $percent kogu käibest; $people nimepidi tuntud; $updated, andmete kuupäev.

contact =
    { $known ->
        [0] { $client }, { $place }. koht { $clients } kliendi seas: ühtki kontakti pole kirjas.
       *[other] { $client }, { $place }. koht { $clients } kliendi seas: viimane kontakt { $last }.
    }
    .title = Hoia ühendust: { $client }
    .todo = Helista või käi külas, kaasas uudis või kutse. Küsi, kuidas läheb; ära müü.
    .resolved = Pole enam vaja: kontakt oli või klient ei ole enam parimate seas.

new-service = { $client }, { $place }. koht { $clients } kliendi seas: talle pole veel räägitud uuest teenusest „{ $service }“ (alates { $since }).
    .title = Räägi kliendile { $client } teenusest „{ $service }“
    .todo = Ütle telefonis või külas, mis kasu sellest võiks olla, ja pane kirja, et nad teavad. Ära suru peale.
    .resolved = Neile on räägitud või teenus ei ole enam uus.

nth-order = { $client } esitas tellimuse number { $number } ({ $day }) ega ole pärast seda isiklikku sõna kuulnud.
    .title = Täna klienti { $client } tellimuse number { $number } eest
    .todo = Täna isiklikult ja ütle, et panid seda tähele (tähtaeg { $due }). Ära müü.
    .resolved = Sõna on öeldud või põhjus on juba möödas.

anniversary =
    { $years ->
        [one] { $client }: esimesest tellimusest möödus { $years } aasta ({ $day }) ja pärast seda pole isiklikku sõna öeldud.
       *[other] { $client }: esimesest tellimusest möödus { $years } aastat ({ $day }) ja pärast seda pole isiklikku sõna öeldud.
    }
    .title =
        { $years ->
            [one] Meie klient { $years } aasta: { $client }
           *[other] Meie klient { $years } aastat: { $client }
        }
    .todo = Täna isiklikult selle eest, et nad on teie juurde jäänud (tähtaeg { $due }). Ära müü.
    .resolved = Sõna on öeldud või põhjus on juba möödas.

concentration = { $client } annab üksi { $percent } % käibest.
    .title = { $percent } % käibest ühelt kliendilt: { $client }
    .todo = Otsusta, kuidas sellest kliendist vähem sõltuda ja kes veel kasvada võiks.
    .resolved = Ükski klient ei anna enam nii palju.

few-people =
    { $people ->
        [0] { $client }, { $place }. koht { $clients } kliendi seas: kedagi ei tunta nimepidi.
        [one] { $client }, { $place }. koht { $clients } kliendi seas: nimepidi tuntakse ainult üht inimest.
       *[other] { $client }, { $place }. koht { $clients } kliendi seas: nimepidi tuntakse ainult { $people } inimest.
    }
    .title = Liiga vähe tuttavaid: { $client }
    .todo = Saa seal veel kellegagi tuttavaks ja pane nimi kirja.
    .resolved = Nimepidi tuntakse rohkem inimesi.

stale-file = Andmed kliendi { $client } kohta ({ $place }. koht { $clients } kliendi seas) on viimati uuendatud { $updated }.
    .title = Andmed on vananenud: { $client }
    .todo = Vaata andmed üle: inimesed, plaanid, mida nad hindavad, mis läks valesti.
    .resolved = Andmed on uuendatud.
