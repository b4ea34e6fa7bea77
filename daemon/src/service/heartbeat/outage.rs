//! What is said of something that fails for a while: that it began, and that it ended. Not each time.

#[derive(Debug, Default)]
pub(super) struct Outage {
    lasts: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    Began,
    Ended,
}

impl Outage {
    pub(super) fn lasts(&self) -> bool {
        self.lasts
    }

    pub(super) fn hear(&mut self, well: bool) -> Option<Turn> {
        let lasted = std::mem::replace(&mut self.lasts, !well);
        match (lasted, self.lasts) {
            (false, true) => Some(Turn::Began),
            (true, false) => Some(Turn::Ended),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outage_is_said_twice() {
        let mut outage = Outage::default();
        let said = [true, false, false, false, true, true, false].map(|well| outage.hear(well));
        let (began, ended) = (Some(Turn::Began), Some(Turn::Ended));
        assert_eq!(said, [None, began, None, None, ended, None, began]);
    }
}
