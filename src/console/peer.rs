//! Where a request comes from, as far as guesses of passwords are counted by it: an address, or the
//! network of one where a single person holds a whole network. Never logged, never stored.

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// The address of a browser; of IPv6 the first 64 bits, which is what one subscriber gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Peer(IpAddr);

impl Peer {
    /// Reads the address: that of the connection, or behind a proxy on this machine the one the
    /// proxy added last to `X-Forwarded-For`. What a browser wrote before it proves nothing.
    #[must_use]
    fn of(connection: Option<IpAddr>, headers: &HeaderMap) -> Self {
        let connection = connection.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)).to_canonical();
        let address = if connection.is_loopback() { forwarded(headers).unwrap_or(connection) } else { connection };
        Self::network(address)
    }

    /// Returns the word guesses are counted under.
    #[must_use]
    pub(crate) fn word(self) -> String {
        self.0.to_string()
    }

    /// Returns who counts as one: the address, of IPv6 its network.
    #[must_use]
    pub(super) fn network(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V4(address) => IpAddr::V4(address),
            IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64))),
        })
    }
}

fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all("x-forwarded-for").into_iter().next_back()?.to_str().ok()?.rsplit(',').next()?.trim();
    last.parse().ok().or_else(|| last.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

impl<S: Sync> FromRequestParts<S> for Peer {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        let connection = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip());
        Ok(Self::of(connection, &parts.headers))
    }
}

#[cfg(test)]
mod tests {
    use super::Peer;
    use axum::http::{HeaderMap, HeaderValue};

    #[test]
    fn only_a_proxy_on_this_machine_is_believed() {
        let table = [
            ("203.0.113.7", "198.51.100.1", "203.0.113.7"),
            ("127.0.0.1", "", "127.0.0.1"),
            ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
            ("127.0.0.1", "10.0.0.1, 198.51.100.1", "198.51.100.1"),
            ("::1", "198.51.100.1:4711", "198.51.100.1"),
            ("::ffff:127.0.0.1", "2001:db8::7", "2001:db8::99"),
            ("127.0.0.1", "rubbish", "127.0.0.1"),
        ];
        for (connection, header, expected) in table {
            let mut headers = HeaderMap::new();
            if !header.is_empty() {
                headers.insert("x-forwarded-for", HeaderValue::from_static(header));
            }
            let peer = Peer::of(Some(connection.parse().unwrap()), &headers);
            assert_eq!(peer, Peer::network(expected.parse().unwrap()), "{connection} with {header}");
        }
        assert_ne!(Peer::network("2001:db8::1".parse().unwrap()), Peer::network("2001:db8:0:1::1".parse().unwrap()));
    }
}
