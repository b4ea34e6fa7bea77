//! `plugin!`: a check as a plugin — its manifest, its messages, and the one function the daemon calls.

use crate::manifest::Manifest;
use crate::params::Params;
use crate::{Result, Run};

/// A plugin: what it declares, and its check. Natively, tests and benchmarks run it through [`crate::testing`].
#[derive(Clone, Copy, Debug)]
pub struct Plugin {
    /// What it declares.
    pub manifest: &'static Manifest,
    /// The whole check, with its parameters read.
    pub check: fn() -> Result,
}

#[doc(hidden)]
pub fn run<P: Params>(check: fn(&Run, &P) -> Result) -> Result {
    check(&Run::begin(), &P::read()?)
}

/// Called by the export that `plugin!` makes.
#[cfg(target_arch = "wasm32")]
#[doc(hidden)]
pub fn enter(plugin: Plugin) -> Result<(), String> {
    crate::log::install_hook();
    (plugin.check)().map_err(|error| error.to_string())
}

/// Makes the plugin of a package. Its name and version are the package's; `messages` are languages, each with a file
/// `messages/<language>.ftl` beside `Cargo.toml`.
///
/// ```ignore
/// plugin! {
///     about: "Promises that are due soon, overdue, or were kept late.",
///     slots: [Promise],
///     params: Params,
///     topics: [PROMISE],
///     messages: ["en", "bg"],
///     check: check,
/// }
///
/// fn check(run: &Run, params: &Params) -> Result {
///     run.read::<Promise>()?.each(|promise| Ok(()))
/// }
/// ```
///
/// `state_version: 2,` after `about` sets the version of what the check keeps between runs (1 unless said): the daemon
/// gives a plugin no state that was written under another number.
#[macro_export]
macro_rules! plugin {
    (
        about: $about:literal,
        $(state_version: $state_version:literal,)?
        slots: [$($slot:ident),* $(,)?],
        params: $params:ty,
        topics: [$($topic:expr),* $(,)?],
        messages: [$($language:literal),* $(,)?],
        check: $check:expr $(,)?
    ) => {
        const MANIFEST: $crate::manifest::Manifest = $crate::manifest::Manifest {
            id: env!("CARGO_PKG_NAME"),
            version: env!("CARGO_PKG_VERSION"),
            about: $about,
            state_version: { let version: &[u32] = &[$($state_version,)? 1]; version[0] },
            slots: &[$(<$slot<'static> as $crate::Row>::SLOT),*],
            params: <$params as $crate::Params>::PARAMS,
            topics: &[$($topic),*],
            messages: &[$((
                $language,
                include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/messages/", $language, ".ftl")),
            )),*],
        };

        /// This plugin.
        pub fn plugin() -> $crate::Plugin {
            $crate::Plugin { manifest: &MANIFEST, check: || $crate::__run::<$params>($check) }
        }

        $crate::__export!();
    };
}

/// What only a sandbox needs: the manifest's section, and the function that the daemon calls.
#[cfg(target_arch = "wasm32")]
#[doc(hidden)]
#[macro_export]
macro_rules! __export {
    () => {
        const _: () = {
            #[used]
            #[unsafe(link_section = "kaizend")]
            static SECTION: [u8; $crate::section::length(&MANIFEST)] = $crate::section::section(&MANIFEST);

            struct Check;

            impl $crate::bindings::Guest for Check {
                fn check() -> Result<(), String> {
                    $crate::enter(plugin())
                }
            }

    $crate::bindings::export!(Check with_types_in $crate::bindings);
        };
    };
}

#[cfg(not(target_arch = "wasm32"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __export {
    () => {};
}

/// Makes the test that runs all fixtures of a plugin (`fixtures/*.toml`) and checks its messages.
#[macro_export]
macro_rules! test_fixtures {
    () => {
        #[cfg(test)]
        #[test]
        fn fixtures() {
            let folder = ::std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
            $crate::testing::check_all(plugin(), &folder);
        }
    };
}
