//! Plugins written in WebAssembly's text form, so that each does exactly one thing, also what no compiler makes.
//!
//! Two notations stand for constants in memory: `«orders»` for a text (its address and length), `‹id|what›` for
//! a list of texts (the list's address and length).

use std::fmt::Write;

use serde_json::{Value, json};
use wit_component::StringEncoding;

/// Where the constants lie; below it, functions leave their results.
const CONSTANTS: usize = 1024;

const PRELUDE: &str = r#"
(import "kaizend:check/rows@0.1.0" "open" (func $open (param i32 i32 i32 i32 i32 i32 i32)))
(import "kaizend:check/rows@0.1.0" "[method]cursor.next" (func $next (param i32 i32)))
(import "kaizend:check/rows@0.1.0" "[method]cursor.kinds" (func $kinds (param i32 i32)))
(import "kaizend:check/rows@0.1.0" "[resource-drop]cursor" (func $drop_cursor (param i32)))
(import "kaizend:check/rows@0.1.0" "[method]batch.len" (func $len (param i32) (result i32)))
(import "kaizend:check/rows@0.1.0" "[method]batch.member" (func $member (param i32) (result i32)))
(import "kaizend:check/rows@0.1.0" "[method]batch.nulls" (func $nulls (param i32 i32 i32)))
(import "kaizend:check/rows@0.1.0" "[method]batch.texts" (func $texts (param i32 i32 i32)))
(import "kaizend:check/rows@0.1.0" "[method]batch.integers" (func $integers (param i32 i32 i32)))
(import "kaizend:check/rows@0.1.0" "[method]batch.dates" (func $dates (param i32 i32 i32)))
(import "kaizend:check/rows@0.1.0" "[resource-drop]batch" (func $drop_batch (param i32)))
(import "kaizend:check/report@0.1.0" "[constructor]finding" (func $finding (param i32 i32 i32 i32) (result i32)))
(import "kaizend:check/report@0.1.0" "[method]finding.stage" (func $stage (param i32 i32 i32)))
(import "kaizend:check/report@0.1.0" "[method]finding.happened" (func $happened (param i32 i64)))
(import "kaizend:check/report@0.1.0" "[method]finding.about" (func $about (param i32 i32 i32 i32 i32)))
(import "kaizend:check/report@0.1.0" "[method]finding.text" (func $text (param i32 i32 i32 i32 i32)))
(import "kaizend:check/report@0.1.0" "[method]finding.integer" (func $integer (param i32 i32 i32 i64)))
(import "kaizend:check/report@0.1.0" "[method]finding.row" (func $row (param i32 i32 i32)))
(import "kaizend:check/report@0.1.0" "emit" (func $emit (param i32 i32)))
(import "kaizend:check/report@0.1.0" "fine" (func $fine (param i32 i32 i32 i32 i32)))
(import "kaizend:check/report@0.1.0" "measure" (func $measure (param i32 i32 i32 i32 i32 i64 i64 i32)))
(import "kaizend:check/report@0.1.0" "log" (func $log (param i32 i32 i32)))
(import "kaizend:check/report@0.1.0" "panicked" (func $panicked (param i32 i32 i32 i32 i32 i32)))
(import "kaizend:check/calendar@0.1.0" "add-working-days" (func $add_working_days (param i32 i32) (result i32)))
(import "kaizend:check/run@0.1.0" "now" (func $now (result i64)))
(import "kaizend:check/run@0.1.0" "today" (func $today (result i32)))
(import "kaizend:check/run@0.1.0" "param" (func $param (param i32 i32 i32)))
(import "kaizend:check/run@0.1.0" "state-get" (func $state_get (param i32 i32 i32)))
(import "kaizend:check/run@0.1.0" "state-set" (func $state_set (param i32 i32 i32 i32 i32 i32)))
(memory (export "memory") 2)
(global $heap (mut i32) (i32.const 65536))
;; The host's lists land here; each check forgets them after a batch.
(func (export "cabi_realloc") (param i32 i32 i32) (param $size i32) (result i32) (local $at i32)
  (local.set $at (i32.and (i32.add (global.get $heap) (i32.const 7)) (i32.const -8)))
  (global.set $heap (i32.add (local.get $at) (local.get $size)))
  (block $fits (loop $more
    (br_if $fits (i32.le_u (global.get $heap) (i32.mul (memory.size) (i32.const 65536))))
    (br_if $more (i32.ne (memory.grow (i32.const 16)) (i32.const -1)))
    unreachable))
  (local.get $at))
;; The key of row $i, from the texts that $texts left at 256, as a list of one text at 512.
(func $key_of (param $i i32) (result i32 i32) (local $offset i32)
  (local.set $offset (i32.add (i32.load (i32.const 256)) (i32.mul (local.get $i) (i32.const 4))))
  (i32.store (i32.const 512) (i32.add (i32.load (i32.const 264)) (i32.load (local.get $offset))))
  (i32.store (i32.const 516) (i32.sub (i32.load offset=4 (local.get $offset)) (i32.load (local.get $offset))))
  (i32.const 512) (i32.const 1))
(func (export "check") (result i32)
  (i32.store (i32.const 0) (i32.const 0))
  (call $body)
  (i32.const 0))
"#;

/// A plugin: a component with a manifest of one topic, `thing`, and what `change` makes of it.
pub(crate) fn plugin(body: &str, change: impl FnOnce(&mut Value)) -> Vec<u8> {
    kaizend_host::componentize(&core_module(body, change)).expect("the module fits the contract")
}

