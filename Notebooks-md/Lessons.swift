// This folder is a target of the package: the build makes a function of each page, and the list of them,
//
//     public let lessons: [Lesson]
//
// of the code in the pages. SwiftPM wants a source file in each target; this is it.
