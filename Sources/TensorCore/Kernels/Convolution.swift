// Convolution along the source positions, and its two ways back; a vector of filters at a time.
//
//   y[i,f] = Σ_w kernel[f,w] x[i + w − W/2],  zeros beyond both ends
//
// One sentence of S positions, F filters of (odd) width W. `taps` holds the kernel turned to [W,P], each row filled up
// with zeros to P, F rounded up to whole vectors: then a filter that is not there costs nothing but its lane.

import VectorMath

/// F rounded up to whole vectors.
func paddedFilters(_ filters: Int) -> Int { (filters + laneCount - 1) / laneCount * laneCount }

/// [F,W] → [W,P].
func fillTaps(_ filters: Int, _ width: Int, _ kernel: UnsafePointer<Scalar>, into taps: UnsafeMutablePointer<Scalar>) {
    let padded = paddedFilters(filters)
    taps.update(repeating: 0, count: width * padded)
    for f in 0..<filters { for w in 0..<width { taps[w * padded + f] = kernel[f * width + w] } }
}

/// The taps that have a position under them when the filters stand at position i.
@inline(__always)
private func taps(at i: Int, _ source: Int, _ width: Int) -> Range<Int> {
    max(0, width / 2 - i)..<min(width, source + width / 2 - i)
}

/// - Complexity: S·W·F multiply-adds.
func convolve(
    _ source: Int, _ filters: Int, _ width: Int, _ x: UnsafePointer<Scalar>, taps kernel: UnsafePointer<Scalar>,
    into y: UnsafeMutablePointer<Scalar>
) {
    let padded = paddedFilters(filters)
    ArithmeticCount.add(2 * source * width * filters)
    for i in 0..<source {
        for f in stride(from: 0, to: filters, by: laneCount) {
            var sum = Lanes.zero
            for w in taps(at: i, source, width) {
                sum = sum.addingProduct(Lanes(repeating: x[i + w - width / 2]), (kernel + w * padded + f).lanes())
            }
            (y + i * filters + f).store(sum, atMost: filters - f)
        }
    }
}

/// dx[j] += Σ_{w,f} dy[j − w + W/2, f] kernel[f,w], and dtaps[w,f] += Σ_i dy[i,f] x[i + w − W/2]; either may be nil.
func convolveBackward(
    _ source: Int, _ filters: Int, _ width: Int, dy: UnsafePointer<Scalar>, _ x: UnsafePointer<Scalar>,
    taps kernel: UnsafePointer<Scalar>,
    dx: UnsafeMutablePointer<Scalar>?, dtaps: UnsafeMutablePointer<Scalar>?
) {
    let padded = paddedFilters(filters)
    ArithmeticCount.add(4 * source * width * filters)
    for i in 0..<source {
        for f in stride(from: 0, to: filters, by: laneCount) {
            let slope = (dy + i * filters + f).lanes(atMost: filters - f)
            for w in taps(at: i, source, width) {
                let tap = w * padded + f, place = i + w - width / 2
                if let dx { dx[place] += (slope * (kernel + tap).lanes()).total() }
                if let dtaps {
                    (dtaps + tap).store((dtaps + tap).lanes().addingProduct(slope, Lanes(repeating: x[place])))
                }
            }
        }
    }
}
