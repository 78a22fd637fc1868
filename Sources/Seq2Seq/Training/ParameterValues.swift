// All numbers of a model at one moment of its training, and the mean of several such moments.
// Junczys-Dowmunt, Dwojak & Sennrich 2016, "The AMU-UEDIN submission to the WMT16 news translation task", §2.3: the mean
// of the last checkpoints of one training translates better than any of them.

import TensorCore

struct ParameterValues: Equatable {
    /// By parameter, in the order of the model.
    var values: [[Scalar]]

    init(values: [[Scalar]]) { self.values = values }

    init(_ parameters: Parameters) { values = parameters.tensors.map(\.values) }

    /// Number by number. Of moments that are the same it is that moment, bit for bit: each is added by its difference
    /// from the mean of those before.
    static func mean(_ moments: [ParameterValues]) -> ParameterValues {
        guard var mean = moments.first else { return ParameterValues(values: []) }
        for (count, moment) in moments.enumerated().dropFirst() {
            for (place, values) in moment.values.enumerated() {
                for (index, value) in values.enumerated() {
                    mean.values[place][index] += (value - mean.values[place][index]) / Scalar(count + 1)
                }
            }
        }
        return mean
    }
}

extension Parameters {
    /// Puts them in the place of the present ones.
    func set(_ moment: ParameterValues) throws {
        for (name, values) in zip(names, moment.values) { try set(name, to: values) }
    }
}
