//! Open connections to a server, used one request at a time.

use std::net::SocketAddr;
use std::sync::Mutex;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Servers close connections nobody uses; Node does after five seconds.
const IDLE_MAX: Duration = Duration::from_secs(2);

/// Connections nobody uses at this moment.
pub struct Wires {
    address: SocketAddr,
    idle: Mutex<Vec<(Instant, TcpStream)>>,
}

impl Wires {
    pub fn to(address: SocketAddr) -> Self {
        Self { address, idle: Mutex::default() }
    }

    /// Posts a signed form; the answer's body when the answer is a success.
    pub async fn post(&self, target: &str, signature: &str, form: &str) -> Option<String> {
        let request = format!(
            "POST {target} HTTP/1.1\r\nHost: bench.example\r\nUser-Agent: TwilioProxy/1.1\r\nAccept: */*\r\nX-Twilio-Signature: {signature}\r\nContent-Type: application/x-www-form-urlencoded; charset=UTF-8\r\nContent-Length: {}\r\n\r\n{form}",
            form.len()
        );
        let mut stream = self.open().await;
        stream.write_all(request.as_bytes()).await.expect("a request");
        let (status, body) = answer(&mut stream).await;
        self.idle.lock().expect("connections").push((Instant::now(), stream));
        (200..300).contains(&status).then_some(body)
    }

    async fn open(&self) -> TcpStream {
        let idle = self.idle.lock().expect("connections").pop();
        if let Some((since, stream)) = idle
            && since.elapsed() < IDLE_MAX
        {
            return stream;
        }
        let stream = TcpStream::connect(self.address).await.expect("a connection");
        stream.set_nodelay(true).expect("a connection");
        stream
    }
}

async fn answer(stream: &mut TcpStream) -> (u16, String) {
    let mut read = Vec::with_capacity(4_096);
    let head = loop {
        if let Some(end) = read.windows(4).position(|four| four == b"\r\n\r\n") {
            break end + 4;
        }
        assert!(stream.read_buf(&mut read).await.expect("an answer") > 0, "the server has gone away");
    };
    let text = String::from_utf8_lossy(&read[..head]).to_ascii_lowercase();
    let length = text.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok()).unwrap_or(0);
    while read.len() < head + length {
        assert!(stream.read_buf(&mut read).await.expect("an answer") > 0, "the server has gone away");
    }
    let status = text.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
    (status, String::from_utf8_lossy(&read[head..]).into_owned())
}
