import Testing
@Test func placeholderSeq2Seq() { #expect(1 + 1 == 2) }
