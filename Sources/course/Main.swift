// The program of exercises and lessons. `attention` builds and runs it when somebody asks for them.

import Terminal

@main
enum Main {
    static func main() { Program.main([ExercisesCommand.self, Notebooks.self]) }
}
