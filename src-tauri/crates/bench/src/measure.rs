//! Clocks, medians, memory, and what this machine is.

use std::time::Instant;

use safety_api::WireError;
use serde_json::Value;

/// Why something could not be measured.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;
/// A measurement or why there is none.
pub type Outcome<T> = Result<T, Failure>;

/// Seconds that `work` took, and what it gave.
pub fn time<T>(work: impl FnOnce() -> Outcome<T>) -> Outcome<(f64, T)> {
    let begun = Instant::now();
    let value = work()?;
    Ok((begun.elapsed().as_secs_f64(), value))
}

/// Seconds of processor time this process has used, all threads; does not depend on what else the machine is doing.
pub fn cpu() -> f64 {
    /// Ticks in a second, on every Linux there is.
    const TICKS: f64 = 100.0;
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat
        .rsplit(')')
        .next()
        .unwrap_or_default()
        .split_whitespace()
        .collect();
    let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<f64>().ok());
    (ticks(11).unwrap_or_default() + ticks(12).unwrap_or_default()) / TICKS
}

/// Measurements of one thing.
#[derive(Debug, Clone, Default)]
pub struct Series(Vec<f64>);

impl Series {
    /// Adds a measurement.
    pub fn add(&mut self, value: f64) {
        self.0.push(value);
    }

    /// Runs `work` so many times and keeps the seconds of each.
    pub fn of(times: usize, mut work: impl FnMut() -> Outcome<()>) -> Outcome<Self> {
        let mut series = Self::default();
        for _ in 0..times {
            series.add(time(&mut work)?.0);
        }
        Ok(series)
    }

    /// The value below which `percent` of a hundred lie; 0 of nothing.
    pub fn percentile(&self, percent: usize) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        let at = (sorted.len() * percent / 100).min(sorted.len().saturating_sub(1));
        sorted.get(at).copied().unwrap_or_default()
    }

    /// The middle one.
    pub fn median(&self) -> f64 {
        self.percentile(50)
    }

    /// Middle of the ratios to another series, measured turn by turn so that a busy moment hits both.
    pub fn ratio_to(&self, other: &Series) -> f64 {
        let ratios = self.0.iter().zip(&other.0).map(|(ours, theirs)| ours / theirs);
        Series(ratios.collect()).median()
    }
}

/// Most memory this process ever had in use, bytes; none where the system does not tell.
pub fn high_water() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace()
        .nth(1)?
        .parse()
        .ok()
        .map(|kib: u64| kib * 1024)
}

/// Cores and memory.
pub fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
    let read = |path| std::fs::read_to_string(path).unwrap_or_default();
    let memory = read("/proc/meminfo")
        .lines()
        .find_map(|line| {
            line.strip_prefix("MemTotal:")?
                .split_whitespace()
                .next()?
                .parse::<f64>()
                .ok()
        })
        .map_or_else(
            || "memory unknown".to_owned(),
            |kib| format!("{:.0} GiB of memory", kib / 1_048_576.0),
        );
    let processor = read("/proc/cpuinfo")
        .lines()
        .find_map(|line| {
            line.strip_prefix("model name")?
                .split_once(':')
                .map(|(_, name)| name.trim().to_owned())
        })
        .unwrap_or_default();
    let load = read("/proc/loadavg");
    let load = load.split_whitespace().next().unwrap_or("?");
    format!("Machine: {cores} cores, {memory}, {processor}; load at the end {load}")
}

/// A refusal of the core as an error of the bench.
pub fn wire(error: WireError) -> Failure {
    format!("{} {:?} {:?}", error.code, error.fields, error.faults).into()
}

/// Text under a key of an answer.
pub fn text<'v>(value: &'v Value, key: &str) -> Outcome<&'v str> {
    value
        .get(key)
        .and_then(Value::as_str)
        .ok_or_else(|| format!("answer without {key}").into())
}

/// A number for dividing.
pub fn float(count: impl TryInto<u32>) -> f64 {
    count.try_into().map_or(f64::NAN, f64::from)
}

/// Bytes as mebibytes.
pub fn mib(bytes: u64) -> f64 {
    float(bytes / 1024) / 1024.0
}
