//! A real process of the line, started, spoken to over HTTP, stopped or killed.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A running demo.
pub struct Line {
    process: Child,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Line {
    /// Starts the demo on a data folder and waits for the address it prints.
    pub fn start(data: &Path) -> Self {
        Self::start_by(&mut Command::new(env!("CARGO_BIN_EXE_linka")), data)
    }

    /// The same, but no file may grow beyond so many kilobytes: a disk that is full.
    pub fn start_on_small_disk(data: &Path, kilobytes: u32) -> Self {
        let mut shell = Command::new("bash");
        shell.args(["-c", &format!("trap '' XFSZ; ulimit -f {kilobytes}; exec \"$0\" \"$@\""), env!("CARGO_BIN_EXE_linka")]);
        Self::start_by(&mut shell, data)
    }

    fn start_by(command: &mut Command, data: &Path) -> Self {
        let mut process = command
            .args(["demo", "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("a started line");
        let mut first = String::new();
        BufReader::new(process.stdout.take().expect("its output")).read_line(&mut first).expect("its address");
        let address = first.trim().trim_start_matches("http://").trim_end_matches("/demo");
        let address = address.parse().unwrap_or_else(|_| panic!("no address in {first:?}"));
        Self { process, address }
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

/// Sends a request and returns the whole answer; empty when the line went away.
pub fn ask(address: SocketAddr, request: &str, body: &[u8]) -> String {
    let Ok(mut stream) = TcpStream::connect(address) else { return String::new() };
    let _ = stream.set_read_timeout(Some(Duration::from_secs(20)));
    let head = format!("{request}\r\nHost: {address}\r\nOrigin: http://{address}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
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
