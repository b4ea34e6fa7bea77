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
subject-operator = { $count ->
    [one] { $check } could not look
   *[other] { $count } checks could not look
}
subject-people = The list of people needs a correction
subject-several = { $count ->
    [one] { $count } thing needs an operator
   *[other] { $count } things need an operator
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
lead-operator = { $count ->
    [one] A check could not look at its data. This does not mean that nothing is wrong: what was open stays open.
   *[other] { $count } checks could not look at their data. This does not mean that nothing is wrong: what was open stays open.
}
lead-people = Something is wrong in the data about people. Checks go on, and what somebody cannot be told goes to whoever stands in.
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
head-list = What was already so
head-people = The list of people

## What happens next

next-condition = { $count ->
    [one] When the data shows that it is done, it closes by itself. You hear of it again only if it gets worse.
   *[other] Each closes by itself when the data shows that it is done. You hear of one again only if it gets worse.
}
next-happened = { $count ->
    [one] This is a fact of the past. It is written down and counted; you will not be told of it again.
   *[other] These are facts of the past. They are written down and counted; you will not be told of them again.
}
next-baseline = These stay open, but you are not reminded of them one by one. You hear of one again only if it gets worse.
next-operator = Each check looks again at its next time. You are not told of the same trouble twice.
next-people = You hear of the list of people again only when there is something else to mend in it.

## Why this person

addressed-owner = Our data names you as the person responsible.
addressed-no-owner = Our data names nobody responsible, and you stand in for this check.
addressed-unknown-owner = Our data names “{ $owner }” as responsible, who is not in the list of staff; you stand in for this check.
addressed-no-address = “{ $owner }” is responsible, but has no mail address that works; you stand in for this check.
addressed-fallback = You stand in for this check, so you get a copy of its first list.
addressed-last-resort = Nobody else could be found for this.
addressed-operators = You operate kaizend at { $company }.

## Why now

because-new = new
because-worse = got worse
because-reopened = open again
because-done-but-still-there = marked done, but the data still shows it
because-happened = happened
because-baseline = already so
because-people-wrong = wrong data about people
because-could-not-look = could not look

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
state-no-longer-seen = resolved: no longer seen
state-ended = resolved: { $how }
state-ended-well = resolved. { $how }
state-recorded = recorded
state-no-longer-asked = closed: no longer asked
state-by-hand = closed by { $who }: { $reason }

## At the foot of a mail

foot = Sent by kaizend for { $company }. Looked at { $at }.
