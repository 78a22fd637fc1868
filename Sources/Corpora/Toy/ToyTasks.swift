// The list of toy languages. A new one is a file of its own and one line here.

public enum ToyTasks {
    /// The default first.
    public static let all: [any ToyTask] = [
        EnglishFrench(),
        EnglishGerman(),
        CopyTask(),
        ReverseTask(),
        SortTask(),
        DatesTask(),
        SummaryTask(),
    ]

    public static func named(_ name: String) -> (any ToyTask)? {
        all.first { $0.name == name }
    }
}
