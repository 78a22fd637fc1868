// One field of counts: its name in files, how it is added, read and written, and what it is a part of.

import Corpora

/// A field of counts that add. Made by the functions below, one for each kind of value.
public final class CountField<Root>: Sendable {
    typealias Add = @Sendable (inout Root, Root) -> Void
    typealias Read = @Sendable (inout Root, KeyedDecodingContainer<NameKey>, NameKey) throws -> Void
    typealias Write = @Sendable (Root, inout KeyedEncodingContainer<NameKey>, NameKey) throws -> Void

    /// Its name in files.
    public let key: String
    let path: PartialKeyPath<Root> & Sendable
    let name: NameKey
    /// Its name in files of schema 1.
    private let first: NameKey
    /// The first schema that has it. Counts of an older file have none of it.
    let since: Int
    let add: Add, read: Read, write: Write
    /// What there is to check and to write flat; nil where it is neither a number nor some.
    let numbers: Numbers?

    final class Numbers: Sendable {
        typealias Amount = @Sendable (Root) -> CountAmount
        typealias Set = @Sendable (inout Root, ArraySlice<Int>) -> Void
        typealias Whole = (path: PartialKeyPath<Root> & Sendable, amount: Amount)

        let amount: Amount
        let isSigned: Bool
        /// How many there are; nil where that varies.
        let count: Int?
        /// From whole numbers in a row; nil where they are no fixed number of whole numbers.
        let set: Set?
        /// None of these is less.
        let wholes: [Whole]

        init(
            _ amount: @escaping Amount, isSigned: Bool = false, count: Int? = nil, set: Set? = nil, wholes: [Whole] = []
        ) {
            (self.amount, self.isSigned, self.count, self.set, self.wholes) = (amount, isSigned, count, set, wholes)
        }
    }

    func name(in schema: Int) -> NameKey { schema < 2 ? first : name }

    private init(
        _ key: String, _ names: (NameKey, NameKey), since: Int, _ path: PartialKeyPath<Root> & Sendable,
        _ add: @escaping Add,
        _ read: @escaping Read, _ write: @escaping Write, _ numbers: Numbers?
    ) {
        (self.key, (name, first), self.since, self.path) = (key, names, since, path)
        (self.add, self.read, self.write, self.numbers) = (add, read, write, numbers)
    }

    private convenience init<Value: Codable & Sendable>(
        _ key: String, _ property: StoredProperty<Root, Value>, _ earlier: String? = nil, since: Int,
        numbers: Numbers? = nil,
        add: @escaping Add
    ) {
        self.init(
            key, (NameKey(key), NameKey(earlier ?? key)), since: since, property.path, add,
            { root, container, name in
                let value = try container.decode(Value.self, forKey: name)
                property.change(in: &root) { $0 = value }
            },
            { try $1.encode(property.value(in: $0), forKey: $2) }, numbers)
    }

    /// Says that it can be no more than each of these.
    public func part<Whole: CountNumber>(of wholes: (WritableKeyPath<Root, Whole> & Sendable)...) -> CountField {
        let more = wholes.map { path -> Numbers.Whole in
            let property = StoredProperty(path)
            return (path, { property.value(in: $0).amount })
        }
        let numbers = numbers.map {
            Numbers($0.amount, isSigned: $0.isSigned, count: $0.count, set: $0.set, wholes: $0.wholes + more)
        }
        return CountField(key, (name, first), since: since, path, add, read, write, numbers)
    }
}

// MARK: kinds

extension CountField {
    /// A whole number.
    /// - Parameters:
    ///   - earlier: its name in files of schema 1, where that was another one.
    ///   - since: the first schema that has it; a file of that schema or a later one without it is damaged.
    public static func number(
        _ key: String, _ path: WritableKeyPath<Root, Int> & Sendable, earlier: String? = nil,
        since: Int = 1
    ) -> CountField {
        let property = StoredProperty(path)
        let numbers = Numbers(
            { .whole(property.value(in: $0)) }, count: 1,
            set: { root, numbers in
                property.change(in: &root) { $0 = numbers[numbers.startIndex] }
            })
        return CountField(key, property, earlier, since: since, numbers: numbers) { a, b in
            property.change(in: &a) { $0 += property.value(in: b) }
        }
    }

