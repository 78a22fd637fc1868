// Where a stored property lies in its struct. Following a key path is slow where types are generic, and a results file
// has millions of counts: reading one took an eighth longer so.

/// A stored property, reached by its distance from the start of its struct.
///
/// `MemoryLayout.offset(of:)` gives a distance only where the property can be read and written directly at it; any
/// other property is reached by its key path.
struct StoredProperty<Root, Value>: Sendable {
    let path: WritableKeyPath<Root, Value> & Sendable
    private let offset: Int?

    init(_ path: WritableKeyPath<Root, Value> & Sendable) {
        (self.path, offset) = (path, MemoryLayout<Root>.offset(of: path))
    }

    func value(in root: Root) -> Value {
        guard let offset else { return root[keyPath: path] }
        return withUnsafeBytes(of: root) { $0.load(fromByteOffset: offset, as: Value.self) }
    }

    func change<Result>(in root: inout Root, _ body: (inout Value) throws -> Result) rethrows -> Result {
        guard let offset else { return try body(&root[keyPath: path]) }
        return try withUnsafeMutablePointer(to: &root) {
            try body(&(UnsafeMutableRawPointer($0) + offset).assumingMemoryBound(to: Value.self).pointee)
        }
    }
}
