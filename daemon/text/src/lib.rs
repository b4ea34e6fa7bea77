//! Message ids, arguments and a language become words.
//!
//! Mail, web and command line say the same words, because they all come from here: [`Words`] finds a message
//! in the catalogues of the daemon, of a plugin or of the operator, [`Letter`] lays a mail out for one
//! reader, and [`Words::finding_line`] is the same finding in one line. Nothing here reads a clock or a file.

mod argument;
mod brand;
mod catalogue;
mod clean;
mod finding_words;
mod letter;
mod life_sign;
mod link;
mod local;
mod not_taken;
mod page;
mod page_baseline;
mod page_held;
mod page_item;
mod page_look;
mod page_not_taken;
mod page_people;
mod page_sign;
mod page_trouble;
mod plain;
mod reason;
mod rendered;
mod sample;
mod screen;
mod specimen;
mod stationery;
mod voice;
mod words;

pub use brand::Brand;
pub use catalogue::CatalogueFault;
pub use clean::{clean_line, clean_text};
pub use finding_words::Names;
pub use letter::{Actions, AsOf, Climbs, InCompany, Item, Letter, Link, Recipient, Sum, Trouble};
pub use life_sign::{AuditSeal, LifeSign, NextLook};
pub use not_taken::{NotTaken, NotTakenBecause};
pub use rendered::{RenderError, Rendered};
pub use sample::{SAMPLE_PLUGIN, Samples};
pub use screen::{
    Asked, ItemShown, Lack, Listed, Moments, Offer, Recorded, Said, SaidStanding, Screen, Shows,
};
pub use specimen::{NoSpecimen, Specimen};
pub use stationery::{Stationery, StationeryFault};
pub use voice::Voice;
pub use words::{Missing, MissingBecause, Scope, Sentence, Words, WordsBuilder};
