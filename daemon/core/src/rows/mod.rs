//! Company data as plain values: column types, batches, schemas, a plugin's manifest, and reading faults.

mod batch;
mod canonical;
mod fault;
mod kind;
mod manifest;
mod order;
mod schema;

pub use batch::{Batch, Column, Texts, TextsBuilder, Values};
pub use canonical::Value;
pub use fault::{Fault, FaultClass};
pub use kind::{Ask, Kind};
pub use manifest::{
    ColumnAsk, LedgerColumns, MANIFEST_SECTION, Manifest, ManifestError, ParamAsk, ParamKind, SlotAsk, Topic,
    TopicKind,
};
pub use order::{compare_rows, first_disorder};
pub use schema::{Field, Schema};
