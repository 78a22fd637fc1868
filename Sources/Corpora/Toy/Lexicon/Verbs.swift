// Verbs in three languages, by what they take.

final class Verb: Sendable {
    enum Pattern: Int, Sendable { case alone, object, gift, speech, posture }

    let pattern: Pattern
    /// eat, eats, ate, eaten, eating, and "for" in "look for".
    let base: String, third: String, past: String, participle: String, gerund: String, particle: String?
    /// What it takes as its object.
    let objects: Kinds
    let french: FrenchVerb
    let german: GermanVerb

    /// English forms, particle | French | German | kinds of object
    init(row: [[String]], pattern: Pattern) {
        self.pattern = pattern
        let english = row[0]
        (base, third, past, participle, gerund) = (english[0], english[1], english[2], english[3], english[4])
        particle = english.count > 5 ? english[5] : nil
        french = FrenchVerb(cell: row[1])
        german = GermanVerb(cell: row[2])
        objects = Kinds(letters: row.count > 3 ? row[3].joined() : "")
    }

    static let all: [Verb] =
        table(withObject, .object) + table(alone, .alone) + table(gift, .gift) + table(speech, .speech)
        + table(posture, .posture)

    private static func table(_ text: String, _ pattern: Pattern) -> [Verb] {
        Table.rows(text).map { Verb(row: $0, pattern: pattern) }
    }

    // French: a regular verb in -er by its infinitive; any other by infinitive, il, ils, the stem of the future, and
    // the participle; + être where that is its auxiliary; > its preposition.
    // German: a weak verb by its infinitive; any other by infinitive, third person, past, participle; a separable
    // prefix before a stroke; + sein where that is its auxiliary; > the case or the preposition and case of its object,
    // if not accusative.

    private static let withObject = """
        see sees saw seen seeing | voir voit voient verr vu | sehen sieht sah gesehen | patfl
        love loves loved loved loving | aimer | lieben | patfl
        hate hates hated hated hating | détester | hassen | patfl
        watch watches watched watched watching | regarder | an/sehen sieht sah gesehen | patfl
        find finds found found finding | trouver | finden findet fand gefunden | patfl
        look looks looked looked looking for | chercher | suchen | patfl
        listen listens listened listened listening to | écouter | zu/hören > dat | pa
        carry carries carried carried carrying | porter | tragen trägt trug getragen | patf
        push pushes pushed pushed pushing | pousser | schieben schiebt schob geschoben | pat
        pull pulls pulled pulled pulling | tirer | ziehen zieht zog gezogen | pat
        touch touches touched touched touching | toucher | an/fassen | patf
        break breaks broke broken breaking | casser | zerbrechen zerbricht zerbrach zerbrochen | t
        eat eats ate eaten eating | manger | essen isst aß gegessen | f
        read reads read read reading | lire lit lisent lir lu | lesen liest las gelesen | r
        write writes wrote written writing | écrire écrit écrivent écrir écrit | schreiben schreibt schrieb geschrieben | r
        buy buys bought bought buying | acheter achète achètent achèter acheté | kaufen | atfl
        sell sells sold sold selling | vendre vend vendent vendr vendu | verkaufen verkauft verkaufte verkauft | atfl
        steal steals stole stolen stealing | voler | stehlen stiehlt stahl gestohlen | atf
        hide hides hid hidden hiding | cacher | verstecken versteckt versteckte versteckt | patf
        draw draws drew drawn drawing | dessiner | zeichnen zeichnet zeichnete gezeichnet | patfl
        paint paints painted painted painting | peindre peint peignent peindr peint | malen | patfl
        wash washes washed washed washing | laver | ab/waschen wäscht wusch gewaschen | patf
        help helps helped helped helping | aider | helfen hilft half geholfen > dat | pa
        follow follows followed followed following | suivre suit suivent suivr suivi | folgen > dat | pa
        call calls called called calling | appeler appelle appellent appeller appelé | an/rufen ruft rief gerufen | p
        invite invites invited invited inviting | inviter | ein/laden lädt lud geladen | p
        greet greets greeted greeted greeting | saluer | begrüßen begrüßt begrüßte begrüßt | pa
        kiss kisses kissed kissed kissing | embrasser | küssen | pa
        thank thanks thanked thanked thanking | remercier | danken > dat | p
        chase chases chased chased chasing | poursuivre poursuit poursuivent poursuivr poursuivi | verfolgen verfolgt verfolgte verfolgt | pa
        catch catches caught caught catching | attraper | fangen fängt fing gefangen | pa
        feed feeds fed fed feeding | nourrir nourrit nourrissent nourrir nourri | füttern füttert fütterte gefüttert | pa
        bite bites bit bitten biting | mordre mord mordent mordr mordu | beißen beißt biss gebissen | pa
        forget forgets forgot forgotten forgetting | oublier | vergessen vergisst vergaß vergessen | patfl
        lose loses lost lost losing | perdre perd perdent perdr perdu | verlieren verliert verlor verloren | patf
        keep keeps kept kept keeping | garder | behalten behält behielt behalten | atf
        clean cleans cleaned cleaned cleaning | nettoyer nettoie nettoient nettoier nettoyé | putzen | tl
        describe describes described described describing | décrire décrit décrivent décrir décrit | beschreiben beschreibt beschrieb beschrieben | patfl
        admire admires admired admired admiring | admirer | bewundern bewundert bewunderte bewundert | patl
        visit visits visited visited visiting | visiter | besuchen besucht besuchte besucht | l
        cross crosses crossed crossed crossing | traverser | durchqueren durchquert durchquerte durchquert | l
        build builds built built building | construire construit construisent construir construit | auf/bauen | l
        enter enters entered entered entering | entrer + être > dans | betreten betritt betrat betreten | l
        know knows knew known knowing | connaître connaît connaissent connaîtr connu | kennen kennt kannte gekannt | pal
        wait waits waited waited waiting for | attendre attend attendent attendr attendu | warten > auf acc | pa
        throw throws threw thrown throwing | jeter jette jettent jetter jeté | weg/werfen wirft warf geworfen | tf
        lift lifts lifted lifted lifting | soulever soulève soulèvent soulèver soulevé | hoch/heben hebt hob gehoben | patf
        recognise recognises recognised recognised recognising | reconnaître reconnaît reconnaissent reconnaîtr reconnu | erkennen erkennt erkannte erkannt | patl
        defend defends defended defended defending | défendre défend défendent défendr défendu | verteidigen verteidigt verteidigte verteidigt | pal
        choose chooses chose chosen choosing | choisir choisit choisissent choisir choisi | aus/wählen | patfl
        hear hears heard heard hearing | entendre entend entendent entendr entendu | hören | pa
        protect protects protected protected protecting | protéger protège protègent protéger protégé | beschützen beschützt beschützte beschützt | pal
        obey obeys obeyed obeyed obeying | obéir obéit obéissent obéir obéi > à | gehorchen gehorcht gehorchte gehorcht > dat | p
        answer answers answered answered answering | répondre répond répondent répondr répondu > à | antworten > dat | p
        speak speaks spoke spoken speaking to | parler > à | sprechen spricht sprach gesprochen > mit dat | pa
        think thinks thought thought thinking of | penser > à | denken denkt dachte gedacht > an acc | patfl
        dream dreams dreamt dreamt dreaming of | rêver > de | träumen > von dat | patfl
        talk talks talked talked talking about | parler > de | reden > über acc | patfl
        laugh laughs laughed laughed laughing at | rire rit rient rir ri > de | lachen > über acc | pat
        """

