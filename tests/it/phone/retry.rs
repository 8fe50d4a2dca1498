//! What the fragment of an address asks for: how long to wait for the line, what to try again.
//! Source: the provider's page on connection overrides.

/// The longest any webhook may take, retries included, in ms.
const TOTAL_MS: i64 = 15_000;

/// What the fragment of an address asks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Overrides {
    pub read_ms: i64,
    pub total_ms: i64,
    pub retries: u32,
    /// Which troubles are tried again: `ct`, `rt`, `4xx`, `5xx`, `all`.
    on: Vec<String>,
}

impl Default for Overrides {
    fn default() -> Self {
        Self { read_ms: TOTAL_MS, total_ms: TOTAL_MS, retries: 1, on: vec!["ct".to_owned()] }
    }
}

impl Overrides {
    pub(super) fn of(url: &str) -> Result<Self, String> {
        let mut overrides = Self::default();
        let Some((_, fragment)) = url.split_once('#') else { return Ok(overrides) };
        for pair in fragment.split('&') {
            let (key, value) = pair.split_once('=').ok_or_else(|| format!("11241 no pair: {pair}"))?;
            let whole = |min: i64, max: i64| value.parse::<i64>().ok().filter(|value| (min..=max).contains(value)).ok_or_else(|| format!("11242 {pair}"));
            match key {
                "rc" => overrides.retries = u32::try_from(whole(0, 5)?).expect("a small number"),
                "rt" => overrides.read_ms = whole(100, 15_000)?,
                "tt" => overrides.total_ms = whole(100, 15_000)?,
                "ct" => whole(100, 10_000).map(drop)?,
                "rp" => overrides.on = value.split(',').map(str::to_owned).collect(),
                "e" | "sni" => {}
                _ => return Err(format!("11241 unknown override: {pair}")),
            }
        }
        match overrides.on.iter().find(|on| !matches!(on.as_str(), "4xx" | "5xx" | "ct" | "rt" | "all")) {
            Some(on) => Err(format!("11243 HTTP retry policy is invalid: {on}")),
            None => Ok(overrides),
        }
    }

    pub(super) fn repeats(&self, trouble: &str) -> bool {
        self.on.iter().any(|on| on == trouble || on == "all")
    }
}

#[test]
fn fragments_say_what_is_repeated() {
    let plain = Overrides::of("https://line.example.org/v").unwrap();
    assert_eq!(plain, Overrides { read_ms: 15_000, total_ms: 15_000, retries: 1, on: vec!["ct".to_owned()] });
    let steps = Overrides::of("https://line.example.org/v?a=1#rc=2&rp=ct,5xx&rt=6000").unwrap();
    assert_eq!((steps.retries, steps.read_ms, steps.repeats("5xx"), steps.repeats("rt")), (2, 6_000, true, false));
    for wrong in ["#rc=6", "#rt=99", "#rp=ct,6xx", "#rc", "#retry=1", "#tt=15001"] {
        assert!(Overrides::of(&format!("https://line.example.org/{wrong}")).is_err(), "{wrong}");
    }
}
