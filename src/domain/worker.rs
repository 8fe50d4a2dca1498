//! The worker who asks, known by the addresses that were used.

use super::{Address, Lang, WorkerId};
use serde::{Deserialize, Serialize};

/// A worker. The line keeps no personal name, only the organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Worker {
    /// The name of the record.
    pub id: WorkerId,
    /// The organisation as operators see it, such as `Věznice Bělušice`.
    pub organisation: Option<String>,
    /// The address this worker was heard on.
    pub address: Address,
    /// The language last used.
    pub lang: Lang,
}
