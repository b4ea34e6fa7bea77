//! An authority that signs certificates for the tests' mail servers, by the `openssl` command.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use tempfile::TempDir;

/// Its key and its certificate; they go when it goes.
#[derive(Debug)]
pub struct Authority {
    folder: TempDir,
}

/// What a server proves its name with.
#[derive(Clone, Debug)]
pub struct Certificate {
    pub chain: PathBuf,
    pub key: PathBuf,
}

/// The years in which a certificate is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Good {
    Now,
    LongAgo,
}

const SETTINGS: &str = "[ca]\ndefault_ca = here\n[here]\ndatabase = index\nnew_certs_dir = .\ndefault_md = sha256\n\
                        serial = serial\n\
                        unique_subject = no\npolicy = any\ncopy_extensions = copy\n[any]\ncommonName = supplied\n";

impl Default for Authority {
    fn default() -> Self {
        let authority = Self { folder: tempfile::tempdir().expect("a temporary folder") };
        authority.write("ca.cnf", SETTINGS);
        authority.write("index", "");
        authority.write("serial", "01\n");
        // Two of one name would be told apart by their signatures alone.
        let subject = format!("/CN=Authority {}", authority.path().display().to_string().replace('/', " "));
        let days = "30";
        authority.openssl(&[
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
            "-keyout",
            "ca.key",
            "-out",
            "ca.pem",
            "-subj",
            &subject,
            "-days",
            days,
        ]);
        authority
    }
}

impl Authority {
    /// What others trust when they trust it.
    pub fn root(&self) -> PathBuf {
        self.path().join("ca.pem")
    }

    /// Signs that a server has this name.
    pub fn sign(&self, name: &str, good: Good) -> Certificate {
        let file = |ending: &str| format!("{name}-{good:?}.{ending}");
        let (key, request, chain) = (file("key"), file("csr"), file("pem"));
        let alternative = format!("subjectAltName=DNS:{name}");
        self.openssl(&[
            "req",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
            "-keyout",
            &key,
            "-out",
            &request,
            "-subj",
            &format!("/CN={name}"),
            "-addext",
            &alternative,
        ]);
        let (from, until) = match good {
            Good::Now => ("20200101000000Z", "20491231235959Z"),
            Good::LongAgo => ("20200101000000Z", "20210101000000Z"),
        };
        self.openssl(&[
            "ca",
            "-batch",
            "-config",
            "ca.cnf",
            "-cert",
            "ca.pem",
            "-keyfile",
            "ca.key",
            "-notext",
            "-startdate",
            from,
            "-enddate",
            until,
            "-in",
            &request,
            "-out",
            &chain,
        ]);
        Certificate { chain: self.path().join(chain), key: self.path().join(key) }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path().join(name), text).expect("a file is written");
    }

    fn openssl(&self, arguments: &[&str]) {
        let output = Command::new("openssl")
            .args(arguments)
            .current_dir(self.path())
            .stdin(Stdio::null())
            .output()
            .expect("openssl starts: apt-get install -y openssl");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "openssl {arguments:?}: {said}");
    }
}
