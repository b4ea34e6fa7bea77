//! Why a text is no schedule, with what to write instead.

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScheduleError {
    #[error("the schedule is empty: write five fields such as \"0 8 * * mon-fri\", or \"every 15min\"")]
    Empty,
    #[error(
        "`{text}` has {count} fields, a schedule has five (minute hour day month weekday), or six or seven with \
         seconds first and the year last"
    )]
    FieldCount { text: String, count: usize },
    #[error("`{text}` is not a name that is known: there are @hourly, @daily, @weekly, @monthly and @yearly")]
    UnknownName { text: String },
    #[error(
        "@reboot is not supported, a check is due by time alone: write \"every 1h\"; what was missed while the daemon was down is caught up"
    )]
    Reboot,
    #[error("{field}: `{part}` is not understood; {hint}")]
    Part { field: &'static str, part: String, hint: String },
    #[error("{field}: {value} is outside {min}–{max}")]
    OutOfRange { field: &'static str, value: u32, min: u32, max: u32 },
    #[error("{field}: `{part}` runs backwards; {hint}")]
    Backwards { field: &'static str, part: String, hint: String },
    #[error(
        "weekday: the number in `{part}` means different days in different systems when the schedule has seconds; \
         write names, such as mon-fri"
    )]
    NumericWeekday { part: String },
    #[error("`{text}` never comes: no day fits its day, month, weekday and year")]
    NeverFires { text: String },
    #[error("`{text}`: {hint}")]
    Interval { text: String, hint: String },
    #[error("`{text}` is not understood: {message}")]
    Refused { text: String, message: String },
}
