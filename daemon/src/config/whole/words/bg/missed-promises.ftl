promise-overdue = { $what } is late
