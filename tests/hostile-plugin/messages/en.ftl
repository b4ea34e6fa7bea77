late = Order { $what } is late.
    .title = Order { $what }
    .todo = Call the client.
    .resolved = It is late no more.
