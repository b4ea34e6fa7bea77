//! What the contract's text becomes in Rust: generated at build time from the SDK's own file, so that the two
//! sides cannot drift apart.
//!
//! Only functions that may wait are async; all others are plain calls.

wasmtime::component::bindgen!({
    path: "../../plugin-sdk/wit",
    world: "check",
    imports: {
        "kaizend:check/rows.[method]cursor.next": async | trappable,
        "kaizend:check/report.emit": async | trappable,
        "kaizend:check/report.fine": async | trappable,
        "kaizend:check/report.attribute": async | trappable,
        default: trappable,
    },
    exports: { default: async },
    with: {
        "kaizend:check/rows.batch": crate::guest::Page,
        "kaizend:check/rows.cursor": crate::guest::Cursor,
        "kaizend:check/report.finding": crate::guest::Draft,
    },
});
