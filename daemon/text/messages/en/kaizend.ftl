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
next-baseline = { $count ->
    [one] It stays open, but you are not reminded of it. You hear of it again only if it gets worse.
   *[other] These stay open, but you are not reminded of them one by one. You hear of one again only if it gets worse.
}
next-baseline-facts = { $count ->
    [one] This is a fact of the past. It is written down and counted; you are not told of it again.
   *[other] These are facts of the past. They are written down and counted; you are not told of them again.
}
next-baseline-both = { $conditions ->
    [one] One of these is still so: it stays open, but you are not reminded of it, and hear of it again only if it gets worse.
   *[other] { $conditions } of these are still so: they stay open, but you are not reminded of them one by one, and hear of one again only if it gets worse.
} { $facts ->
    [one] One has happened: it is written down and counted, and not told again.
   *[other] { $facts } have happened: they are written down and counted, and not told again.
}
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

## A look that cannot be believed, or that failed

doubt-empty = `{ $slot }` had no rows, where the last complete look read { $before }.
    .todo = If the rows are rightly gone, set rows.shrink-at-most = 1 for the dataset.
doubt-shrunk = `{ $slot }` had only { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
}, where the last complete look read { $before }.
    .todo = If the rows are rightly gone, set a larger rows.shrink-at-most for the dataset.
doubt-too-few = `{ $slot }` had only { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
}, fewer than rows.min = { $min }.
    .todo = If the rows are rightly gone, set a smaller rows.min for the dataset.
doubt-stale = `{ $slot }` has nothing newer than { $newest } in its column `{ $column }`, and fresh.within is `{ $within }`: its source is not kept up.
    .todo = If the company really had nothing new, set a longer fresh.within for the dataset.
doubt-decides-nothing = Nothing was decided from this look and nothing counts as resolved.
word-for-word = Word for word: “{ $words }”
failed-missing = A file, a folder or a table from which the check reads is not there.
    .todo = See whether it was moved or renamed; then correct the source's `path` or the dataset's query.
failed-locked = Another program holds the data, so it could not be read.
    .todo = If that program ends soon, there is nothing to do: the check looks again. If it happens often, raise the source's `busy-timeout`.
failed-permission = kaizend is not allowed to read the data.
    .todo = Give kaizend's user the right to do so.
failed-query = The source refused the dataset's query.
    .todo = Correct the query; `kaizend validate --online` tries it.
failed-column = A column is missing, or is of another type than the check needs.
    .todo = Correct the query or the dataset's `columns`; `kaizend validate --online` compares them with the check.
failed-value = A value is not what its column should hold.
    .todo = Correct the value in the source, or declare in the dataset's `columns` how the column is written.
failed-order = The rows did not come in the order that the check asked for.
    .todo = If it happens again, show the words above to whoever keeps the source.
failed-limit = Reading the data took more memory, disk or rows than is allowed.
    .todo = Raise the bound that the words above name, or let the dataset's query read less.
failed-full = The disk for temporary files is full.
    .todo = Free some of it, or name a folder on a larger disk with `[spool] folder`.
failed-interrupted = The data could not be read to its end.
    .todo = See whether the source can be reached and read; the check looks again.
failed-changed = The data was changed while it was read.
    .todo = Let whatever writes it do so at another time, or write another file and rename it at the end.
failed-damaged = The file is damaged, or is not of the kind that its source says.
    .todo = Have it written anew, or restore a good copy.
failed-panic = The check's plugin broke down over something that it was not written for.
    .todo = Send the words above to whoever wrote the plugin.
failed-trap = The check's plugin broke a rule of its sandbox, or gave up, and was stopped.
    .todo = Send the words above to whoever wrote the plugin.
failed-no-answer = The check's plugin says that it cannot answer.
    .todo = Its own words above say why.
failed-contract = The check's plugin wanted something that its manifest or its contract does not allow.
    .todo = Send the words above to whoever wrote the plugin.
failed-cpu = The check's plugin used up its processor time.
    .todo = If the data has grown, raise `limits.cpu`; otherwise it loops: tell whoever wrote the plugin.
failed-memory = The check's plugin wanted more memory than it may have.
    .todo = If the data has grown, raise `limits.memory`; otherwise tell whoever wrote the plugin.
failed-stack = The check's plugin overflowed its stack.
    .todo = Send the words above to whoever wrote the plugin.
failed-findings = The check found more things than may be kept, and nothing of this look counts.
    .todo = Narrow the dataset's query; if so much is really wrong, raise `limits.findings`.
failed-bound = The check's plugin went beyond one of its limits.
    .todo = Raise the limit that the words above name, or tell whoever wrote the plugin.
