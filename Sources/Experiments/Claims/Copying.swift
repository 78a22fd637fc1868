extension Claim {
    static let copying = Claim(
        "copying", "A model that can copy source words translates unknown words.",
        source: "See et al. 2017, §2.2; Gu et al. 2016",
        basis: .nothing,
        rule: "None: the model here has no way to a target word but its output layer."
    ) { _ in
        .notTestable("The model here has one way to a target word only, its output layer; there is nothing to compare copying with.")
    }
}
