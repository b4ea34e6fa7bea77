//! Secrets stand elsewhere; a configuration only says where: `{ credential = "…" }` (systemd's
//! `LoadCredential=`), `{ file = "…" }` or `{ env = "…" }`. A secret that is not there is a problem at once, not
//! at the first mail.

use std::{fs, path::Path};

use kaizend_mail::Secret;

use super::{table::Section, value::Value};

pub(super) const REFERENCE: Section = Section { name: "secrets", keys: &["credential", "file", "env"] };

/// No password is longer; a larger file is another file.
const LONGEST: u64 = 64 << 10;

/// Follows a reference to its secret.
pub(super) fn read(value: &Value<'_>) -> Option<Secret> {
    if value.inner.get_ref().is_str() {
        value.error(
            format!("`{}` must not stand in the configuration itself", value.name()),
            Some("say where it is: { credential = \"…\" }, { file = \"…\" } or { env = \"…\" }".to_owned()),
        );
        return None;
    }
    text(value).map(Secret::new)
}

/// Follows a reference to its text.
pub(super) fn text(value: &Value<'_>) -> Option<String> {
    let table = value.table(&REFERENCE)?;
    let places = [table.get("credential"), table.get("file"), table.get("env")];
    let mut named = places.iter().flatten();
    match (named.next(), named.next()) {
        (Some(reference), None) => follow(reference),
        _ => {
            table.error(
                format!("`{}` must name one place", value.name()),
                Some("exactly one of `credential`, `file` and `env`".to_owned()),
            );
            None
        }
    }
}

fn follow(reference: &Value<'_>) -> Option<String> {
    let text = match reference.name() {
        "credential" => credential(reference)?,
        "file" => {
            let path = reference.path()?;
            from_file(reference, &path)?
        }
        _ => {
            let name = reference.text()?;
            let Some(text) = reference.reader.around.variable(name) else {
                let hint = "set it in the unit's Environment= or in the shell that starts kaizend";
                reference.error(format!("the variable `{name}` is not set"), Some(hint.to_owned()));
                return None;
            };
            text.to_owned()
        }
    };
    let text = text.trim_end_matches(['\r', '\n']);
    if text.is_empty() {
        reference.error("the secret is empty", None);
        return None;
    }
    Some(text.to_owned())
}

fn credential(reference: &Value<'_>) -> Option<String> {
    let name = reference.text()?;
    if name.contains('/') || name.starts_with('.') {
        reference.error(
            format!("`{name}` is not the name of a credential"),
            Some("for a path, write { file = \"…\" }".to_owned()),
        );
        return None;
    }
    let Some(folder) = reference.reader.around.variable("CREDENTIALS_DIRECTORY") else {
        reference.error(
            format!("the credential `{name}` is not here: $CREDENTIALS_DIRECTORY is not set"),
            Some(format!(
                "the service gets it by LoadCredential={name}:…; in a shell, set CREDENTIALS_DIRECTORY to the \
                 folder that holds the file `{name}`"
            )),
        );
        return None;
    };
    from_file(reference, &Path::new(folder).join(name))
}

fn from_file(reference: &Value<'_>, path: &Path) -> Option<String> {
    let shown = path.display();
    let text = match fs::metadata(path) {
        Ok(about) if about.len() > LONGEST => Err(format!("it has more than {LONGEST} bytes")),
        Ok(_) => fs::read_to_string(path).map_err(|error| error.to_string()),
        Err(error) => Err(error.to_string()),
    };
    text.map_err(|why| reference.error(format!("cannot read the secret `{shown}`: {why}"), None)).ok()
}