    private static let alone = """
        sleep sleeps slept slept sleeping | dormir dort dorment dormir dormi | schlafen schläft schlief geschlafen
        sing sings sang sung singing | chanter | singen singt sang gesungen
        dance dances danced danced dancing | danser | tanzen
        laugh laughs laughed laughed laughing | rire rit rient rir ri | lachen
        cry cries cried cried crying | pleurer | weinen
        run runs ran run running | courir court courent courr couru | laufen läuft lief gelaufen + sein
        walk walks walked walked walking | marcher | gehen geht ging gegangen + sein
        swim swims swam swum swimming | nager | schwimmen schwimmt schwamm geschwommen + sein
        work works worked worked working | travailler | arbeiten
        arrive arrives arrived arrived arriving | arriver + être | an/kommen kommt kam gekommen + sein
        fall falls fell fallen falling | tomber + être | hin/fallen fällt fiel gefallen + sein
        return returns returned returned returning | revenir revient reviennent reviendr revenu + être | zurück/kommen kommt kam gekommen + sein
        stay stays stayed stayed staying | rester + être | bleiben bleibt blieb geblieben + sein
        smile smiles smiled smiled smiling | sourire sourit sourient sourir souri | lächeln lächelt lächelte gelächelt
        play plays played played playing | jouer | spielen
        shout shouts shouted shouted shouting | crier | schreien schreit schrie geschrien
        tremble trembles trembled trembled trembling | trembler | zittern zittert zitterte gezittert
        hesitate hesitates hesitated hesitated hesitating | hésiter | zögern zögert zögerte gezögert
        listen listens listened listened listening | écouter | zu/hören
        wait waits waited waited waiting | attendre attend attendent attendr attendu | warten
        """

    private static let gift = """
        give gives gave given giving | donner | geben gibt gab gegeben | tf
        show shows showed shown showing | montrer | zeigen | patfl
        send sends sent sent sending | envoyer envoie envoient enverr envoyé | schicken | tf
        lend lends lent lent lending | prêter | leihen leiht lieh geliehen | t
        bring brings brought brought bringing | apporter | mit/bringen bringt brachte gebracht | tf
        """

    private static let speech = """
        say says said said saying | dire dit disent dir dit | sagen
        think thinks thought thought thinking | penser | denken denkt dachte gedacht
        believe believes believed believed believing | croire croit croient croir cru | glauben
        know knows knew known knowing | savoir sait savent saur su | wissen weiß wusste gewusst
        hope hopes hoped hoped hoping | espérer espère espèrent espérer espéré | hoffen
        repeat repeats repeated repeated repeating | répéter répète répètent répéter répété | wiederholen wiederholt wiederholte wiederholt
        """

    /// In French a posture is a state: être and an adjective, here masculine and feminine.
    private static let posture = """
        sit sits sat sat sitting | = assis assise | sitzen sitzt saß gesessen
        stand stands stood stood standing | = debout - | stehen steht stand gestanden
        lie lies lay lain lying | = couché couchée | liegen liegt lag gelegen
        """
}