failed-wall = The look did not end in time.
    .todo = See why the source is slow; where it needs longer, raise `limits.wall`.
failed-binding = The configuration and the check's plugin do not fit together.
    .todo = `kaizend validate --online` says what to correct.
failed-store = kaizend's own store could not keep what the check said, so nothing of it counts.
    .todo = See whether the disk of the store is full or broken.
failed-given-up = The look was given up before it ended.
    .todo = There is nothing to do: the check looks again.

## A mailing that is held

trouble-held = { $held ->
    [one] { $held } mail is held, and nobody has got it.
   *[other] { $held } mails are held as a whole, and nobody has got one.
}
    .mails = { $mails ->
        [one] { $mails } mail at once, more than breaker.mails = { $most }
       *[other] { $mails } mails at once, more than breaker.mails = { $most }
    }
    .times-usual = { $mails ->
        [one] { $mails } mail at once
       *[other] { $mails } mails at once
    }, where { $usual ->
        [one] { $usual } is usual
       *[other] { $usual } are usual
    } (breaker.times-usual = { $times })
    .share-of-staff = { $people } of { $staff } people at once (breaker.share-of-staff = { $share })
    .todo = Look at a few of them with `kaizend outbox list --state held` and `kaizend outbox show ID`; then `kaizend outbox release --all`, or `kaizend outbox cancel --all`.

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
people-not-an-address = person `{ $person }` has the email `{ $address }`, which is none ({ $why }): the fallback of each check is told instead
    .todo = write it as name@company.example
    .parts = an address has one `@` between a name and a domain
    .name = the part before the `@` has a character that mail servers do not take
    .domain = the domain is not one: it has characters that no domain has, or is too long
    .said = “{ $words }”
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
people-no-day = person `{ $person }` has an absence that is not counted: `{ $column }` holds `{ $text }`, which { $why }
    .todo = correct the day, or declare the column's `format`
    .written = is no date: dates are written 2026-11-23, or as the column's `format` says
    .format = is no date in the format `{ $format }`
    .too-far = lies too far from 1970
    .said = “{ $words }”
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

## Acting from a mail: the links in it, and what was said through them

act-done = Done …
act-later = Later …
act-more = More …
act-list = All your open items
head-said = What you said from mails
put-off = { $count ->
    [one] Put off { $count } time, the last time because: “{ $reason }”
   *[other] Put off { $count } times, the last time because: “{ $reason }”
}
said-done = You said that it is done: { $title }
said-snooze = You put it off until { $until }: { $title }
said-dismiss = You said that it is no problem (“{ $note }”): { $title }
said-assign = You gave it to { $note }: { $title }
said-apologised = You said that you have apologised: { $title }
said-explain = You said why it happened (“{ $note }”): { $title }
said-differently = You did it differently (“{ $note }”): { $title }
said-taken-back = You took back what you had said: { $title }
said-unconfirmed = Somebody or something pressed a button in your name, and it was not confirmed, so nothing was changed: { $title }

## The pages behind the links

web-foot = A page of kaizend for { $company }. Whoever has its address can speak as { $name }: do not pass it on.
web-foot-plain = A page of kaizend for { $company }.
web-state = How it stands
web-head-act = What do you want to say?
web-closed = It is closed: nothing is left to do for it.
web-to-list = All your open items
web-to-item = Back
web-refused = This link cannot be used
    .why = It may be too old, incomplete or used already, or what it was about is gone. Nothing was changed.
    .todo = Please take the newest mail about it.
web-trouble = This page cannot be shown at the moment
    .why = Nothing was changed. Please try again in a few minutes.
web-done = It is done
    .hint = You are believed for a while; then the data decides.
    .cause = Why did it happen?
    .button = Mark it as done
web-snooze = Remind me later
    .until = When?
    .today = Today: { $at }
    .tomorrow = Next working day: { $at }
    .monday = Next week: { $at }
    .date = On this day:
    .reason = { $count ->
        [one] It was put off { $count } time already. Why again? Your manager sees the reason.
       *[other] It was put off { $count } times already. Why again? Your manager sees the reason.
    }
    .button = Remind me then
web-dismiss = It is not a problem
    .reason = Why not? It helps to make the check better.
    .button = It is not a problem
web-assign = Someone else does it
    .hint = They are told that it is theirs from now on.
    .to = Who?
    .button = Hand it over
web-apologised = I have apologised
    .hint = To the client, in person or by phone.
    .button = I have apologised
web-explain = Why it happened
    .cause = Why did it happen?
    .button = Keep this reason
