//! The manifest as bytes, made while the plugin compiles: what the daemon reads without running any code.
//!
//! Records of a `u32` (little-endian) length and a name, then a `u32` length and a body: `manifest` holds JSON, a record
//! `messages/<language>` a Fluent catalogue. The linker may join several sections, so each record bounds itself.

use crate::manifest::{API, Column, Ledger, Manifest, Param, Slot, Topic};

/// How many bytes the section of a manifest takes.
pub const fn length(manifest: &Manifest) -> usize {
    // A writer without room only counts.
    let mut counter = Writer { bytes: [], at: 0 };
    counter.section(manifest);
    counter.at
}

/// The section of a manifest; `N` is its [`length`].
pub const fn section<const N: usize>(manifest: &Manifest) -> [u8; N] {
    let mut writer = Writer { bytes: [0; N], at: 0 };
    writer.section(manifest);
    writer.bytes
}

/// A Rust name as the daemon writes it: `moved_by` is `moved-by`, `r#type` is `type`. `N` is its [`name_length`].
pub const fn name<const N: usize>(rust: &str) -> [u8; N] {
    let (from, bytes) = (rust.len() - N, rust.as_bytes());
    let mut name = [0; N];
    let mut at = 0;
    while at < N {
        name[at] = if bytes[from + at] == b'_' { b'-' } else { bytes[from + at] };
        at += 1;
    }
    name
}

/// How many bytes the daemon's name of a Rust name takes.
pub const fn name_length(rust: &str) -> usize {
    let bytes = rust.as_bytes();
    if bytes.len() > 2 && bytes[0] == b'r' && bytes[1] == b'#' { bytes.len() - 2 } else { bytes.len() }
}

struct Writer<const N: usize> {
    bytes: [u8; N],
    at: usize,
}

impl<const N: usize> Writer<N> {
    const fn section(&mut self, manifest: &Manifest) {
        self.size(b"manifest".len());
        self.raw(b"manifest");
        let mut body = Writer { bytes: [], at: 0 };
        body.manifest(manifest);
        self.size(body.at);
        self.manifest(manifest);
        let mut at = 0;
        while at < manifest.messages.len() {
            let (language, text) = manifest.messages[at];
            self.size(b"messages/".len() + language.len());
            self.raw(b"messages/");
            self.raw(language.as_bytes());
            self.size(text.len());
            self.raw(text.as_bytes());
            at += 1;
        }
    }

    const fn manifest(&mut self, manifest: &Manifest) {
        self.field(b"{", "id", manifest.id);
        self.field(b",", "version", manifest.version);
        self.field(b",", "api", API);
        self.field(b",", "about", manifest.about);
        self.raw(b",\"state-version\":");
        self.number(manifest.state_version);
        self.raw(b",\"slots\":[");
        let mut at = 0;
        while at < manifest.slots.len() {
            self.separate(at);
            self.slot(&manifest.slots[at]);
            at += 1;
        }
        self.raw(b"],\"params\":[");
        let mut at = 0;
        while at < manifest.params.len() {
            self.separate(at);
            self.param(&manifest.params[at]);
            at += 1;
        }
        self.raw(b"],\"topics\":[");
        let mut at = 0;
        while at < manifest.topics.len() {
            self.separate(at);
            self.topic(&manifest.topics[at]);
            at += 1;
        }
        self.raw(b"]}");
    }

    const fn slot(&mut self, slot: &Slot) {
        self.field(b"{", "name", slot.name);
        self.field(b",", "about", slot.about);
        self.flag("optional", slot.optional);
        self.flag("list", slot.list);
        self.raw(b",\"columns\":[");
        let mut at = 0;
        while at < slot.columns.len() {
            self.separate(at);
            self.column(&slot.columns[at]);
            at += 1;
        }
        self.raw(b"]");
        if let Some(ledger) = &slot.ledger {
            self.ledger(ledger);
        }
        self.raw(b"}");
    }

    const fn column(&mut self, column: &Column) {
        self.field(b"{", "name", column.name);
        self.field(b",", "kind", column.kind.name());
        self.field(b",", "about", column.about);
        self.flag("optional", column.optional);
        self.flag("nullable", column.nullable);
        self.raw(b"}");
    }

    const fn ledger(&mut self, ledger: &Ledger) {
        self.raw(b",\"ledger\":{\"key\":");
        self.list(ledger.key);
        self.field(b",", "promised", ledger.promised);
        self.field(b",", "kept", ledger.kept);
        if let Some(moved_by) = ledger.moved_by {
            self.field(b",", "moved-by", moved_by);
        }
        self.raw(b"}");
    }

    const fn param(&mut self, param: &Param) {
        self.field(b"{", "name", param.name);
        self.field(b",", "kind", param.kind.name());
        if let Some(default) = param.default {
            self.field(b",", "default", default);
        }
        self.field(b",", "about", param.about);
        self.raw(b"}");
    }

    const fn topic(&mut self, topic: &Topic) {
        self.field(b"{", "name", topic.name);
        self.field(b",", "about", topic.about);
        self.field(b",", "kind", topic.kind.name());
        self.raw(b",\"stages\":");
        self.list(topic.stages);
        self.raw(b"}");
    }

