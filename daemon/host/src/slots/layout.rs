//! One opening of a slot: which columns are read from each dataset, and where they lie in a sheet.
//!
//! A sheet begins with the columns that the plugin asked for, at the plugin's positions, the same for every
//! member; behind them lie, for each member, the columns that only the host reads: key, labels, ledger.

use kaizend_core::{
    domain::{DatasetName, Sighting},
    rows::{Ask, ColumnAsk, Kind},
};

use super::Slot;
use crate::{
    Member, Wanted,
    inspect::{FIRST_PROMISED, MOVES},
    run::Stop,
};

/// What one opening shows and reads.
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    pub(crate) slot: String,
    pub(crate) shown: Vec<Shown>,
    /// Positions to order by; columns that no member has are left out, as all their values are null.
    pub(crate) order: Vec<usize>,
    pub(crate) members: Vec<MemberLayout>,
}

/// A column that the plugin sees.
#[derive(Clone, Debug)]
pub(crate) struct Shown {
    pub(crate) name: String,
    /// `None` when it is absent from all members.
    pub(crate) kind: Option<Kind>,
    /// Asked for as a key: its texts are made canonical.
    pub(crate) is_key: bool,
    pub(crate) nullable: bool,
}

/// How one dataset fills a sheet.
#[derive(Clone, Debug)]
pub(crate) struct MemberLayout {
    pub(crate) dataset: DatasetName,
    pub(crate) wanted: Vec<Wanted>,
    /// Where each wanted column lies in the sheet.
    pub(crate) place: Vec<usize>,
    /// Columns of a sheet, hidden ones included.
    pub(crate) width: usize,
    pub(crate) order_by: Vec<String>,
    pub(crate) key: Vec<usize>,
    pub(crate) labels: Vec<(String, usize)>,
    /// By their names as evidence.
    pub(crate) evidence: Vec<(String, usize)>,
    pub(crate) ledger: Option<LedgerPlaces>,
}

/// Where the columns of a promise lie.
#[derive(Clone, Debug)]
pub(crate) struct LedgerPlaces {
    pub(crate) key: Vec<usize>,
    pub(crate) promised: usize,
    pub(crate) kept: usize,
    pub(crate) moved_by: Option<usize>,
    /// Where `first-promised` and `moves` go, if the plugin asked for them.
    pub(crate) first_promised: Option<usize>,
    pub(crate) moves: Option<usize>,
}

impl Layout {
    /// # Errors
    /// When a column was not granted, or cannot be ordered by.
    pub(crate) fn new(slot: &Slot, columns: &[String], order_by: &[String]) -> Result<Self, Stop> {
        let shown = columns.iter().map(|name| Shown::new(slot, name)).collect::<Result<Vec<_>, _>>()?;
        if let Some((_, twice)) = columns.iter().enumerate().find(|(at, name)| columns[..*at].contains(name))
        {
            let slot = &slot.ask.name;
            return Err(Stop::plugin(format!(
                "the plugin opens the column `{twice}` of slot `{slot}` twice at once"
            )));
        }
        let mut order = Vec::new();
        for name in order_by {
            order.extend(order_place(slot, &shown, name)?);
        }
        let mut layout = Self { slot: slot.ask.name.clone(), shown, order, members: Vec::new() };
        layout.members = slot.members.iter().map(|member| layout.member(slot, member)).collect();
        Ok(layout)
    }

    fn member(&self, slot: &Slot, member: &Member) -> MemberLayout {
        let mut filling = Filling::new(slot, member, self);
        let key = member.key.iter().filter_map(|name| filling.place(name)).collect();
        let labels =
            member.labels.iter().filter_map(|name| Some((name.clone(), filling.place(name)?))).collect();
        let evidence = member
            .evidence
            .iter()
            .filter_map(|name| Some((Sighting::column_name(&slot.ask.name, name), filling.place(name)?)))
            .collect();
        let ledger = filling.ledger(self);
        let Filling { wanted, place, width, .. } = filling;
        let has = |at: &&usize| place.contains(at);
        let order_by = self.order.iter().filter(has).map(|at| self.shown[*at].name.clone()).collect();
        let dataset = member.dataset.clone();
        MemberLayout { dataset, wanted, place, width, order_by, key, labels, evidence, ledger }
    }

    fn position(&self, name: &str) -> Option<usize> {
        self.shown.iter().position(|shown| shown.name == name)
    }
}

