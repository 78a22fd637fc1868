// What `attention exercises` says of itself. It is run by the program `course`, which `attention` builds when it is
// asked for.

package enum ExercisesCommand: SubcommandText {
    package static let name = "exercises"
    package static let summary = "The exercises: where you stand, what is next, hints and solutions."
    package static let details = """
        Exercises are files of the folder Exercises with gaps to fill; `swift test --filter Exercise03` checks one. Numbers are 1 to 20,
        projects A to D, bug hunts bug1 to bug8.

          attention exercises               the list, and what to do next
          attention exercises show 7        the exercise as it stands in your file
          attention exercises hint 7        the first of three hints; `hint 7 2` and `hint 7 3` say more
          attention exercises check 7       what `swift test --filter Exercise07` says, in short; exit code 1 unless it is done
          attention exercises reset 7       the exercise as it was; your file is kept in Exercises/.copies
          attention exercises solution 7    a solution
        """
    package static let operand = "[show N | hint N [1-3] | check N | reset N | solution N]"
    package static let options: [Option] = [TextFormat.option]
    package static let examples = [
        (why: "what is done and what is next", command: "attention exercises"),
        (why: "a nudge", command: "attention exercises hint 7"),
        (why: "from the beginning again; nothing is lost", command: "attention exercises reset bug3"),
    ]

    package static let verbs = ["show", "hint", "check", "reset", "solution"]
}