    const fn list(&mut self, texts: &[&str]) {
        self.raw(b"[");
        let mut at = 0;
        while at < texts.len() {
            self.separate(at);
            self.text(texts[at]);
            at += 1;
        }
        self.raw(b"]");
    }

    const fn separate(&mut self, at: usize) {
        if at > 0 {
            self.raw(b",");
        }
    }

    const fn field(&mut self, before: &[u8], name: &str, value: &str) {
        self.raw(before);
        self.text(name);
        self.raw(b":");
        self.text(value);
    }

    const fn flag(&mut self, name: &str, set: bool) {
        if set {
            self.raw(b",");
            self.text(name);
            self.raw(b":true");
        }
    }

    /// A JSON string; the space around documentation is left out.
    const fn text(&mut self, text: &str) {
        let bytes = text.as_bytes().trim_ascii();
        self.raw(b"\"");
        let mut at = 0;
        while at < bytes.len() {
            match bytes[at] {
                b'"' => self.raw(b"\\\""),
                b'\\' => self.raw(b"\\\\"),
                // A tab or a line break inside a documentation line means no more than a space.
                0..0x20 => self.raw(b" "),
                byte => self.raw(&[byte]),
            }
            at += 1;
        }
        self.raw(b"\"");
    }

    const fn number(&mut self, number: u32) {
        if number >= 10 {
            self.number(number / 10);
        }
        self.raw(&[b'0' + (number % 10) as u8]);
    }

    const fn size(&mut self, size: usize) {
        self.raw(&(size as u32).to_le_bytes());
    }

    const fn raw(&mut self, bytes: &[u8]) {
        if N > 0 {
            self.bytes.split_at_mut(self.at).1.split_at_mut(bytes.len()).0.copy_from_slice(bytes);
        }
        self.at += bytes.len();
    }
}

#[cfg(test)]
mod tests {
    use kaizend_core::rows::{self, LedgerColumns};

    use super::*;
    use crate::manifest::{Ask, ParamKind, TopicKind};

    const MANIFEST: Manifest = Manifest {
        id: "late",
        version: "1.2.3",
        about: " Says \"late\", with a \\ and a\ttab. ",
        state_version: 120,
        slots: &[Slot {
            name: "promises",
            about: "",
            optional: true,
            list: true,
            columns: &[
                Column { name: "id", about: "", kind: Ask::Key, optional: false, nullable: false },
                Column { name: "kept", about: "Кога", kind: Ask::When, optional: true, nullable: true },
            ],
            order: &[],
            ledger: Some(Ledger { key: &["id"], promised: "promised", kept: "kept", moved_by: None }),
        }],
        params: &[Param {
            name: "warn-before",
            about: "How long before.",
            kind: ParamKind::Span,
            default: Some("2 working days"),
        }],
        topics: &[Topic {
            name: "promise",
            about: "",
            kind: TopicKind::Both,
            stages: &["due-soon", "overdue"],
        }],
        messages: &[("en", "promise = Late"), ("bg", "promise = Късно")],
    };

    #[test]
    fn the_daemon_reads_what_the_macros_write() {
        static SECTION: [u8; length(&MANIFEST)] = section(&MANIFEST);
        let read = rows::Manifest::from_section(&SECTION).unwrap();
        assert_eq!(read.about, "Says \"late\", with a \\ and a tab.");
        assert_eq!((read.api.as_str(), read.state_version), (API, 120));
        assert_eq!(read.messages["bg"], "promise = Късно");
        assert_eq!(read.params[0].default.as_deref(), Some("2 working days"));
        assert_eq!(read.topics[0].stages, ["due-soon", "overdue"]);
        let slot = &read.slots[0];
        assert!(slot.optional && slot.list);
        assert_eq!((slot.columns[0].kind, slot.columns[0].optional), (rows::Ask::Key, false));
        assert_eq!((slot.columns[1].about.as_str(), slot.columns[1].nullable), ("Кога", true));
        let ledger = LedgerColumns {
            key: vec!["id".into()],
            promised: "promised".into(),
            kept: "kept".into(),
            moved_by: None,
        };
        assert_eq!(slot.ledger, Some(ledger));
    }

    #[test]
    fn the_words_are_those_of_the_daemon() {
        let asks = [
            (Ask::Text, rows::Ask::Text),
            (Ask::Integer, rows::Ask::Integer),
            (Ask::Real, rows::Ask::Real),
            (Ask::Boolean, rows::Ask::Boolean),
            (Ask::Date, rows::Ask::Date),
            (Ask::Instant, rows::Ask::Instant),
            (Ask::Money, rows::Ask::Money),
            (Ask::Key, rows::Ask::Key),
            (Ask::When, rows::Ask::When),
        ];
        for (here, there) in asks {
            assert_eq!(here.name(), there.name());
            assert_eq!(Ask::named(there.name()), Some(here));
        }
    }

    #[test]
    fn the_version_is_that_of_the_contract() {
        let contract = include_str!("../wit/check.wit");
        assert!(contract.contains(&format!("package kaizend:check@{API};")));
    }

    #[test]
    fn names_are_written_with_dashes() {
        assert_eq!(&name::<{ name_length("moved_by") }>("moved_by"), b"moved-by");
        assert_eq!(&name::<{ name_length("r#type") }>("r#type"), b"type");
    }
}
