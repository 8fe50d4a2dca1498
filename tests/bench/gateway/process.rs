//! What the system tells of a process.

/// A running process.
pub struct Process(pub u32);

impl Process {
    /// Seconds of processor time it has used; the system counts them in hundredths.
    pub fn cpu_s(&self) -> f64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.0)).expect("a process");
        // The name in brackets may hold anything; times are the twelfth and thirteenth word behind it.
        let (_, rest) = stat.rsplit_once(')').expect("a name");
        let ticks: u64 = rest.split_whitespace().skip(11).take(2).map(|ticks| ticks.parse::<u64>().expect("a time")).sum();
        ticks as f64 / 100.0
    }

    /// Memory it holds.
    pub fn resident_mb(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.0)).expect("a process");
        let kilobytes = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).and_then(|rest| rest.split_whitespace().next()?.parse::<f64>().ok());
        kilobytes.expect("its memory") / 1_024.0
    }
}