web-differently = I did it differently
    .hint = This is kept and closes nothing.
    .because = What did you do, and why?
    .button = Keep this
web-cause-other = or in your own words:
web-choose = – please choose –
web-lacks = Nothing was changed yet.
    .reason = Please say in a few words why.
    .when = Please choose a moment that lies ahead, within a year.
    .person = Please choose somebody with a mail address who does not have it already.
    .cause = Please say why it happened.
    .nothing = That is not owed any more.
    .long = Please say it in fewer words: 500 characters at most.
web-again = Please press once more
    .soon = The mail was sent only a moment ago. Some mail programs press buttons by themselves, so please confirm that it was you. Nothing was changed yet.
    .several = Several different buttons were pressed at the same time. Please confirm that it was you. What was pressed was not kept.
    .button = Yes, it was me
web-recorded = Recorded, thank you
    .undo = You can take it back until { $until }.
    .link = Take it back
web-undo = Take it back?
    .button = Take it back
web-undone = Taken back
    .why = Everything is as it was before.
web-stays = It cannot be taken back
    .too-late = That is possible for 7 days only.
    .went-on = It has gone on since: somebody else said something, or the data changed it.
    .others-heard = The other person has been told already. Please talk to each other, or let them hand it back.
web-list = { $count ->
    [0] You have no open items
    [one] You have { $count } open item
   *[other] You have { $count } open items
}
    .more = The worst come first. There are { $count } more.
web-fewer = One mail a day?
    .why = You would get one mail a day at most, with everything that has come up, and only what is urgent apart. You are never left out.
    .button = One mail a day
web-usual = You get one mail a day
    .why = Everything that comes up is in one mail a day; only what is urgent comes apart.
    .button = As many as usual again

## Answers by mail

reply = { $count ->
    [one] You can also answer this mail with “done”, “snooze 3 days”, “not a problem: why” or “to” and a colleague's mail address.
   *[other] You can also answer this mail with the number of a thing and “done”, “snooze 3 days”, “not a problem: why” or “to” and a colleague's mail address, one thing a line.
}
subject-not-taken = Your answer was not taken: { $subject }
lead-not-taken = { $count ->
    [0] Your answer could not be used, and nothing was changed.
    [one] One part of your answer was taken; the rest could not be used and changed nothing.
   *[other] { $count } parts of your answer were taken; the rest could not be used and changed nothing.
}
next-not-taken = Answer the mail once more, or do nothing: then everything goes on as it was.
addressed-not-taken = because you answered a mail of kaizend
not-taken-empty = There is nothing above the mail that you answer.
not-taken-no-word = “{ $line }” is none of the words below.
not-taken-no-reason = “{ $line }” lacks the reason, after a colon.
not-taken-no-moment = “{ $line }” does not say until when.
not-taken-no-address = “{ $line }” lacks the mail address of a colleague, alone.
not-taken-not-about = That mail is about nothing that can be answered so.
not-taken-which = { $count ->
    [one] That mail showed one thing only.
   *[other] That mail showed { $count } things. Begin with the number of the one that you mean, or with “all”.
}
not-taken-no-number = { $count ->
    [one] That mail showed one thing only, and no number { $number }.
   *[other] That mail showed { $count } things, and no number { $number }.
}
not-taken-moment = A thing can be put off to a moment that lies ahead, within a year.
not-taken-nobody = Nobody in the list of people has the mail address { $address }.
not-taken-gone = What that mail was about is no longer kept.
not-taken-closed = { $title }: it is closed already, and nothing is left to do for it.
not-taken-not-ahead = { $title }: { $until } is not ahead.
not-taken-reason = { $title }: a reason is missing.
not-taken-often = { $count ->
    [one] { $title }: it was put off once already. Say why again, after a colon: “snooze 1 day: why”. Your manager sees the reason.
   *[other] { $title }: it was put off { $count } times already. Say why again, after a colon: “snooze 1 day: why”. Your manager sees the reason.
}
not-taken-cause = { $title }: this was a miss, and its cause is asked for. Say it after a colon, for instance: “done: { $known }”.
not-taken-no-mail = { $title }: nobody with a mail address is meant by this.
not-taken-theirs = { $title }: it is theirs already.
head-reply = What you can write
reply-done = done
    .means = It is done. With its cause: “done: why it happened”.
reply-snooze = snooze 3 days
    .means = Remind me later: also “tomorrow”, “Monday” or a date.
reply-not-a-problem = not a problem: why
    .means = Nothing has to be done; the reason helps to make the check better.
reply-to = to name@company
    .means = Somebody else does it.
reply-number = Where a mail shows several things, begin each line with its number: “2 done”. “all done” means each of them.
