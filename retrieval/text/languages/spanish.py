"""Spanish."""

from __future__ import annotations

from retrieval.text.languages.grammar import Grammar, words

SPANISH = Grammar(
    stops=words("""
        el la los las lo un una unos unas al del de a ante bajo con contra desde durante en entre
        hacia hasta mediante para por según sin sobre tras y e o u ni pero sino mas aunque si
        porque pues que como cuando donde mientras yo tú tu él ella ello nosotros nosotras vosotros
        ustedes usted ellos ellas me te se nos os le les mí ti sí mi mis tus su sus nuestro nuestra
        nuestros nuestras vuestro vuestra suyo suya este esta esto estos estas ese esa eso esos
        esas aquel aquella aquello aquellos aquellas qué quién quiénes cuál cuáles cuándo dónde
        adónde cómo cuánto cuánta cuántos cuántas quien quienes cual cuales cuanto soy eres es
        somos sois son era eras éramos eran fui fue fuimos fueron ser sido siendo será serán sería
        sea sean estoy estás está estamos están estaba estaban estar estado estuvo he has ha hemos
        han había habían hay haya hubo haber habrá puede puedo pueden podía podría podrías
        podrían podríais poder debe deben debía debería tiene tienen tenía tener
        tengo hace hacen hacía hacer hizo va van voy ir no nunca
        nada nadie ningún ninguna ninguno algo alguien algún alguna algunos algunas
        todo toda todos todas otro otra otros otras mismo misma mismos mismas tal tales cada
        varios muy más menos mucho mucha muchos muchas poco poca tan tanto también tampoco ya aún
        todavía así entonces luego después antes ahora aquí ahí allí solo sólo cuyo cuya
    """),
    frames=words("""
        gracias hola favor explica explicar explique explícame describe describir dime decir diga
        da dar muestra mostrar nombra significa significan llama llaman pasa pasar pasó ocurre
        ocurrió sabe saber sabes conoces pregunta preguntas respuesta ayuda artículo texto
        documento fuente fuentes tema cosa cosas tipo tipos ejemplo info información tiempo forma
        manera razón diferencia funciona encuentra encontrar existe
    """),
    how_many=r"\b(?:cuánt[oa]s?|cuant[oa]s?)\b",
    other=r"\b(?:cuándo|cuando|qué|quién(?:es)?|cuál(?:es)?|dónde|adónde|cómo|por ?qué|quien|cual"
    r"|donde|como)\b",
)
