// Walks along one sentence, and the way back: recursions from word to word, each a multiply-add or two a word, with no
// division and no product that could underflow.
// Every pointer addresses n scalars, the real words of the sentence; `endsHere` makes the probability at the last word
// 1, so that nothing goes beyond it.

import VectorMath

/// q_j = (1 − p_{j−1}) q_{j−1} + before_j, what arrives at a word, and stops_j = p_j q_j.
func walk(
    _ n: Int, p: UnsafePointer<Scalar>, before: UnsafePointer<Scalar>, endsHere: Bool,
    arriving q: UnsafeMutablePointer<Scalar>, into stops: UnsafeMutablePointer<Scalar>
) {
    ArithmeticCount.add(4 * n)
    var passing: Scalar = 0
    for j in 0..<n {
        let stop = endsHere && j == n - 1 ? 1 : p[j]
        q[j] = passing + before[j]
        stops[j] = stop * q[j]
        passing = (1 - stop) * q[j]
    }
}

/// dq_j = p_j dstops_j + (1 − p_j) dq_{j+1};  dp_j += q_j (dstops_j − dq_{j+1});  dbefore_j += dq_j.
func walkBackward(
    _ n: Int, p: UnsafePointer<Scalar>, arriving q: UnsafePointer<Scalar>, endsHere: Bool,
    dstops: UnsafePointer<Scalar>, dp: UnsafeMutablePointer<Scalar>?, dbefore: UnsafeMutablePointer<Scalar>?
) {
    ArithmeticCount.add(6 * n)
    var later: Scalar = 0
    for j in (0..<n).reversed() {
        let isFixed = endsHere && j == n - 1, stop = isFixed ? 1 : p[j]
        if !isFixed, let dp { dp[j] += q[j] * (dstops[j] - later) }
        later = stop * dstops[j] + (1 - stop) * later
        if let dbefore { dbefore[j] += later }
    }
}

/// moved_j = before_j stay_j + before_{j−1} (1 − stay_{j−1}).
func move(
    _ n: Int, stay: UnsafePointer<Scalar>, before: UnsafePointer<Scalar>, endsHere: Bool,
    into moved: UnsafeMutablePointer<Scalar>
) {
    ArithmeticCount.add(4 * n)
    var passing: Scalar = 0
    for j in 0..<n {
        let stays = endsHere && j == n - 1 ? 1 : stay[j]
        moved[j] = before[j] * stays + passing
        passing = before[j] * (1 - stays)
    }
}

/// dbefore_j += stay_j dmoved_j + (1 − stay_j) dmoved_{j+1};  dstay_j += before_j (dmoved_j − dmoved_{j+1}).
func moveBackward(
    _ n: Int, stay: UnsafePointer<Scalar>, before: UnsafePointer<Scalar>, endsHere: Bool,
    dmoved: UnsafePointer<Scalar>, dstay: UnsafeMutablePointer<Scalar>?, dbefore: UnsafeMutablePointer<Scalar>?
) {
    ArithmeticCount.add(6 * n)
    for j in 0..<n {
        let isFixed = endsHere && j == n - 1, stays = isFixed ? 1 : stay[j], next = j + 1 < n ? dmoved[j + 1] : 0
        if !isFixed, let dstay { dstay[j] += before[j] * (dmoved[j] - next) }
        if let dbefore { dbefore[j] += stays * dmoved[j] + (1 - stays) * next }
    }
}
