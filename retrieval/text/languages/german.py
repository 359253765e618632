"""German."""

from __future__ import annotations

from retrieval.text.languages.grammar import Grammar, words

GERMAN = Grammar(
    stops=words("""
        der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner
        keines ich du er sie es wir ihr mich dich sich uns euch mir dir ihm ihn ihnen mein meine
        meinen meinem meiner meines dein deine deinen deinem deiner deines sein seine seinen seinem
        seiner seines ihre ihren ihrem ihrer ihres unser unsere unseren unserem unserer unseres
        euer eure euren eurem eurer eures dieser diese dieses diesen diesem jener jene jenes jenen
        jenem dies derjenige diejenige dasjenige diejenigen denjenigen derselbe dieselbe dasselbe
        dieselben selbst selber man jemand jemanden jemandem niemand etwas nichts jeder jede jedes
        jeden jedem alle alles allen allem aller beide beiden mancher manche manches manchen
        solcher solche solches solchen solchem solch wer wen wem wessen was welcher welche welches
        welchen welchem wann wo wohin woher wie warum weshalb wieso weswegen wozu wofür womit wovon
        woran worauf woraus worin worüber wodurch wobei wonach bin bist ist sind seid war warst
        waren wart wäre wären gewesen habe hast hat haben habt hatte hattest hatten hättet hätte
        hätten gehabt werde wirst wird werden werdet wurde wurden würde würden worden geworden kann
        kannst können könnt konnte konnten könnte könnten muss musst müssen müsst musste mussten
        müsste müssten soll sollst sollen sollt sollte sollten darf darfst dürfen dürft durfte
        durften dürfte dürften will willst wollen wollt wollte wollten mag magst mögen möchte
        möchten möchtest lässt in im ins an am ans auf aus bei beim von vom zu zum zur mit nach
        über um unter vor für gegen ohne durch bis seit während wegen trotz zwischen hinter neben
        ab pro je und oder aber sondern denn doch als ob wenn weil dass daß damit obwohl sowie
        sowohl weder noch entweder falls sofern nicht nie nur auch schon sehr so da dort hier dann
        nun jetzt also etwa eigentlich denn mal gar ganz immer wieder bereits dabei dafür dagegen
        daher daran darauf daraus darin darüber davon dazu deren dessen eben gerade gibt gib bzw
        usw zwar jedoch wohl viel viele vielen wenig mehr
    """),
    frames=words("""
        bitte erkläre erklären erklär erklärt beschreibe beschreiben nenne nennen sage sagen sag
        sagt zeige zeigen bedeutet bedeuten bedeutung heißt heißen geht gehen passiert passieren
        geschieht geschah funktioniert weiß wissen weißt kennt kennst frage fragen antwort hilfe
        danke hallo hi guten tag moin artikel text dokument quelle quellen thema ding sache sachen
        info infos information informationen beispiel unterschied grund gründe art arten weise
        genau lang lange groß hoch alt oft weit schwer teuer schnell tun tut macht machen machst
        zeit findet finden steht stehen lautet
    """),
    how_many=r"\bwie ?(?:viel(?:e|en|er)?|hoch|lange?|groß|weit|oft|alt|schwer|teuer|tief|schnell"
    r"|breit)\b",
    other=r"\b(?:wann|wer|wen|wem|wessen|was|welche[mnrs]?|wo|wohin|woher|wie|warum|weshalb|wieso|weswegen"
    r"|wozu|wofür|womit|wovon|woran|worauf|woraus|worin|worüber|wodurch)\b",
)
