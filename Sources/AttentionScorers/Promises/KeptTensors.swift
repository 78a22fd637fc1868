// The tensors that a scorer keeps, wherever it keeps them: what its builder did not make, nobody trains.

import TensorCore

/// Looks through the stored properties of a scorer: structs, classes, enums, tuples, optionals and collections within
/// one another.
///
/// What a closure has captured, and what is kept outside the scorer, such as in a static property, is not seen.
enum KeptTensors {
    /// A tensor, and the way to it: "heads[1].W".
    typealias Place = (path: String, tensor: Tensor)

    /// So deep, and so many values, are looked at: a scorer may keep a list of a million numbers.
    private static let deepest = 12, most = 10_000

    /// The nearest tensor that is none of these parameters.
    static func stranger(in scorer: any AttentionScorer, to parameters: Parameters) -> Place? {
        var queue: [(path: String, value: Any, depth: Int)] = [("", scorer, 0)]
        var objects: Set<ObjectIdentifier> = []
        var next = 0
        while next < queue.count {
            let (path, value, depth) = queue[next]
            next += 1
            if let tensor = value as? Tensor {
                if !parameters.holds(tensor) { return (path, tensor) }
                continue
            }
            let mirror = Mirror(reflecting: value)
            if mirror.displayStyle == .class, !objects.insert(ObjectIdentifier(value as AnyObject)).inserted {
                continue
            }
            guard depth < deepest else { continue }
            for (index, child) in children(of: value, mirror).enumerated() where queue.count < most {
                queue.append((path + step(child.label, index, mirror.displayStyle), child.value, depth + 1))
            }
        }
        return nil
    }

    /// With those that a class has from its superclass.
    private static func children(of value: Any, _ mirror: Mirror) -> [Mirror.Child] {
        if let others = value as? Parameters { return zip(others.names, others.tensors).map { ($0, $1) } }
        var all = Array(mirror.children.prefix(most)), above = mirror.superclassMirror
        while let ancestor = above {
            all += ancestor.children.prefix(most)
            above = ancestor.superclassMirror
        }
        return all
    }

    /// One step of a way: ".W" of a struct, "[2]" of a list, nothing where a value only wraps another.
    private static func step(_ label: String?, _ index: Int, _ style: Mirror.DisplayStyle?) -> String {
        switch style {
        case .optional, .enum: ""
        case .collection, .set, .dictionary: "[\(index)]"
        default: label.map { $0.hasPrefix(".") ? $0 : "." + $0 } ?? ""
        }
    }
}
