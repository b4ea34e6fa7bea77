# The value is the sentence, `.title` a short form for subjects and lists, `.todo` what to do first, `.resolved` how it
# ended. The facts of the finding are its arguments; $client and $owner are names.

not-greeted = { $client } visited on { $arrived }, and nobody has written since.
    .title = Write to { $client }
    .todo = Write two lines today.
    .resolved = Somebody wrote.