impl Shown {
    fn new(slot: &Slot, name: &str) -> Result<Self, Stop> {
        if slot.is_virtual(name) {
            return Ok(Self::virtual_column(slot, name));
        }
        let Some(at) = slot.column(name) else {
            return Err(Stop::plugin(format!(
                "the plugin asks for the column `{}` of slot `{}`, which its manifest does not name: it was not \
                 granted",
                name.escape_debug(),
                slot.ask.name
            )));
        };
        let ColumnAsk { kind, nullable, .. } = slot.ask.columns[at];
        Ok(Self { name: name.to_owned(), kind: slot.kinds[at], is_key: kind == Ask::Key, nullable })
    }

    /// Present where the members have the columns that make a promise.
    fn virtual_column(slot: &Slot, name: &str) -> Self {
        let kind_of = |column: &str| slot.column(column).and_then(|at| slot.kinds[at]);
        let kind = slot.ask.ledger.as_ref().and_then(|ledger| {
            let promised = kind_of(&ledger.promised)?;
            kind_of(&ledger.kept)?;
            Some(if name == MOVES { Kind::Integer } else { promised })
        });
        Self { name: name.to_owned(), kind, is_key: false, nullable: true }
    }
}

fn order_place(slot: &Slot, shown: &[Shown], name: &str) -> Result<Option<usize>, Stop> {
    let name_shown = name.escape_debug();
    let slot_name = &slot.ask.name;
    if slot.is_virtual(name) {
        return Err(Stop::plugin(format!(
            "the plugin wants the slot `{slot_name}` ordered by `{name_shown}`, which the host adds only after reading"
        )));
    }
    match shown.iter().position(|shown| shown.name == name) {
        Some(at) => Ok(shown[at].kind.map(|_| at)),
        None => Err(Stop::plugin(format!(
            "the plugin wants the slot `{slot_name}` ordered by `{name_shown}`, which is not among the columns that it opens"
        ))),
    }
}

/// Collects what is read from one dataset.
struct Filling<'a> {
    slot: &'a Slot,
    member: &'a Member,
    wanted: Vec<Wanted>,
    place: Vec<usize>,
    width: usize,
}

impl<'a> Filling<'a> {
    fn new(slot: &'a Slot, member: &'a Member, layout: &Layout) -> Self {
        let mut filling =
            Self { slot, member, wanted: Vec::new(), place: Vec::new(), width: layout.shown.len() };
        for (at, shown) in layout.shown.iter().enumerate() {
            let Some(kind) = shown.kind else { continue };
            if !slot.is_virtual(&shown.name) && filling.has(&shown.name) && !filling.reads(&shown.name) {
                filling.wanted.push(Wanted { name: shown.name.clone(), kind });
                filling.place.push(at);
            }
        }
        filling
    }

    fn has(&self, name: &str) -> bool {
        self.member.columns.iter().any(|field| field.name == name)
    }

    fn reads(&self, name: &str) -> bool {
        self.wanted.iter().any(|wanted| wanted.name == name)
    }

    /// Where a column lies that the host needs; read in its own kind, unless the manifest asks for another.
    fn place(&mut self, name: &str) -> Option<usize> {
        if let Some(at) = self.wanted.iter().position(|wanted| wanted.name == name) {
            return Some(self.place[at]);
        }
        let field = self.member.columns.iter().find(|field| field.name == name)?;
        let asked = self.slot.column(name).and_then(|at| self.slot.kinds[at]);
        let kind = asked.or(field.kind).unwrap_or(Kind::Text);
        self.wanted.push(Wanted { name: name.to_owned(), kind });
        self.place.push(self.width);
        self.width += 1;
        Some(self.width - 1)
    }

    /// `None` when this dataset lacks one of the columns: then its rows are no promises.
    fn ledger(&mut self, layout: &Layout) -> Option<LedgerPlaces> {
        let columns = self.slot.ask.ledger.clone()?;
        let needed = columns.key.iter().chain([&columns.promised, &columns.kept]);
        if !needed.into_iter().all(|name| self.has(name)) {
            return None;
        }
        Some(LedgerPlaces {
            key: columns.key.iter().filter_map(|name| self.place(name)).collect(),
            promised: self.place(&columns.promised)?,
            kept: self.place(&columns.kept)?,
            moved_by: columns.moved_by.as_ref().and_then(|name| self.place(name)),
            first_promised: layout.position(FIRST_PROMISED),
            moves: layout.position(MOVES),
        })
    }
}
