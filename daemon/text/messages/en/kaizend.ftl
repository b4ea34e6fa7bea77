# What kaizend itself says in mails and on the command line.
# Each message may be replaced by the operator's messages/en/kaizend.ftl, one by one.

## Subjects and openings

subject-digest = { $count ->
    [one] { $count } thing to look at
   *[other] { $count } things to look at
}
subject-baseline = { $check }: { $count ->
    [one] { $count } thing was already so
   *[other] { $count } things were already so
}
subject-baseline-facts = { $check }: { $count ->
    [one] { $count } thing had already happened
   *[other] { $count } things had already happened
}
subject-operator = { $count ->
    [one] { $check } could not look
   *[other] { $count } checks could not look
}
subject-held = A mailing is held until you have looked
subject-refused = The mail server refuses us
subject-people = The list of people needs a correction
subject-not-reloaded = The new configuration is not in force
subject-was-silent = kaizend was silent for a while
subject-unheard = kaizend's heartbeat does not arrive
subject-troubles = { $count ->
    [one] kaizend needs a hand in { $count } thing
   *[other] kaizend needs a hand in { $count } things
}
greeting = Hello { $name },
lead-digest = { $count ->
    [one] One thing needs your attention.
   *[other] { $count } things need your attention. The most pressing comes first.
}
lead-baseline = { $count ->
    [one] A check looked for the first time, or in a new way, and met one thing that was already so.
   *[other] A check looked for the first time, or in a new way, and met { $count } things that were already so.
}
lead-baseline-facts = { $count ->
    [one] A check looked for the first time, or in a new way, and met one thing that had already happened.
   *[other] A check looked for the first time, or in a new way, and met { $count } things that had already happened.
}
lead-operator = { $count ->
    [one] A check could not look at its data. This does not mean that nothing is wrong: what was open stays open.
   *[other] { $count } checks could not look at their data. This does not mean that nothing is wrong: what was open stays open.
}
lead-not-reloaded = kaizend was to load its configuration again, and cannot use the new one. It goes on with the one before.
lead-held = Far more mail was to go out than usual, so all of it is held and nobody has got any.
lead-refused = The mail server refuses us, whoever the mail is for, so sending stands still for a while. This is blamed on no address.
lead-people = Something is wrong in the data about people. Checks go on, and what somebody cannot be told goes to whoever stands in.
lead-was-silent = For a while kaizend did nothing: it looked at no data and told nobody anything. The machine was off or asleep, or kaizend did not run or was stuck.
lead-unheard = kaizend runs, but whoever watches over it does not hear so. If it fell silent now, perhaps nobody would notice.
more = { $count ->
    [one] … and { $count } more, which would go beyond one mail.
   *[other] … and { $count } more, which would go beyond one mail.
}
as-of = As of { $at }. It could not be checked again before this mail was sent.

## Headings

head-todo = What to do first
head-next = What happens next
head-why = Why you get this
head-versions = How the promised date moved
head-promised = Promised for
head-seen = Seen on
head-sums = How it stands
head-list = What was already so
head-list-facts = What had already happened
head-configuration = Configuration
head-held = A mailing that is held
head-refused = Mail server
head-people = The list of people
head-was-silent = Silence
head-unheard = Heartbeat

## What happens next

next-condition = { $count ->
    [one] When the data shows that it is done, it closes by itself. You hear of it again only if it gets worse.
   *[other] Each closes by itself when the data shows that it is done. You hear of one again only if it gets worse.
}
next-climbs = { $count ->
    [one] When the data shows that it is done, it closes by itself. Until then you are reminded, and it goes on to whoever is named above.
   *[other] Each closes by itself when the data shows that it is done. Until then you are reminded, and it goes on to whoever is named above.
}
next-happened = { $count ->
    [one] This is a fact of the past. It is written down and counted; you will not be told of it again.
   *[other] These are facts of the past. They are written down and counted; you will not be told of them again.
}
next-baseline = These stay open, but you are not reminded of them one by one. You hear of one again only if it gets worse.
next-baseline-facts = These are facts of the past. They are written down and counted; you are not told of them again.
next-baseline-both = What is still so stays open, but you are not reminded of it one by one: you hear of it again only if it gets worse. What has happened is written down and counted, and not told again.
next-operator = Each check looks again at its next time. You are not told of the same trouble twice.
next-not-reloaded = The checks go on as before. A restart would read the new configuration and stop at once, so mend it first.

## A configuration that was refused

trouble-not-reloaded = The new configuration was not loaded; the one before stays in force.
    .todo = Look at the problems with `kaizend validate`, mend them, and load the configuration again.
    .more = { $count ->
        [one] … and { $count } more line
       *[other] … and { $count } more lines
    }
