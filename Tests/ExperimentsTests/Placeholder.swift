import Testing
@Test func placeholderExperiments() { #expect(1 + 1 == 2) }