/// The plugin before it becomes a component.
pub(crate) fn core_module(body: &str, change: impl FnOnce(&mut Value)) -> Vec<u8> {
    let mut manifest = json!({
        "id": "guest", "version": "1.0.0", "api": "0.1.0", "about": "A test.", "slots": [],
        "topics": [{"name": "thing", "kind": "condition"}],
    });
    change(&mut manifest);
    let section =
        [record("manifest", &manifest.to_string()), record("messages/en", "thing = Thing")].concat();
    module(body, Some(&section))
}

/// A core module with the contract's types, and the manifest's section if there is one.
pub(crate) fn module(body: &str, section: Option<&[u8]>) -> Vec<u8> {
    let mut constants = Constants::default();
    let body = constants.replace(body);
    let text =
        format!("(module {PRELUDE} {body} (data (i32.const {CONSTANTS}) \"{}\"))", constants.escaped());
    let mut module = wat::parse_str(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    if let Some(section) = section {
        append_section(&mut module, section);
    }
    let mut resolve = wit_parser::Resolve::default();
    let wit = concat!(env!("CARGO_MANIFEST_DIR"), "/../../plugin-sdk/wit");
    let (package, _) = resolve.push_path(wit).unwrap();
    let world = resolve.select_world(&[package], Some("check")).unwrap();
    wit_component::embed_component_metadata(&mut module, &resolve, world, StringEncoding::UTF8).unwrap();
    module
}

/// A slot of the manifest: columns as `name kind flags…`.
pub(crate) fn slot(name: &str, columns: &[&str]) -> Value {
    let columns: Vec<Value> = columns
        .iter()
        .map(|column| {
            let words: Vec<&str> = column.split(' ').collect();
            let is = |flag: &str| words[2..].contains(&flag);
            json!({"name": words[0], "kind": words[1], "optional": is("optional"), "nullable": is("nullable")})
        })
        .collect();
    json!({"name": name, "columns": columns})
}

/// A body that reads a slot to its end, doing `each` with the batch `$b` of length `$n` (`$i` is free to use).
pub(crate) fn reading(slot: &str, columns: &str, order: &str, each: &str) -> String {
    format!(
        "(func $body (local $c i32) (local $b i32) (local $n i32) (local $i i32) (local $f i32)
          (call $open «{slot}» ‹{columns}› ‹{order}› (i32.const 64))
          (local.set $c (i32.load (i32.const 68)))
          (block $end (loop $batches
            (call $next (local.get $c) (i32.const 64))
            (br_if $end (i32.eqz (i32.load8_u (i32.const 68))))
            (local.set $b (i32.load (i32.const 72)))
            (local.set $n (call $len (local.get $b)))
            {each}
            (call $drop_batch (local.get $b))
            (global.set $heap (i32.const 65536))
            (br $batches)))
          (call $drop_cursor (local.get $c)))"
    )
}

/// For `reading`: a finding for each row, whose key is the row's text in column 0; `more` writes into `$f`.
pub(crate) fn finding_for_each_row(more: &str) -> String {
    format!(
        "(call $texts (local.get $b) (i32.const 0) (i32.const 256))
         (local.set $i (i32.const 0))
         (block $done (loop $rows
           (br_if $done (i32.ge_u (local.get $i) (local.get $n)))
           (local.set $f (call $finding «thing» (call $key_of (local.get $i))))
           {more}
           (call $emit (local.get $f) (i32.const 128))
           (local.set $i (i32.add (local.get $i) (i32.const 1)))
           (br $rows)))"
    )
}

fn record(name: &str, body: &str) -> Vec<u8> {
    [name, body]
        .iter()
        .flat_map(|part| [&(part.len() as u32).to_le_bytes(), part.as_bytes()].concat())
        .collect()
}

fn append_section(module: &mut Vec<u8>, section: &[u8]) {
    let name = kaizend_core::rows::MANIFEST_SECTION;
    let content = [&[name.len() as u8], name.as_bytes(), section].concat();
    module.push(0);
    let mut length = content.len();
    while length >= 0x80 {
        module.push((length & 0x7f) as u8 | 0x80);
        length >>= 7;
    }
    module.push(length as u8);
    module.extend(content);
}

#[derive(Default)]
struct Constants(Vec<u8>);

impl Constants {
    fn replace(&mut self, text: &str) -> String {
        let mut rest = text;
        let mut out = String::new();
        while let Some(at) = rest.find(['«', '‹']) {
            out.push_str(&rest[..at]);
            let is_list = rest[at..].starts_with('‹');
            let open = if is_list { '‹' } else { '«' }.len_utf8();
            let close = rest[at..].find(['»', '›']).expect("each mark is closed") + at;
            let inside = &rest[at + open..close];
            let (address, count) =
                if is_list { self.list(inside) } else { (self.place(inside.as_bytes()), inside.len()) };
            write!(out, "(i32.const {address}) (i32.const {count})").unwrap();
            rest = rest[close..].trim_start_matches(['»', '›']);
        }
        out + rest
    }

    fn list(&mut self, inside: &str) -> (usize, usize) {
        let texts: Vec<&str> = inside.split('|').filter(|text| !text.is_empty()).collect();
        let entries: Vec<u8> = texts
            .iter()
            .flat_map(|text| [self.place(text.as_bytes()) as u32, text.len() as u32])
            .flat_map(u32::to_le_bytes)
            .collect();
        (self.place(&entries), texts.len())
    }

    fn place(&mut self, bytes: &[u8]) -> usize {
        self.0.resize(self.0.len().next_multiple_of(4), 0);
        self.0.extend(bytes);
        CONSTANTS + self.0.len() - bytes.len()
    }

    fn escaped(&self) -> String {
        self.0.iter().fold(String::new(), |mut out, byte| {
            write!(out, "\\{byte:02x}").unwrap();
            out
        })
    }
}
