// Nouns in three languages. German nouns keep their capital: it is how they are spelled.

/// A class, as verbs and adjectives are: a sentence then refers to its words instead of copying them.
final class Noun: Sendable {
    let singular: String, plural: String
    let kinds: Kinds
    let french: FrenchNoun
    let german: GermanNoun

    /// English forms | French, gender, plural where it is irregular | German article, forms, n for the weak declension
    /// | kinds
    init(row: [[String]]) {
        singular = row[0].dropLast().joined(separator: " ")
        plural = row[0].last ?? ""
        french = FrenchNoun(cell: row[1])
        german = GermanNoun(cell: row[2])
        kinds = Kinds(letters: row[3].joined())
    }

    static let all: [Noun] = Table.rows(table).map { Noun(row: $0) }

    private static let table = """
        boy boys | garçon m | der Junge Jungen n | p
        girl girls | fille f | das Mädchen Mädchen | p
        man men | homme m | der Mann Männer | p
        woman women | femme f | die Frau Frauen | p
        king kings | roi m | der König Könige | p
        queen queens | reine f | die Königin Königinnen | p
        teacher teachers | professeur m | der Lehrer Lehrer | p
        doctor doctors | médecin m | der Arzt Ärzte | p
        farmer farmers | fermier m | der Bauer Bauern n | p
        baker bakers | boulanger m | der Bäcker Bäcker | p
        soldier soldiers | soldat m | der Soldat Soldaten n | p
        student students | étudiant m | der Student Studenten n | p
        singer singers | chanteur m | der Sänger Sänger | p
        dancer dancers | danseuse f | die Tänzerin Tänzerinnen | p
        nurse nurses | infirmière f | die Krankenschwester Krankenschwestern | p
        neighbour neighbours | voisin m | der Nachbar Nachbarn n | p
        friend friends | ami m | der Freund Freunde | p
        sister sisters | sœur f | die Schwester Schwestern | p
        brother brothers | frère m | der Bruder Brüder | p
        mother mothers | mère f | die Mutter Mütter | p
        father fathers | père m | der Vater Väter | p
        uncle uncles | oncle m | der Onkel Onkel | p
        aunt aunts | tante f | die Tante Tanten | p
        child children | enfant m | das Kind Kinder | p
        baby babies | bébé m | das Baby Babys | p
        painter painters | peintre m | der Maler Maler | p
        writer writers | écrivain m | der Schriftsteller Schriftsteller | p
        judge judges | juge m | der Richter Richter | p
        lawyer lawyers | avocat m | der Anwalt Anwälte | p
        thief thieves | voleur m | der Dieb Diebe | p
        prince princes | prince m | der Prinz Prinzen n | p
        princess princesses | princesse f | die Prinzessin Prinzessinnen | p
        witch witches | sorcière f | die Hexe Hexen | p
        knight knights | chevalier m | der Ritter Ritter | p
        maid maids | servante f | die Magd Mägde | p
        sailor sailors | marin m | der Matrose Matrosen n | p
        cat cats | chat m | die Katze Katzen | a
        dog dogs | chien m | der Hund Hunde | a
        horse horses | cheval m chevaux | das Pferd Pferde | a
        cow cows | vache f | die Kuh Kühe | a
        bird birds | oiseau m | der Vogel Vögel | a
        mouse mice | souris f | die Maus Mäuse | a
        frog frogs | grenouille f | der Frosch Frösche | a
        wolf wolves | loup m | der Wolf Wölfe | a
        fox foxes | renard m | der Fuchs Füchse | a
        bear bears | ours m | der Bär Bären n | a
        lion lions | lion m | der Löwe Löwen n | a
        goat goats | chèvre f | die Ziege Ziegen | a
        pig pigs | cochon m | das Schwein Schweine | a
        duck ducks | canard m | die Ente Enten | a
        hen hens | poule f | die Henne Hennen | a
        rabbit rabbits | lapin m | das Kaninchen Kaninchen | a
        snake snakes | serpent m | die Schlange Schlangen | a
        monkey monkeys | singe m | der Affe Affen n | a
        turtle turtles | tortue f | die Schildkröte Schildkröten | a
        donkey donkeys | âne m | der Esel Esel | a
        mat mats | tapis m | die Matte Matten | t
        table tables | table f | der Tisch Tische | t
        chair chairs | chaise f | der Stuhl Stühle | t
        bed beds | lit m | das Bett Betten | t
        book books | livre m | das Buch Bücher | tr
        letter letters | lettre f | der Brief Briefe | tr
        newspaper newspapers | journal m journaux | die Zeitung Zeitungen | tr
        poem poems | poème m | das Gedicht Gedichte | tr
        key keys | clé f | der Schlüssel Schlüssel | t
        door doors | porte f | die Tür Türen | t
        window windows | fenêtre f | das Fenster Fenster | t
        lamp lamps | lampe f | die Lampe Lampen | t
        mirror mirrors | miroir m | der Spiegel Spiegel | t
        clock clocks | horloge f | die Uhr Uhren | t
        knife knives | couteau m | das Messer Messer | t
        spoon spoons | cuillère f | der Löffel Löffel | t
        plate plates | assiette f | der Teller Teller | t
        bottle bottles | bouteille f | die Flasche Flaschen | t
        basket baskets | panier m | der Korb Körbe | t
        box boxes | boîte f | die Kiste Kisten | t
        bag bags | sac m | die Tasche Taschen | t
        hat hats | chapeau m | der Hut Hüte | t
        coat coats | manteau m | der Mantel Mäntel | t
        shirt shirts | chemise f | das Hemd Hemden | t
        shoe shoes | chaussure f | der Schuh Schuhe | t
        ring rings | bague f | der Ring Ringe | t
        crown crowns | couronne f | die Krone Kronen | t
        sword swords | épée f | das Schwert Schwerter | t
        drum drums | tambour m | die Trommel Trommeln | t
        violin violins | violon m | die Geige Geigen | t
        stone stones | pierre f | der Stein Steine | t
        flower flowers | fleur f | die Blume Blumen | t
        tree trees | arbre m | der Baum Bäume | t
        picture pictures | tableau m | das Bild Bilder | t
        pen pens | stylo m | der Stift Stifte | t
        boat boats | bateau m | das Boot Boote | t
        car cars | voiture f | das Auto Autos | t
        bicycle bicycles | vélo m | das Fahrrad Fahrräder | t
        rope ropes | corde f | das Seil Seile | t
        ladder ladders | échelle f | die Leiter Leitern | t
        apple apples | pomme f | der Apfel Äpfel | tf
        pear pears | poire f | die Birne Birnen | tf
        cake cakes | gâteau m | der Kuchen Kuchen | tf
        cheese cheeses | fromage m | der Käse Käse | tf
        egg eggs | œuf m | das Ei Eier | tf
        carrot carrots | carotte f | die Karotte Karotten | tf
        house houses | maison f | das Haus Häuser | l
        garden gardens | jardin m | der Garten Gärten | l
        kitchen kitchens | cuisine f | die Küche Küchen | l
        school schools | école f | die Schule Schulen | l
        church churches | église f | die Kirche Kirchen | l
        castle castles | château m | das Schloss Schlösser | l
        forest forests | forêt f | der Wald Wälder | l
        village villages | village m | das Dorf Dörfer | l
        town towns | ville f | die Stadt Städte | l
        street streets | rue f | die Straße Straßen | l
        market markets | marché m | der Markt Märkte | l
        station stations | gare f | der Bahnhof Bahnhöfe | l
        shop shops | magasin m | der Laden Läden | l
        farm farms | ferme f | der Bauernhof Bauernhöfe | l
        cellar cellars | cave f | der Keller Keller | l
        tower towers | tour f | der Turm Türme | l
        palace palaces | palais m | der Palast Paläste | l
        bedroom bedrooms | chambre f | das Schlafzimmer Schlafzimmer | l
        courtyard courtyards | cour f | der Hof Höfe | l
        library libraries | bibliothèque f | die Bibliothek Bibliotheken | l
        hotel hotels | hôtel m | das Hotel Hotels | l
        hospital hospitals | hôpital m hôpitaux | das Krankenhaus Krankenhäuser | l
        museum museums | musée m | das Museum Museen | l
        theatre theatres | théâtre m | das Theater Theater | l
        """

