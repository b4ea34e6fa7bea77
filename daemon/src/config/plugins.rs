//! `[plugins.<name>]`: which file answers, and what its manifest says it needs.

use std::{
    fs,
    path::{Path, PathBuf},
};

use kaizend_core::rows::Manifest;
use sha2::{Digest, Sha256};

use super::{
    similar,
    table::{Section, Table},
    value::Value,
};

pub(super) const PLUGIN: Section = Section { name: "plugins.<name>", keys: &["file", "sha256"] };

/// The largest file that is read: far above any plugin, far below what would hurt.
const LARGEST: u64 = 64 << 20;

#[derive(Clone, Debug, PartialEq)]
pub struct Plugin {
    pub path: PathBuf,
    /// Of the file as it was read, in 64 hexadecimal digits; equal to the pin when there is one.
    pub sha256: String,
    pub pinned: bool,
    pub manifest: Manifest,
}

impl Plugin {
    pub(super) fn read(value: &Value<'_>) -> Option<Self> {
        let table = value.table(&PLUGIN)?;
        let pin = table.get("sha256").and_then(|value| pin(&value));
        let file = table.need("file")?;
        let path = find(&file, &table)?;
        let bytes = bytes(&file, &path)?;
        let sha256 = hex::encode(Sha256::digest(&bytes));
        if let (Some(pin), Some(value)) = (&pin, table.get("sha256"))
            && *pin != sha256
        {
            value.error(
                format!("`{}` is another file than the pinned one: its sha256 is {sha256}", path.display()),
                Some("put the pinned file back, or look at the new one and pin it".to_owned()),
            );
            return None;
        }
        let manifest = (file.reader.around.inspect)(&bytes)
            .map_err(|why| file.error(format!("`{}` cannot be used: {why}", path.display()), None))
            .ok()?;
        Some(Self { path, sha256, pinned: pin.is_some(), manifest })
    }
}

/// Beside the configuration; a bare file name also in `$KAIZEND_PLUGINS`, beside the programme, in the system.
fn find(file: &Value<'_>, table: &Table<'_>) -> Option<PathBuf> {
    let text = file.text()?;
    let here = table.folder().join(text);
    let bare = Path::new(text).components().count() == 1;
    let others = if bare { file.reader.around.plugin_folders() } else { Vec::new() };
    let looked: Vec<PathBuf> =
        [here].into_iter().chain(others.into_iter().map(|folder| folder.join(text))).collect();
    if let Some(found) = looked.iter().find(|path| path.is_file()) {
        return Some(found.clone());
    }
    let folders: Vec<_> = looked.iter().filter_map(|path| path.parent()).collect();
    let wanted = Path::new(text).file_name().and_then(|name| name.to_str()).unwrap_or(text);
    let names: Vec<String> = folders.iter().flat_map(|folder| plugins_in(folder)).collect();
    let hint = similar::nearest(wanted, names.iter().map(String::as_str)).map_or_else(
        || {
            let all: Vec<_> = folders.iter().map(|folder| format!("`{}`", folder.display())).collect();
            format!("looked in {}", all.join(", "))
        },
        |name| format!("did you mean `{}`?", Path::new(text).with_file_name(name).display()),
    );
    file.error(format!("there is no plugin file `{text}`"), Some(hint));
    None
}

fn plugins_in(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect()
}

fn bytes(file: &Value<'_>, path: &Path) -> Option<Vec<u8>> {
    let read = match fs::metadata(path) {
        Ok(about) if about.len() > LARGEST => {
            Err(format!("it has {} bytes, a plugin at most {LARGEST}", about.len()))
        }
        Ok(_) => fs::read(path).map_err(|error| error.to_string()),
        Err(error) => Err(error.to_string()),
    };
    read.map_err(|why| file.error(format!("cannot read `{}`: {why}", path.display()), None)).ok()
}

fn pin(value: &Value<'_>) -> Option<String> {
    let text = value.text()?;
    if text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Some(text.to_ascii_lowercase());
    }
    value.error(
        "`sha256` is 64 hexadecimal digits",
        Some("`kaizend plugin inspect FILE` prints them".to_owned()),
    );
    None
}
