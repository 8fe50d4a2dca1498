//! A real process of the line, started, spoken to over HTTP, stopped or killed.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A running line: the demo, or one that serves.
pub struct Line {
    process: Child,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Line {
    /// Starts the demo on a data folder and waits for the address it prints.
    pub fn start(data: &Path) -> Self {
        Self::start_by(&mut Command::new(env!("CARGO_BIN_EXE_linka")), "demo", data, Stdio::null())
    }

    /// Starts a line that serves, which logs everything it can to a file.
    pub fn serve(data: &Path, log: &Path) -> Self {
        let log = std::fs::File::create(log).expect("a log");
        Self::start_by(Command::new(env!("CARGO_BIN_EXE_linka")).env("LINKA_LOG", "debug"), "serve", data, log.into())
    }

    /// Starts a line that serves by a configuration.
    pub fn serve_by(config: &Path, data: &Path) -> Self {
        Self::start_by(Command::new(env!("CARGO_BIN_EXE_linka")).arg("--config").arg(config), "serve", data, Stdio::null())
    }

    /// Starts a line that serves by a configuration and the secrets of a phone network.
    pub fn serve_with(config: &Path, data: &Path, secrets: &[(&str, String)]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_linka"));
        command.arg("--config").arg(config).envs(secrets.iter().map(|(name, value)| (*name, value)));
        Self::start_by(&mut command, "serve", data, Stdio::null())
    }

    /// The same, but no file may grow beyond so many kilobytes: a disk that is full.
    pub fn start_on_small_disk(data: &Path, kilobytes: u32) -> Self {
        let mut shell = Command::new("bash");
        shell.args(["-c", &format!("trap '' XFSZ; ulimit -f {kilobytes}; exec \"$0\" \"$@\""), env!("CARGO_BIN_EXE_linka")]);
        Self::start_by(&mut shell, "demo", data, Stdio::null())
    }

    fn start_by(command: &mut Command, name: &str, data: &Path, log: Stdio) -> Self {
        let mut process = command
            .args([name, "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .expect("a started line");
        let mut first = String::new();
        BufReader::new(process.stdout.take().expect("its output")).read_line(&mut first).expect("its address");
        let address = first.trim().trim_start_matches("http://").trim_end_matches("/demo");
        let address = address.parse().unwrap_or_else(|_| panic!("no address in {first:?}"));
        Self { process, address }
    }

    /// The number of its process.
    pub fn id(&self) -> u32 {
        self.process.id()
    }

    /// kill -9.
    pub fn kill(mut self) {
        self.process.kill().expect("a killed line");
        self.process.wait().expect("its end");
    }

    /// SIGTERM, which must end it in order.
    pub fn stop(mut self) {
        let told = Command::new("kill").args(["-TERM", &self.process.id().to_string()]).status().expect("a told line");
        assert!(told.success());
        assert!(self.process.wait().expect("its end").success(), "SIGTERM ends the line in order");
    }
}

/// Sends a request as a form of our own page does and returns the whole answer; empty when the
/// line went away.
pub fn ask(address: SocketAddr, request: &str, body: &[u8]) -> String {
    ask_from(address, request, &format!("http://{address}"), body)
}

/// The same as a form of another page does.
pub fn ask_from(address: SocketAddr, request: &str, origin: &str, body: &[u8]) -> String {
    let Ok(mut stream) = TcpStream::connect(address) else { return String::new() };
    let _ = stream.set_read_timeout(Some(Duration::from_secs(20)));
    let head = format!("{request}\r\nHost: {address}\r\nOrigin: {origin}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
    let mut answer = Vec::new();
    // A refusing server may close before everything is sent; what it said is read all the same.
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body));
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

/// A worker of the demo's stage writes; tells whether the line acknowledged it.
pub fn write(address: SocketAddr, n: u32, words: &str) -> bool {
    let form = format!("device=chat&who=belusice&run={n}&contact=0&key={}&words={words}", key(n));
    let answer = ask(address, "POST /demo/write HTTP/1.1", form.as_bytes());
    answer.starts_with("HTTP/1.1 303")
}

/// The key of the `n`-th message.
pub fn key(n: u32) -> String {
    format!("kill-{n:08}")
}
