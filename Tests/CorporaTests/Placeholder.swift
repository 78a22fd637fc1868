import Testing
@Test func placeholderCorpora() { #expect(1 + 1 == 2) }
