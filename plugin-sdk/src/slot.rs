//! `slot!`: a row as a struct. Written once, it is what the plugin may read, what it asks the operator for, and what
//! the daemon compares with the company's columns before a run.

use std::fmt;

use crate::Result;
use crate::column::{Fetched, Kind, Loading};
use crate::host::rows::Batch;
use crate::manifest;

/// A row type made by [`slot!`](crate::slot!).
pub trait Row {
    /// What was declared.
    const SLOT: manifest::Slot;
    /// The columns of one batch, fetched.
    type Columns: fmt::Debug;
    /// A row that borrows from its batch.
    type View<'a>: Copy + fmt::Debug + AsRow<'a>;

    #[doc(hidden)]
    fn fetch(fetch: &mut Fetch<'_>) -> Result<Self::Columns>;
    #[doc(hidden)]
    fn view<'a>(columns: &'a Self::Columns, at: At<'a>) -> Self::View<'a>;
}

/// A row that knows where it stands, so that a finding can point to it.
pub trait AsRow<'a> {
    #[doc(hidden)]
    fn at(&self) -> At<'a>;

    /// Which of a slot's datasets it comes from, where several are bound (see [`Run::members`](crate::Run::members)).
    fn member(&self) -> usize {
        self.at().member as usize
    }
}

/// The place of a row.
#[derive(Clone, Copy)]
pub struct At<'a> {
    pub(crate) batch: &'a Batch,
    pub(crate) row: u32,
    pub(crate) member: u32,
}

impl At<'_> {
    #[doc(hidden)]
    pub fn row(self) -> usize {
        self.row as usize
    }
}

impl fmt::Debug for At<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "row {} of its batch", self.row)
    }
}

/// Fetches the columns of a batch, one behind the other.
#[derive(Debug)]
pub struct Fetch<'a> {
    pub(crate) slot: &'static manifest::Slot,
    pub(crate) batch: &'a Batch,
    pub(crate) kinds: &'a [String],
    pub(crate) next: usize,
}

impl Fetch<'_> {
    #[doc(hidden)]
    pub fn column<K: Kind>(&mut self) -> Result<Fetched<K>> {
        let at = self.next;
        self.next += 1;
        let kind = self.kinds.get(at).map_or("missing", String::as_str);
        let column = &self.slot.columns[at];
        let fetched = if kind == "absent" && !column.optional {
            Err("the dataset does not have it, and the plugin cannot do without")
        } else {
            Fetched::fetch(&Loading { batch: self.batch, column: at as u32, kind })
        };
        fetched.map_err(|why| {
            format!("the column `{}` of slot `{}` cannot be read: {why}", column.name, self.slot.name).into()
        })
    }
}

