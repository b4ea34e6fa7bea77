//! `params!`: what the operator may set, as a struct with defaults.

use crate::host::run;
use crate::manifest::{self, ParamKind};
use crate::{Error, Result, Span};

/// A set of parameters made by [`params!`](crate::params!); `()` for a check without any.
pub trait Params: Sized {
    /// What was declared.
    const PARAMS: &'static [manifest::Param];

    #[doc(hidden)]
    fn read() -> Result<Self>;
}

impl Params for () {
    const PARAMS: &'static [manifest::Param] = &[];

    fn read() -> Result {
        Ok(())
    }
}

/// A type that a parameter can have.
pub trait Value: Sized {
    /// The form in configuration.
    const KIND: ParamKind;

    #[doc(hidden)]
    fn parse(text: &str) -> Option<Self>;
}

macro_rules! value {
    ($type:ty, $kind:ident, $parse:expr) => {
        impl Value for $type {
            const KIND: ParamKind = ParamKind::$kind;

            fn parse(text: &str) -> Option<Self> {
                ($parse)(text)
            }
        }
    };
}

value!(String, Text, |text: &str| Some(text.to_owned()));
value!(i64, Integer, |text: &str| text.parse().ok());
value!(f64, Real, |text: &str| text.parse().ok().filter(|number: &f64| number.is_finite()));
value!(bool, Boolean, |text: &str| text.parse().ok());
value!(Span, Span, |text: &str| Self::parse(text).ok());

#[doc(hidden)]
pub fn read<V: Value>(declared: &manifest::Param) -> Result<V> {
    let text = run::param(declared.name).or_else(|| declared.default.map(str::to_owned));
    let text = text.ok_or_else(|| {
        Error::new(format_args!("the parameter `{}` is not set, and it has no default", declared.name))
    })?;
    V::parse(&text).ok_or_else(|| {
        let (name, kind) = (declared.name, V::KIND.name());
        Error::new(format_args!("the parameter `{name}` is `{text}`, which is not of the form {kind}"))
    })
}

/// Declares the parameters of a check.
///
/// ```
/// use kaizend_sdk::prelude::*;
///
/// params! {
///     /// What the operator may set.
///     pub struct Params {
///         /// How long before its date a promise counts as due soon.
///         warn_before: Span = "2 working days",
///         /// The least worth that is told, in the company's currency.
///         least: i64 = "0",
///     }
/// }
/// ```
///
/// Types: `String`, `i64`, `f64`, `bool`, [`Span`]. The default is written as in configuration; without one
/// the operator must set the parameter. A parameter's name is the field's with dashes: `warn-before`.
#[macro_export]
macro_rules! params {
    (
        $(#[doc = $about:literal])*
        $vis:vis struct $params:ident {
            $( $(#[doc = $doc:literal])* $field:ident: $type:ty $(= $default:literal)? ),+ $(,)?
        }
    ) => {
        $(#[doc = $about])*
        #[derive(Clone, Debug)]
        $vis struct $params {
            $( $(#[doc = $doc])* $vis $field: $type, )+
        }

        impl $crate::Params for $params {
            const PARAMS: &'static [$crate::manifest::Param] = &[$(
                $crate::manifest::Param {
                    name: $crate::__name!($field),
                    about: concat!($($doc),*),
                    kind: <$type as $crate::Value>::KIND,
                    default: { let default: &[&'static str] = &[$($default)?]; default.first().copied() },
                },
            )+];

            fn read() -> $crate::Result<Self> {
                let mut declared = Self::PARAMS.iter();
                let mut next = || declared.next().expect("each field was declared");
                Ok(Self { $( $field: $crate::__read_param(next())?, )+ })
            }
        }
    };
}
