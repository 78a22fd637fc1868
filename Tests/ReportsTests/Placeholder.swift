import Testing
@Test func placeholderReports() { #expect(1 + 1 == 2) }