    /// A sum that is no whole number.
    /// - Parameter isSigned: whether it can be below 0.
    public static func sum(
        _ key: String, _ path: WritableKeyPath<Root, Double> & Sendable, earlier: String? = nil,
        since: Int = 1, isSigned: Bool = false
    ) -> CountField {
        let property = StoredProperty(path)
        let numbers = Numbers({ .sum(property.value(in: $0)) }, isSigned: isSigned)
        return CountField(key, property, earlier, since: since, numbers: numbers) { a, b in
            property.change(in: &a) { $0 += property.value(in: b) }
        }
    }

    /// Whole numbers that are added place by place; a shorter list goes on with zeros.
    /// - Parameter count: how many there must be; nil where that varies.
    public static func numbers(
        _ key: String, _ path: WritableKeyPath<Root, [Int]> & Sendable, count: Int?, earlier: String? = nil,
        since: Int = 1
    ) -> CountField {
        let property = StoredProperty(path)
        let set: Numbers.Set = { root, numbers in property.change(in: &root) { $0 = Array(numbers) } }
        let numbers = Numbers({ .list(property.value(in: $0)) }, count: count, set: count == nil ? nil : set)
        return CountField(key, property, earlier, since: since, numbers: numbers) { a, b in
            let more = property.value(in: b)
            property.change(in: &a) { sums in
                if sums.count < more.count { sums += repeatElement(0, count: more.count - sums.count) }
                for place in more.indices { sums[place] += more[place] }
            }
        }
    }

    /// Counts inside counts.
    public static func counts(
        _ key: String, _ path: WritableKeyPath<Root, some Counts> & Sendable, since: Int = 1
    ) -> CountField {
        let property = StoredProperty(path)
        return CountField(key, property, since: since) { a, b in property.change(in: &a) { $0 += property.value(in: b) }
        }
    }

    /// Counts of groups, by their names.
    public static func groups(
        _ key: String, _ path: WritableKeyPath<Root, [String: some Counts]> & Sendable,
        since: Int = 1
    ) -> CountField {
        let property = StoredProperty(path)
        return CountField(key, property, since: since) { a, b in
            property.change(in: &a) { groups in
                for (name, counts) in property.value(in: b) { groups[name, default: .init()] += counts }
            }
        }
    }

    /// One value a sentence, in the order added.
    public static func perSentence(
        _ key: String, _ path: WritableKeyPath<Root, [some Codable & Sendable]> & Sendable,
        since: Int = 1
    ) -> CountField {
        let property = StoredProperty(path)
        return CountField(key, property, since: since) { a, b in property.change(in: &a) { $0 += property.value(in: b) }
        }
    }

    /// The counts of each sentence, in the order added; in files a flat list.
    public static func perSentence<Sentence: Counts>(
        _ key: String, _ path: WritableKeyPath<Root, [Sentence]> & Sendable,
        since: Int = 1
    ) -> CountField {
        let property = StoredProperty(path)
        return CountField(
            key, (NameKey(key), NameKey(key)), since: since, path,
            { a, b in property.change(in: &a) { $0 += property.value(in: b) } },
            { root, container, name in
                let list = try container.decode(CompactCounts<Sentence>.self, forKey: name)
                property.change(in: &root) { $0 = list.sentences }
            },
            { try $1.encode(CompactCounts(property.value(in: $0)), forKey: $2) }, nil)
    }

    /// What was measured how: the same in all that are added.
    public static func setting(
        _ key: String, _ path: WritableKeyPath<Root, some Codable & Sendable> & Sendable, since: Int = 1
    ) -> CountField {
        CountField(key, StoredProperty(path), since: since) { _, _ in }
    }
}
