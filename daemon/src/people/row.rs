//! The columns of people, absences and clients, and what each row of them says.

use kaizend_core::policy::people::{AbsenceRow, Row};

use super::table::TextRow;

pub(super) const PERSON: [&str; 13] = [
    "id",
    "name",
    "email",
    "manager",
    "team",
    "role",
    "branch",
    "language",
    "timezone",
    "calendar",
    "absent-from",
    "absent-until",
    "substitute",
];

pub(super) const ABSENCE: [&str; 4] = ["person", "from", "until", "substitute"];

pub(super) const CLIENT: [&str; 2] = ["id", "name"];

pub(super) fn person(mut row: TextRow<'_>) -> Row {
    Row {
        id: row.text("id"),
        name: row.text("name"),
        email: row.text("email"),
        manager: row.text("manager"),
        team: row.text("team"),
        role: row.text("role"),
        branch: row.text("branch"),
        language: row.text("language"),
        timezone: row.text("timezone"),
        calendar: row.text("calendar"),
        absent_from: row.day("absent-from"),
        absent_until: row.day("absent-until"),
        substitute: row.text("substitute"),
        place: row.place,
    }
}

pub(super) fn absence(mut row: TextRow<'_>) -> AbsenceRow {
    AbsenceRow {
        person: row.text("person"),
        from: row.day("from"),
        until: row.day("until"),
        substitute: row.text("substitute"),
        place: row.place,
    }
}

/// A client without a name is known by the id alone.
pub(super) fn client(mut row: TextRow<'_>) -> Option<(String, String)> {
    Some((row.text("id")?, row.text("name")?))
}
