//! Distance between two positions.

/// Mean radius of the Earth, in kilometres (IUGG).
const EARTH_KM: f64 = 6371.0088;

/// Returns the great-circle distance of two positions in degrees, in kilometres (haversine).
pub(super) fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat_a, lat_b) = (a.0.to_radians(), b.0.to_radians());
    let half_lat = ((lat_b - lat_a) / 2.0).sin();
    let half_lon = ((b.1 - a.1).to_radians() / 2.0).sin();
    let h = half_lon.powi(2).mul_add(lat_a.cos() * lat_b.cos(), half_lat.powi(2));
    2.0 * EARTH_KM * h.clamp(0.0, 1.0).sqrt().asin()
}

#[cfg(test)]
mod tests {
    use super::kilometres;

    #[test]
    fn known_distances() {
        let (praha, brno) = ((50.0875, 14.4213), (49.1951, 16.6068));
        assert!((kilometres(praha, brno) - 185.0).abs() < 3.0);
        assert!(kilometres(praha, praha).abs() < 1e-9);
    }
}
