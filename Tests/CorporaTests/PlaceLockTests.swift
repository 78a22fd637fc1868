// One process at a time in a place. Two descriptors of one process exclude one another as those of two processes do.

import Dispatch
import Foundation
import Synchronization
import Testing

@testable import Corpora

@Suite("Places that one process has") struct PlaceLockTests {
    @Test("a folder is one process's, until it is done") func folder() throws {
        let folder = try Folder()
        try FolderLock.during(folder.path) {
            let error = try inputError { try FolderLock.during(folder.path) { Issue.record("two at a time") } }
            #expect(error.message.contains("is writing here") && error.message.contains("Nothing was changed"))
            #if os(Linux)
            #expect(error.message.contains("process \(getpid()) of this machine"))
            #endif
        }
        #expect(try FolderLock.during(folder.path) { 7 } == 7)
        #expect(try folder.content.isEmpty, "no lock file")
    }

    @Test("what a killed process left half written is removed by who has the folder") func parts() throws {
        let folder = try Folder()
        _ = try folder.write("results.json.0123ABCD.part", "half")
        try FolderLock.during(folder.path, and: ["details"]) {
            let left = try folder.content
            #expect(left.isEmpty)
        }
    }

    @Test("a file that is written again and again: another process is refused, and nothing is left behind") func file()
        throws
    {
        let folder = try Folder(), path = folder.file("m")
        var mine: OwnedFile? = try OwnedFile(path)
        #expect(try folder.content.isEmpty, "nothing before the first write")
        for text in ["one", "two", "three"] {
            try mine?.write(Data(text.utf8))
            #expect(try inputError { _ = try OwnedFile(path) }.message.contains("is writing here"))
            #expect(try TextFile.read(path) == text && folder.content == ["m"])
        }
        mine = nil
        try OwnedFile(path).write(Data("four".utf8))
        #expect(try TextFile.read(path) == "four")
    }

    @Test("of two that begin at one moment the first to write has the file, and the other says so") func beginning()
        throws
    {
        let folder = try Folder(), path = folder.file("m"), one = try OwnedFile(path), two = try OwnedFile(path)
        try one.write(Data("one".utf8))
        #expect(try inputError { try two.write(Data("two".utf8)) }.message.contains("in the meantime"))
        try one.write(Data("again".utf8))
        #expect(try TextFile.read(path) == "again" && folder.content == ["m"])
    }

    @Test("a file that was taken away and made again by another is no longer one's own") func replaced() throws {
        let folder = try Folder(), path = folder.file("m"), one = try OwnedFile(path)
        try one.write(Data("one".utf8))
        try FileManager.default.removeItem(atPath: path)
        try OwnedFile(path).write(Data("other".utf8))
        #expect(try inputError { try one.write(Data("two".utf8)) }.message.contains("in the meantime"))
        #expect(try TextFile.read(path) == "other")
    }

    @Test("an existing file keeps its rights; a pipe stays a pipe") func rights() throws {
        let folder = try Folder(), path = try folder.write("m", "old")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        try AtomicFile.write("new", to: path)
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
        try OwnedFile("/dev/null").write(Data("x".utf8))
        #expect(SystemFile.kind(of: "/dev/null") == .other)
    }

    @Test("a new folder is nobody else's, whoever asks for the same name") func newFolders() throws {
        let folder = try Folder(), name = folder.file("results/2026-01-01-000000")
        let made = Mutex<[String]>([])
        DispatchQueue.concurrentPerform(iterations: 8) { _ in
            if let one = try? Corpora.Folder.makeNew(name) { made.withLock { $0.append(one) } }
        }
        #expect(made.withLock { Set($0) }.count == 8 && made.withLock { $0.contains(name) })
        #expect(throws: RunError.self) { try Corpora.Folder.makeNew("/dev/null/x") }
    }
}
