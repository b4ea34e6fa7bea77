//! An OAuth2 token, from a program or a file of the operator's. It is never logged, nor is what the program says beside
//! it, which may hold it.

use std::{process::Stdio, time::Duration};

use tokio::{fs, process::Command, time::timeout};

use crate::{Secret, TokenFrom};

/// A program that asks a server for a new token has as long as this.
const PATIENCE: Duration = Duration::from_secs(60);

/// No token is longer; what is longer is something else.
const LONGEST: usize = 64 << 10;

/// Reads it, or says why there is none.
pub(super) async fn read(from: &TokenFrom) -> Result<Secret, String> {
    let (bytes, place) = match from {
        TokenFrom::File(path) => {
            let place = path.display().to_string();
            (
                fs::read(path)
                    .await
                    .map_err(|why| format!("the token cannot be read from {place}: {why}"))?,
                place,
            )
        }
        TokenFrom::Command(command) => (printed(command).await?, command.join(" ")),
    };
    let text = String::from_utf8_lossy(&bytes);
    let token = text.lines().rev().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    let is_one_word = !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic());
    if is_one_word && bytes.len() <= LONGEST {
        return Ok(Secret::new(token));
    }
    Err(format!("what `{place}` gives is no token: its last line must be one word"))
}

async fn printed(command: &[String]) -> Result<Vec<u8>, String> {
    let (program, arguments) = command.split_first().ok_or("the token's command is empty")?;
    let child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .output();
    match timeout(PATIENCE, child).await {
        Err(_) => Err(format!("`{program}` gave no token within {PATIENCE:?}")),
        Ok(Err(why)) => Err(format!("`{program}` cannot be run for a token: {why}")),
        Ok(Ok(output)) if output.status.success() => Ok(output.stdout),
        Ok(Ok(output)) => Err(format!("`{program}` gave no token: {}", output.status)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn of(command: &[&str]) -> Result<String, String> {
        let command = command.iter().map(|&word| word.to_owned()).collect();
        read(&TokenFrom::Command(command)).await.map(|token| token.reveal().to_owned())
    }

    #[tokio::test]
    async fn a_token_is_the_last_line_that_a_program_prints() {
        for (script, token) in [
            ("printf ya29.abc", Some("ya29.abc")),
            ("echo refreshing >&2; echo ya29.abc", Some("ya29.abc")),
            ("echo new; echo ya29.abc; echo", Some("ya29.abc")),
            ("true", None),
            ("echo 'two words'", None),
            ("echo ya29.abc; exit 1", None),
            ("head -c 70000 /dev/zero | tr '\\0' x", None),
        ] {
            assert_eq!(of(&["/bin/sh", "-c", script]).await.ok().as_deref(), token, "{script}");
        }
        assert!(of(&["/nowhere/token"]).await.unwrap_err().contains("cannot be run"));
        assert!(
            of(&["/bin/sh", "-c", "echo sesame sesame"]).await.is_err_and(|why| !why.ends_with("sesame"))
        );
    }

    #[tokio::test]
    async fn a_file_is_read_each_time() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("token");
        let from = TokenFrom::File(path.clone());
        assert!(read(&from).await.is_err());
        for token in ["first", "second"] {
            std::fs::write(&path, format!("{token}\n")).unwrap();
            assert_eq!(read(&from).await.unwrap().reveal(), token);
        }
    }
}