/// Declares a slot and the struct of its rows.
///
/// ```
/// use kaizend_sdk::prelude::*;
///
/// slot! {
///     /// Promises to clients, one row each.
///     pub struct Promise: "promises" {
///         /// The promise's own number.
///         id: Key,
///         /// The client it was given to.
///         client: optional Key,
///         /// When it is to be kept.
///         promised: nullable When,
///         /// When it was kept; empty while it is open.
///         kept: nullable When,
///     }
///     order by promised, id;
///     ledger { key: [id], promised: promised, kept: kept }
/// }
/// ```
///
/// Kinds: `Key` and `Text` (`&str` in the row), `Integer` (`i64`), `Real` (`f64`), `Boolean` (`bool`), `Date`,
/// `Instant`, `When`, `Money`. `nullable` columns must be there, but may hold nulls; `optional` columns may be missing
/// altogether; both are an `Option` in the row. A column's name is the field's with dashes: `moved_by` is `moved-by`.
///
/// Before the slot's name, `optional` says that the operator may leave it unbound, and `list` that several datasets
/// may be bound. `order by` (columns of this slot) is the order in which the rows come, guaranteed by the daemon:
/// texts by bytes, everything else by value, nulls last. `ledger` says that the rows are promises, which the daemon
/// then records; the columns `first_promised: optional When` and `moves: optional Integer` come from its record.
#[macro_export]
macro_rules! slot {
    (
        $(#[doc = $about:literal])*
        $vis:vis struct $row:ident: $($flag:ident)* $slot:literal {
            $( $(#[doc = $doc:literal])* $field:ident: $($kind:ident)+ ),+ $(,)?
        }
        $( order by $($order:ident),+ ; )?
        $( ledger { key: [$($key:ident),+], promised: $promised:ident, kept: $kept:ident $(, moved_by: $moved_by:ident)? $(,)? } )?
    ) => {
        $(#[doc = $about])*
        #[derive(Clone, Copy, Debug)]
        $vis struct $row<'a> {
            $( $(#[doc = $doc])* $vis $field: $crate::__kind!(view 'a, $($kind)+), )+
            #[doc(hidden)]
            $vis __at: $crate::At<'a>,
        }

        const _: () = {
            #[derive(Debug)]
            pub struct Columns {
                $( $field: $crate::__kind!(fetched $($kind)+), )+
            }

            impl $crate::Row for $row<'_> {
                const SLOT: $crate::manifest::Slot = $crate::manifest::Slot {
                    name: $slot,
                    about: concat!($($about),*),
                    optional: $crate::__flag!(optional $($flag)*),
                    list: $crate::__flag!(list $($flag)*),
                    columns: &[$(
                        $crate::manifest::Column {
                            name: $crate::__name!($field),
                            about: concat!($($doc),*),
                            kind: $crate::__kind!(ask $($kind)+),
                            optional: $crate::__kind!(optional $($kind)+),
                            nullable: $crate::__kind!(nullable $($kind)+),
                        },
                    )+],
                    order: &[$( $($crate::__name!($order)),+ )?],
                    ledger: $crate::__ledger!(
                        $( [$($crate::__name!($key)),+] $crate::__name!($promised), $crate::__name!($kept), $($crate::__name!($moved_by))? )?
                    ),
                };
                type Columns = Columns;
                type View<'a> = $row<'a>;

                fn fetch(fetch: &mut $crate::Fetch<'_>) -> $crate::Result<Columns> {
                    Ok(Columns { $( $field: fetch.column()?, )+ })
                }

                #[inline(always)]
                fn view<'a>(columns: &'a Columns, at: $crate::At<'a>) -> $row<'a> {
                    let row = at.row();
                    $row { $( $field: $crate::__kind!(get $($kind)+, columns.$field, row), )+ __at: at }
                }
            }

            impl<'a> $crate::AsRow<'a> for $row<'a> {
                #[inline(always)]
                fn at(&self) -> $crate::At<'a> {
                    self.__at
                }
            }

            // A misspelt column in `order by` or `ledger` is an error here.
            fn _named_columns_exist(row: &$row<'_>) {
                $( $( let _ = &row.$order; )+ )?
                $( $( let _ = &row.$key; )+ let _ = (&row.$promised, &row.$kept); $( let _ = &row.$moved_by; )? )?
            }
        };
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __kind {
    (view $a:lifetime, nullable $kind:ident) => { Option<<$crate::kind::$kind as $crate::Kind>::View<$a>> };
    (view $a:lifetime, optional $kind:ident) => { Option<<$crate::kind::$kind as $crate::Kind>::View<$a>> };
    (view $a:lifetime, $kind:ident) => { <$crate::kind::$kind as $crate::Kind>::View<$a> };
    (fetched $kind:ident) => { $crate::Fetched<$crate::kind::$kind> };
    (fetched $modifier:ident $kind:ident) => { $crate::Fetched<$crate::kind::$kind> };
    (ask $kind:ident) => { <$crate::kind::$kind as $crate::Kind>::ASK };
    (ask $modifier:ident $kind:ident) => { <$crate::kind::$kind as $crate::Kind>::ASK };
    (optional optional $kind:ident) => { true };
    (optional nullable $kind:ident) => { false };
    (optional $kind:ident) => { false };
    (nullable $kind:ident) => { false };
    (nullable $modifier:ident $kind:ident) => { true };
    (get nullable $kind:ident, $columns:expr, $row:ident) => { $columns.nullable($row) };
    (get optional $kind:ident, $columns:expr, $row:ident) => { $columns.nullable($row) };
    (get $kind:ident, $columns:expr, $row:ident) => { $columns.value($row) };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __flag {
    (optional optional $($rest:ident)*) => { true };
    (list list $($rest:ident)*) => { true };
    (optional list $($rest:ident)*) => { $crate::__flag!(optional $($rest)*) };
    (list optional $($rest:ident)*) => { $crate::__flag!(list $($rest)*) };
    ($flag:ident) => { false };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __ledger {
    () => { None };
    ([$($key:expr),+] $promised:expr, $kept:expr, $($moved_by:expr)?) => {
        Some($crate::manifest::Ledger {
            key: &[$($key),+],
            promised: $promised,
            kept: $kept,
            moved_by: { let moved_by: &[&'static str] = &[$($moved_by)?]; moved_by.first().copied() },
        })
    };
}

/// A Rust name as the daemon writes it, as a constant.
#[doc(hidden)]
#[macro_export]
macro_rules! __name {
    ($name:ident) => {{
        const NAME: [u8; $crate::section::name_length(stringify!($name))] =
            $crate::section::name(stringify!($name));
        match ::core::str::from_utf8(&NAME) {
            Ok(name) => name,
            Err(_) => panic!("a Rust name is UTF-8"),
        }
    }};
}
