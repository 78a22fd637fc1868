// What holds for every aligner of the list.

import Aligners
import Testing

struct AlignerListTests {
    @Test func `Every aligner has a name of its own`() {
        let names = AlignerList.standard.map { $0.name }
        #expect(Set(names).count == names.count)
    }
}
