//! How many problems of each kind are in the database, as of `until`.

/// Counts as of the morning of `until`. Working days are Monday to Friday.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Planted {
    /// Orders that were finished after the promised day, over two years.
    pub kept_late: usize,
    /// Those of them that were finished in the last 30 days, and are news.
    pub kept_late_recently: usize,
    /// Open orders whose promised day is over.
    pub overdue: usize,
    /// Those of them without an advisor, so that nobody in particular is responsible.
    pub overdue_without_owner: usize,
    /// Open orders promised for today or up to two working days ahead.
    pub due_soon: usize,
    /// Open orders promised for later.
    pub open: usize,
    /// Orders for a car that was in the workshop up to 30 days before, over two years.
    pub repeats: usize,
    /// Those of them that were opened in the last 30 days.
    pub repeats_recently: usize,
    /// The best 20 % of the clients by what they were billed.
    pub best_clients: usize,
    /// Best clients without any contact in the last 40 days; all others had one in the last 20.
    pub stale_best_clients: usize,
    /// Orders billed above the quoted range.
    pub billed_above: usize,
    /// Complaints older than three working days that nobody has answered.
    pub unanswered_complaints: usize,
}

impl Planted {
    /// What is planted in a company with so many clients.
    pub(crate) fn among(clients: u32) -> Self {
        Self {
            kept_late: 41,
            kept_late_recently: 7,
            overdue: 9,
            overdue_without_owner: 1,
            due_soon: 6,
            open: 12,
            repeats: 18,
            repeats_recently: 4,
            best_clients: clients.div_ceil(5) as usize,
            stale_best_clients: 5,
            billed_above: 14,
            unanswered_complaints: 3,
        }
    }
}
