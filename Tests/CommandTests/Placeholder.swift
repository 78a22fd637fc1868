import Testing
@Test func placeholderCommand() { #expect(1 + 1 == 2) }
