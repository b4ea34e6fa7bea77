//! `kaizend plugin build`: a plugin's crate becomes a component.
//!
//! Cargo builds the core module for `wasm32-unknown-unknown`, with paths remapped so that the same source gives
//! the same bytes in every folder; the host room makes the component. Authors need no other tool.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, bail};
use clap::Args;
use serde_json::{Value, json};

use super::super::{Ended, Exit, Format, Scene, print};

const TARGET: &str = "wasm32-unknown-unknown";

/// The profile, given to cargo by hand so that an author's crate needs none: small, and with function names,
/// so that a trap can be read.
const PROFILE: [&str; 6] = [
    "profile.plugin.inherits='release'",
    "profile.plugin.opt-level=2",
    "profile.plugin.lto=true",
    "profile.plugin.codegen-units=1",
    "profile.plugin.panic='abort'",
    "profile.plugin.strip='debuginfo'",
];

#[derive(Debug, Args)]
#[command(after_help = "Example: kaizend plugin build plugins/* --out plugins")]
pub(super) struct Build {
    /// Folders of plugin crates
    #[arg(required = true, value_name = "DIR")]
    crates: Vec<PathBuf>,
    /// Where the components go
    #[arg(long, value_name = "DIR", default_value = ".")]
    out: PathBuf,
}

impl Build {
    pub(super) fn run(self, scene: &Scene) -> Ended {
        fs::create_dir_all(&self.out).with_context(|| format!("cannot create {}", self.out.display()))?;
        for folder in &self.crates {
            let built = build(folder, &self.out)?;
            match scene.format {
                Format::Json => print::line(&built.as_json()),
                Format::Text => print::line(&format!(
                    "{}  {} bytes  sha256 {}",
                    built.file.display(),
                    built.size,
                    built.sha256
                )),
            }
        }
        Ok(Exit::Done)
    }
}

/// A component on disk.
pub(super) struct Built {
    pub(super) file: PathBuf,
    size: usize,
    sha256: String,
}

impl Built {
    fn as_json(&self) -> Value {
        json!({ "file": self.file, "size": self.size, "sha256": self.sha256 })
    }
}

/// Builds the crate in `folder` and puts `<plugin id>.wasm` into `out`.
pub(super) fn build(folder: &Path, out: &Path) -> anyhow::Result<Built> {
    let folder = folder.canonicalize().with_context(|| format!("there is no folder {}", folder.display()))?;
    let module = compile(&folder)?;
    let core = fs::read(&module).with_context(|| format!("cannot read {}", module.display()))?;
    let component = kaizend_host::componentize(&core)
        .with_context(|| format!("{} does not make a component", folder.display()))?;
    let inspected = kaizend_host::inspect(&component)
        .with_context(|| format!("the daemon would refuse the plugin in {}", folder.display()))?;
    let file = out.join(format!("{}.wasm", inspected.manifest.id));
    fs::write(&file, &component).with_context(|| format!("cannot write {}", file.display()))?;
    Ok(Built { file, size: component.len(), sha256: inspected.sha256 })
}

/// Runs cargo and gives the path of the core module.
fn compile(folder: &Path) -> anyhow::Result<PathBuf> {
    let mut cargo = Toolchain::find()?.command();
    cargo.current_dir(folder).args(["build", "--lib", "--profile", "plugin", "--target", TARGET]);
    cargo.args(PROFILE.iter().flat_map(|setting| ["--config", setting]));
    cargo.arg("--message-format=json-render-diagnostics").stdin(Stdio::null()).stderr(Stdio::inherit());
    cargo.env_remove("RUSTFLAGS").env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", remapping(folder));
    let output = cargo.output().context("cannot start cargo: is Rust installed?")?;
    if !output.status.success() {
        bail!("cargo could not build the plugin in {}", folder.display());
    }
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .filter_map(|message: Value| module_of(&message, folder))
        .next_back()
        .with_context(|| {
            format!(
                "{} made no .wasm file: its Cargo.toml needs crate-type = [\"cdylib\", \"rlib\"]",
                folder.display()
            )
        })
}

/// The `.wasm` file in a message of cargo's about the crate in `folder`.
fn module_of(message: &Value, folder: &Path) -> Option<PathBuf> {
    let manifest = Path::new(message.get("manifest_path")?.as_str()?);
    if message.get("reason")? != "compiler-artifact" || manifest.parent() != Some(folder) {
        return None;
    }
    let files = message.get("filenames")?.as_array()?;
    files
        .iter()
        .filter_map(Value::as_str)
        .map(PathBuf::from)
        .find(|file| file.extension().is_some_and(|e| e == "wasm"))
}

/// Flags that keep the folders of this machine out of the component.
fn remapping(folder: &Path) -> String {
    let home = env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| env::var_os("HOME").map(|home| Path::new(&home).join(".cargo")))
        .unwrap_or_default();
    let mut flags = vec![
        format!("--remap-path-prefix={}=/cargo", home.display()),
        format!("--remap-path-prefix={}=/plugin", folder.display()),
    ];
    if let Some(workspace) = folder.ancestors().skip(1).find(|above| above.join("Cargo.lock").exists()) {
        flags.insert(1, format!("--remap-path-prefix={}=/workspace", workspace.display()));
    }
    flags.join(" ")
}

/// Which Rust can build for the target.
enum Toolchain {
    /// The one on the path, with the target installed.
    Usual,
    /// Debian's `rustc-web`, which brings the standard library's source.
    DebianWeb,
}

impl Toolchain {
    fn find() -> anyhow::Result<Self> {
        let usual = Command::new("rustc")
            .args(["--print", "target-libdir", "--target", TARGET])
            .output()
            .is_ok_and(|output| Path::new(String::from_utf8_lossy(&output.stdout).trim()).exists());
        if usual {
            Ok(Self::Usual)
        } else if Path::new("/usr/bin/cargo").exists() && Path::new("/usr/bin/wasm-ld").exists() {
            Ok(Self::DebianWeb)
        } else {
            bail!(
                "Rust cannot build for {TARGET} yet. Install the target: `rustup target add {TARGET}`, or on Debian: \
                 `apt-get install -y rustc-web cargo-web rust-web-src lld`"
            )
        }
    }

    fn command(&self) -> Command {
        match self {
            Self::Usual => Command::new("cargo"),
            Self::DebianWeb => {
                let mut cargo = Command::new("/usr/bin/cargo");
                cargo
                    .args(["-Z", "build-std=std,panic_abort"])
                    .env("RUSTC_BOOTSTRAP", "1")
                    .env("RUSTC", "/usr/bin/rustc")
                    .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", "wasm-ld");
                cargo
            }
        }
    }
}
