"""French."""

from __future__ import annotations

from retrieval.text.languages.grammar import Grammar, words

FRENCH = Grammar(
    stops=words("""
        le la les un une des du de au aux ce cet cette ces cela ceci ça celui celle ceux celles mon
        ma mes ton ta tes son sa ses notre nos votre vos leur leurs je tu il elle on nous vous ils
        elles me te se moi toi lui soi eux y en qui que quoi dont où quel quelle quels quelles
        lequel laquelle lesquels lesquelles duquel desquels auquel quand comment pourquoi combien
        est es suis sommes êtes sont était étais étions étaient étiez être été étant fut furent
        sera serai seront serait seraient soit soient fût a as ai avons avez ont avait avais
        avaient avoir eu ayant eut aura auront aurait auraient ait aient peut peux pouvons pouvez
        peuvent pouvait pouvaient pourra pourrait pourraient doit dois doivent devez devait
        devrait devraient faut fallait veut veux veulent voudrait fait faire font faites dans sur
        sous par pour avec sans chez vers entre depuis pendant contre dès jusque jusqu avant après
        et ou mais donc or ni car si comme lorsque puisque quoique parce alors ainsi aussi ne pas
        plus moins rien jamais aucun aucune tout toute tous toutes autre autres même mêmes tel
        telle tels telles quelque quelques chaque plusieurs très trop peu bien déjà encore
        toujours là ici voici voilà puis ensuite cependant c d j l m n s t qu lorsqu puisqu quoiqu
        quelqu aujourd hui est-ce
    """),
    frames=words("""
        merci bonjour salut svp stp plaît explique expliquer expliquez expliquez-moi décris décrire
        décrivez dis dire dites donne donner donnez montre montrer nomme citer signifie signifient
        appelle appellent appelé passe passer passé arrivé arrive sais savoir savez
        connaissez question questions réponse aide article texte document source sources sujet
        chose choses sorte sortes type types exemple info infos information informations façon
        manière raison raisons différence fonctionne temps trouve trouver trouvent existe
    """),
    elided=words("l d j m t s n c qu lorsqu puisqu quoiqu jusqu"),
    how_many=r"\b(?:combien"
    r"|quel(?:le)?s? (?:nombre|prix|taille|âge|hauteur|longueur|durée|distance|coût)s?)\b",
    other=r"\b(?:quand|qui|que|quoi|qu['’]est|quel(?:le)?s?|où|comment|pourquoi"
    r"|(?:la|le|les)quel(?:le)?s?)\b",
)
