//! A real homeserver of a test's own: Synapse on a private port with an embedded database, gone with the test.

use hmac::{Hmac, KeyInit, Mac};
use linka::domain::fold;
use serde_json::{Value, json};
use sha1::Sha1;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write as _};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::time::Duration;
use tempfile::TempDir;
use tokio::sync::{Semaphore, SemaphorePermit};

/// The Python that has `matrix-synapse`.
const PYTHON: &str = "LINKA_SYNAPSE_PYTHON";
/// What every account of a test server is opened with.
pub const PASSWORD: &str = "zkusebni-heslo";
const SHARED: &str = "shared-secret-of-a-test";
/// The name accounts carry behind the colon.
pub const SERVER: &str = "zkouska.example";

/// Servers are heavy: two at a time.
static ROOM: Semaphore = Semaphore::const_new(2);

/// One homeserver.
pub struct Homeserver {
    python: String,
    folder: TempDir,
    port: u16,
    child: Mutex<Option<Child>>,
    _room: SemaphorePermit<'static>,
}

impl Drop for Homeserver {
    fn drop(&mut self) {
        self.goes_down();
    }
}

impl Homeserver {
    /// Starts one; `None`, and a word about it, where there is none to be started.
    #[expect(clippy::disallowed_methods, reason = "tests/run names the Python that has a homeserver")]
    pub async fn open() -> Option<Self> {
        let Ok(python) = std::env::var(PYTHON) else {
            println!("left out: {PYTHON} names no Python with matrix-synapse (tests/run installs it)");
            return None;
        };
        let room = ROOM.acquire().await.expect("room for a server");
        let folder = tempfile::tempdir().expect("a folder");
        let port = TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("its number").port();
        std::fs::write(folder.path().join("homeserver.yaml"), configuration(folder.path(), port)).expect("a configuration");
        let server = Self { python, folder, port, child: Mutex::default(), _room: room };
        let keys = server.synapse().arg("--generate-keys").status().expect("a Python that runs");
        assert!(keys.success(), "{} has no matrix-synapse", server.python);
        server.comes_up().await;
        Some(server)
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Starts the server on what it stored before.
    pub async fn comes_up(&self) {
        let child = self.synapse().spawn().expect("a homeserver");
        *self.child.lock().expect("a child") = Some(child);
        let up = async {
            while reqwest::get(format!("{}/health", self.url())).await.is_err() {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        tokio::time::timeout(Duration::from_mins(1), up).await.expect("a homeserver that comes up");
    }

    fn synapse(&self) -> Command {
        let mut command = Command::new(&self.python);
        command.args(["-m", "synapse.app.homeserver", "-c"]).arg(self.folder.path().join("homeserver.yaml"));
        command.current_dir(self.folder.path()).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    /// Stops the server.
    pub fn goes_down(&self) {
        if let Some(mut child) = self.child.lock().expect("a child").take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// Opens an account by the server's shared secret, and returns its whole name.
    pub async fn register(&self, name: &str) -> String {
        let url = format!("{}/_synapse/admin/v1/register", self.url());
        let http = reqwest::Client::new();
        let nonce: Value = http.get(&url).send().await.expect("a nonce").json().await.expect("JSON");
        let nonce = nonce["nonce"].as_str().expect("a nonce").to_owned();
        let mut mac = Hmac::<Sha1>::new_from_slice(SHARED.as_bytes()).expect("a key");
        mac.update(format!("{nonce}\0{name}\0{PASSWORD}\0notadmin").as_bytes());
        let mac = mac.finalize().into_bytes().iter().fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        });
        let body = json!({ "nonce": nonce, "username": name, "password": PASSWORD, "admin": false, "mac": mac });
        let response = http.post(&url).json(&body).send().await.expect("an answer");
        assert!(response.status().is_success(), "no account for {name}: {}", response.text().await.unwrap_or_default());
        format!("@{name}:{SERVER}")
    }
}

/// As small as it goes; nobody is slowed down.
fn configuration(folder: &Path, port: u16) -> String {
    let folder = folder.display();
    let fast = "{per_second: 100000, burst_count: 100000}";
    format!(
        "server_name: {SERVER}
pid_file: {folder}/pid
listeners:
  - {{port: {port}, tls: false, type: http, bind_addresses: ['127.0.0.1'], resources: [{{names: [client]}}]}}
database: {{name: sqlite3, args: {{database: {folder}/homeserver.db}}}}
media_store_path: {folder}/media
signing_key_path: {folder}/signing.key
registration_shared_secret: {SHARED}
macaroon_secret_key: {SHARED}
form_secret: {SHARED}
report_stats: false
trusted_key_servers: []
federation_domain_whitelist: []
presence: {{enabled: false}}
stats: {{enabled: false}}
user_directory: {{enabled: false}}
bcrypt_rounds: 4
rc_message: {fast}
rc_registration: {fast}
rc_login: {{address: {fast}, account: {fast}, failed_attempts: {fast}}}
rc_joins: {{local: {fast}, remote: {fast}}}
rc_invites: {{per_room: {fast}, per_user: {fast}, per_issuer: {fast}}}
rc_room_creation: {fast}
rc_admin_redaction: {fast}
"
    )
}

/// A client that shares no code with the line, driven by lines.
pub struct Writer {
    child: Child,
    words: std::process::ChildStdin,
    told: std::sync::mpsc::Receiver<Value>,
    _folder: TempDir,
}

impl Drop for Writer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Homeserver {
    /// Lets somebody write to a user with another client.
    pub async fn lets_write(&self, name: &str, to: &str) -> Writer {
        let user = self.register(name).await;
        let folder = tempfile::tempdir().expect("a folder");
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/judge/writer.py");
        let mut child = Command::new(&self.python)
            .args([script, &self.url(), &user, PASSWORD, to])
            .arg(folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a client");
        let (words, out) = (child.stdin.take().expect("its input"), child.stdout.take().expect("its output"));
        let (sender, told) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                let _ = sender.send(serde_json::from_str(&line).expect("JSON"));
            }
        });
        let writer = Writer { child, words, told, _folder: folder };
        writer.tells("room");
        writer
    }
}

impl Writer {
    /// Writes something, and waits until it is sent.
    pub fn writes(&mut self, words: &str) {
        writeln!(self.words, "{words}").expect("a client that reads");
        self.tells("sent");
    }

    /// Reads the next message, which came encrypted; it must say all of `parts`.
    pub fn expect<const N: usize>(&self, parts: [&str; N]) {
        let told = self.tells("said");
        let said = told["said"].as_str().unwrap_or_default();
        assert_eq!(told["encrypted"], true, "{said} came in the open");
        for part in parts {
            assert!(fold(said).contains(&fold(part)), "expected “{part}” in:\n{said}");
        }
    }

    fn tells(&self, what: &str) -> Value {
        let told = self.told.recv_timeout(Duration::from_mins(1)).unwrap_or_else(|_| panic!("the client tells of no {what}"));
        assert!(told.get(what).is_some(), "expected {what}: {told}");
        told
    }
}
