import Testing
@Test func placeholderAttentionScorers() { #expect(1 + 1 == 2) }