    /// English noun-noun compounds, for German, which writes them as one word. The French column is not used.
    static let compounds: [Noun] = Table.rows(compoundTable).map { row in
        Noun(row: [[row[0][0] + " " + row[0][1], row[0][0] + " " + row[0][2]], ["-", "m"], row[1], row[2]])
    }

    private static let compoundTable = """
        garden door doors | die Gartentür Gartentüren | t
        house door doors | die Haustür Haustüren | t
        kitchen door doors | die Küchentür Küchentüren | t
        cellar door doors | die Kellertür Kellertüren | t
        kitchen window windows | das Küchenfenster Küchenfenster | t
        cellar window windows | das Kellerfenster Kellerfenster | t
        kitchen table tables | der Küchentisch Küchentische | t
        garden table tables | der Gartentisch Gartentische | t
        garden chair chairs | der Gartenstuhl Gartenstühle | t
        kitchen knife knives | das Küchenmesser Küchenmesser | t
        house key keys | der Hausschlüssel Hausschlüssel | t
        car key keys | der Autoschlüssel Autoschlüssel | t
        church clock clocks | die Kirchenuhr Kirchenuhren | t
        station clock clocks | die Bahnhofsuhr Bahnhofsuhren | t
        apple tree trees | der Apfelbaum Apfelbäume | t
        pear tree trees | der Birnbaum Birnbäume | t
        apple cake cakes | der Apfelkuchen Apfelkuchen | tf
        cheese cake cakes | der Käsekuchen Käsekuchen | tf
        goat cheese cheeses | der Ziegenkäse Ziegenkäse | tf
        school book books | das Schulbuch Schulbücher | tr
        picture book books | das Bilderbuch Bilderbücher | tr
        love letter letters | der Liebesbrief Liebesbriefe | tr
        house cat cats | die Hauskatze Hauskatzen | a
        farm cat cats | die Bauernhofkatze Bauernhofkatzen | a
        forest bird birds | der Waldvogel Waldvögel | a
        school friend friends | der Schulfreund Schulfreunde | p
        village teacher teachers | der Dorflehrer Dorflehrer | p
        village doctor doctors | der Dorfarzt Dorfärzte | p
        city church churches | die Stadtkirche Stadtkirchen | l
        village church churches | die Dorfkirche Dorfkirchen | l
        village school schools | die Dorfschule Dorfschulen | l
        castle garden gardens | der Schlossgarten Schlossgärten | l
        church tower towers | der Kirchturm Kirchtürme | l
        """
}
