# Best clients. Facts: $place of $clients by revenue; $client is the client's name. For a contact: $known (0 when there
# is none on record) and $last; $service, new $since; a milestone: $number of the order or $years since the first, its
# $day, and $due, until when a word is in time; $percent of all revenue; $people known by name; $updated, the date of the file.

contact =
    { $known ->
        [0] { $client }, number { $place } of { $clients } clients, has no contact on record.
       *[other] { $client }, number { $place } of { $clients } clients, was last in contact on { $last }.
    }
    .title = Keep in touch: { $client }
    .todo = Call or visit, with news or an invitation. Ask how things are; do not sell.
    .resolved = No longer due: there was contact, or the client is no longer among the best.

new-service = { $client }, number { $place } of { $clients } clients, has not been told of “{ $service }”, which is new since { $since }.
    .title = Tell { $client } of “{ $service }”
    .todo = Say what it could do for them, in a call or a visit, and write down that they know. Do not press.
    .resolved = They were told, or it is no longer new.

nth-order = { $client } placed order number { $number } on { $day }, and has not heard a personal word since.
    .title = Thank { $client } for order number { $number }
    .todo = Thank them in person by { $due }, and say that you noticed. Do not sell.
    .resolved = There was a word, or the occasion is past.

anniversary =
    { $years ->
        [one] On { $day } it was { $years } year since the first order of { $client }, who has not heard a personal word since.
       *[other] On { $day } it was { $years } years since the first order of { $client }, who has not heard a personal word since.
    }
    .title =
        { $years ->
            [one] Our client for { $years } year: { $client }
           *[other] Our client for { $years } years: { $client }
        }
    .todo = Thank them in person by { $due } for staying with you. Do not sell.
    .resolved = There was a word, or the occasion is past.

concentration = { $client } alone brings { $percent } % of the revenue.
    .title = { $percent } % of the revenue from one client: { $client }
    .todo = Decide how to depend less on this client, and who else could grow.
    .resolved = No single client brings that much any more.

few-people =
    { $people ->
        [0] Nobody at { $client }, number { $place } of { $clients } clients, is known by name.
        [one] Only one person at { $client }, number { $place } of { $clients } clients, is known by name.
       *[other] Only { $people } people at { $client }, number { $place } of { $clients } clients, are known by name.
    }
    .title = Too few people known: { $client }
    .todo = Get to know somebody else there, and write the name down.
    .resolved = More people are known by name.

stale-file = The file on { $client }, number { $place } of { $clients } clients, was last brought up to date on { $updated }.
    .title = File out of date: { $client }
    .todo = Go through the file: people, plans, what they value, what went wrong.
    .resolved = The file was brought up to date.