trouble-refused = The mail server said: “{ $reply }”.
    .todo = See whether the login, the sender and the machine are still allowed there. Once that is mended, `kaizend outbox release --all` lets mails go at once.
next-held = Nothing of it goes before you release it; later mails go as usual.
next-refused = After a while kaizend tries again by itself, and waits longer each time that it is refused. You hear of it once; “kaizend status” shows how it stands.
next-people = You hear of the list of people again only when there is something else to mend in it.
next-was-silent = It runs again. Looks that it missed are made up for, or left out, as each check's catch-up says; mails that were due go now.
next-unheard = It goes on trying. You hear no more of this outage, nor of its end; “kaizend status” shows how it stands.

## The service itself

trouble-was-silent = kaizend was silent from { $from } to { $until }.
trouble-unheard = No heartbeat has arrived at [heartbeat] url since { $since }.
    .status = It answers { $count }; only 2xx counts.
    .too-late = It does not answer in time.
    .no-such-host = Its name is not known.
    .refused = It refuses the connection.
    .no-route = No way leads to it.
    .cut-off = The connection breaks.
    .not-trusted = Its certificate is not trusted on this machine.
    .tls = It does not speak TLS as kaizend does.
    .no-certificates = This machine has no list of trusted certificates (on Debian: ca-certificates).
    .not-http = It does not speak HTTP.
    .todo = See whether the address is still right and whether this machine reaches it; then look at `kaizend status`.

## The data about people

trouble-people = { $count ->
    [1] One thing is wrong in the data about people.
    [one] { $count } thing is wrong in the data about people.
   *[other] { $count } things are wrong in the data about people.
}
    .more = … and { $count } more: `kaizend validate --online` lists them all.
    .problem = { $place }: { $what }. To mend it: { $todo }.
    .again = { $what } (first on { $place })
    .file = line { $line } of { $file }
    .dataset = row { $row } of dataset { $dataset } (source { $source })
    .setting = the setting { $key }
    .nobody = nobody
people-no-id = a person without an id is left out
    .todo = give each person the id that the other data uses
people-twice = person `{ $person }` stands here again, and only the first row counts
    .managers = person `{ $person }` stands here again with { $again } for manager, and only the first row, with { $first }, counts
    .todo = keep one row for each person
people-unknown-manager = person `{ $person }` has the manager `{ $manager }`, who is not in the list: nobody is above
    .todo = correct the id, or add the manager to the list
people-own-manager = person `{ $person }` is their own manager: nobody is above
    .todo = leave the manager of whoever is above everybody empty
people-cycle = person `{ $person }` is above themselves: { $managers }
    .todo = correct one of the managers; whoever is above everybody has none
people-no-address = person `{ $person }` has no email: the fallback of each check is told instead
    .todo = add the address, or leave it if this person is never to be written to
people-not-an-address = person `{ $person }` has the email `{ $address }`, which is none (“{ $why }”): the fallback of each check is told instead
    .todo = write it as name@company.example
people-came-back = person `{ $person }` cannot be reached at `{ $address }`, from where mail came back (“{ $why }”): the fallback of each check is told instead
    .todo = correct the address; if it works again, say so with `kaizend outbox bounced --lift`
people-unknown-zone = person `{ $person }` has the time zone `{ $zone }`, which does not exist: the calendar's is used
    .todo = write the name of a place, such as Europe/Sofia
people-unknown-calendar = person `{ $person }` has the calendar `{ $calendar }`, which is not configured: the company's is used
    .todo = correct the name, or define the calendar in the configuration
people-unknown-language = person `{ $person }` has the language `{ $language }`, which has no words: the company's is used
    .todo = write one of en, ru, bg, et, or add a catalogue of the company's own for that language
people-absent-nobody = an absence without a person is not counted
    .todo = say whose absence it is
people-absent-stranger = person `{ $person }` is absent, but is not in the list of people
    .todo = correct the id, or add the person to the list
people-no-day = person `{ $person }` has an absence that is not counted: `{ $column }` holds `{ $text }` (“{ $why }”)
    .todo = correct the day, or declare the column's `format`
people-dateless = person `{ $person }` has an absence without days, which is not counted
    .todo = say when the absence begins, when it ends, or both
people-backwards = person `{ $person }` has an absence that ends on { $last }, before it begins on { $first }: it is not counted
    .todo = exchange the two days, or correct one of them
people-unknown-substitute = person `{ $person }` has the substitute `{ $substitute }`, who is not in the list: nobody stands in
    .todo = correct the id, or add the substitute to the list
