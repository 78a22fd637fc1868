// What `attention notebooks` says of itself. It is run by the program `course`, which `attention` builds when it is
// asked for.

package enum Notebooks: SubcommandText {
    package static let name = "notebooks"
    package static let summary = "The lessons: list them, run them, record what they print."
    package static let details = """
        Lessons are pages of Notebooks-md whose Swift blocks are compiled with the package and share one scope from top to bottom. Change
        the code of a page and `run` it again: the build takes it in.

          attention notebooks             the list
          attention notebooks run 3       runs lesson 3, shows what each block prints, and says where the page differs
          attention notebooks check       runs all of them and says only where a page differs; exit code 1 if one does
          attention notebooks record 3    writes what the code prints into page 3, and its pictures beside it; `record all` for all
        """
    package static let operand = "[run N | check [N] | record N]"
    package static let options: [Option] = [TextFormat.option]
    package static let examples = [
        (why: "what there is to read", command: "attention notebooks"),
        (why: "the code of lesson 3, as you changed it", command: "attention notebooks run 3"),
    ]

    package static let verbs = ["run", "check", "record"]
}
