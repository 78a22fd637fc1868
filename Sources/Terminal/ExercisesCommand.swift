// What `attention exercises` says of itself. It is run by the program `course`, which `attention` builds when it is
// asked for.

package enum ExercisesCommand: SubcommandText {
    package static let name = "exercises"
    package static let summary = "The exercises: where you stand, what is next, hints and solutions."
    package static let details = """
        Exercises are files of the folder Exercises with gaps to fill; `swift test --filter Exercise03` checks one. A
        number is what the list begins its line with: 7 for an exercise, A for a project, bug3 for a bug hunt.

          attention exercises               the list, and what to do next
          attention exercises watch         builds and checks at every save, from the first exercise that is not done
          attention exercises show 7        the exercise as it stands in your file
          attention exercises hint 7        the first of three hints; `hint 7 2` and `hint 7 3` say more
          attention exercises check 7       what `swift test --filter Exercise07` says, in short; exit code 1 unless it is done
          attention exercises reset 7       the exercise as it was; your file is kept in Exercises/.copies
          attention exercises solution 7    a solution

        `watch 7` begins with exercise 7. It shows what the check says, or what does not compile, and goes on to the
        next exercise when one is done. Keys: h the next hint, n the next exercise, p the one before, s the task,
        q or Ctrl-C the end. Where no terminal is at hand, it reads the same letters in lines, to the end of its input.
        """
    package static let operand = "[watch [N] | show N | hint N [1-3] | check N | reset N | solution N]"
    package static let options: [Option] = [TextFormat.option]
    package static let examples = [
        (why: "what is done and what is next", command: "attention exercises"),
        (why: "edit, save, read, edit, in two windows", command: "attention exercises watch"),
        (why: "a nudge", command: "attention exercises hint 7"),
        (why: "from the beginning again; nothing is lost", command: "attention exercises reset bug3"),
    ]

    package static let verbs = ["watch", "show", "hint", "check", "reset", "solution"]
}