people-own-substitute = person `{ $person }` is their own substitute: nobody stands in
    .todo = name somebody else, or nobody
people-missing = person `{ $person }` is not in the list of people, and cannot be told anything
    .todo = correct the id, or add the person to the list
people-unreachable = person `{ $person }` has no address, and cannot be told anything
    .todo = add the person's address, or name somebody else

## Why this person

addressed-owner = Our data names you as the person responsible.
addressed-no-owner = Our data names nobody responsible, and you stand in for this check.
addressed-unknown-owner = Our data names “{ $owner }” as responsible, who is not in the list of staff; you stand in for this check.
addressed-no-address = “{ $owner }” is responsible, but has no mail address that works; you stand in for this check.
addressed-fallback = You stand in for this check, so you get a copy of its first list.
addressed-assigned = { $by } said that this is yours.
addressed-route = A rule of your company (“{ $route }”) names you for this.
addressed-substitute = You stand in for { $of }, who is away until { $until }.
addressed-substitute-open = You stand in for { $of }, who is away.
addressed-owner-away = { $owner } is responsible, but away without a substitute, so it comes to you.
addressed-above = { $owner } is responsible, and nothing has happened for as long as your company gives; you stand above.
addressed-owes-apology = The client was let down, and your company wants you to apologise.
addressed-last-resort = Nobody else could be found for this.
addressed-operators = You operate kaizend at { $company }.

## Why now

because-new = new
because-worse = got worse
because-reopened = open again
because-done-but-still-there = marked done, but the data still shows it
because-happened = happened
because-baseline = already so
because-silence-ended = the time that was asked for is over
because-handed-over = yours now
because-repeat = still open
because-nothing-happened = nothing has happened
because-apology-owed = an apology is owed
because-apology-late = the apology is late
because-held = held back
because-people-wrong = wrong data about people
because-could-not-look = could not look
because-not-reloaded = not loaded
because-refused = the mail server refuses us
because-unheard = the heartbeat does not arrive
because-was-silent = was silent

## What the reader owes, what comes next, who else heard

owes-apology = You owe the client an apology by { $until }.
asks-cause = When you close it, say why it happened: the causes are counted, so that it need not happen again.
climbs-to-manager = If nothing happens, it goes to { $name }, your manager, on { $at }.
climbs-to = If nothing happens, it goes to { $name } on { $at }.
climbs-to-operators = If nothing happens, it goes to the operators of kaizend on { $at }.
told-too = Also told: { $names }.
sum = { $check }: { $open } open, { $one } climbed a level, { $two } two levels

## Severity

severity-note = note
severity-normal = normal
severity-high = high
severity-urgent = urgent

## Facts of a finding

fact-check = Check
fact-client = Client
fact-owner = Responsible
fact-worth = Worth
fact-since = Known since
fact-reference = Reference
version-moved-by = { $promised } (moved by { $who })

## States, in lists and on the command line

state-open = open since { DATE($at) }
state-acknowledged = taken on by { $who }
state-snoozed = put off until { $until }
state-done = marked done by { $who } on { DATE($at) }
state-dismissed = dismissed by { $who }: { $reason }
state-owing = over since { DATE($at) }; something is still owed for it
state-no-longer-seen = resolved: no longer seen
state-ended = resolved: { $how }
state-ended-well = resolved. { $how }
state-recorded = recorded
state-no-longer-asked = closed: no longer asked
state-by-hand = closed by { $who }: { $reason }
finding-forgotten = forgotten on { DATE($at) }

## The daily sign of life

subject-life-sign = { $trouble ->
    [0] kaizend is running
    [one] kaizend is running; it could not look once
   *[other] kaizend is running; it could not look { $trouble } times
}
lead-life-sign = kaizend was doing its work when this mail was written. If no such mail comes one day, kaizend or the way of its mails is broken: “kaizend status” on its machine says more.
head-life-sign = Since { $at }
fact-looks = Looks
fact-could-not-look = Could not look
fact-mails-sent = Mails sent
fact-mails-not-sent = Mails that have not left
fact-findings-open = Open findings
audit-life-sign = The newest row of the audit is number { $row }. Keep this mail: with the digest of that row, “kaizend audit verify --expect DIGEST” can show later that nothing before it was changed.
head-next-looks = Next looks at the data
more-next-looks = { $count ->
    [one] … and { $count } more check.
   *[other] … and { $count } more checks.
}
next-life-sign = This mail comes once a day, at { $time }.
addressed-life-sign = The configuration of kaizend at { $company } names this address as its heartbeat.

## At the foot of a mail

foot = Sent by kaizend for { $company }. Looked at { $at }.
