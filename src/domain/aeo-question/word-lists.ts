/** Of English, German, French and Spanish together: a text need not say in which of them it is. */
const listOf = (...lines: string[]) => new Set(lines.flatMap((line) => line.split(' ')));

/** Words, folded, without which a question asks the same. Negations, "why", "when" and "where" are not among them. */
export const stopWords = listOf(
  'a an the this that these those is are was were be been do does did has have had can could will would',
  'should may might i me my we us our you your it its they them their what which who whom how much many',
  'one of in on at to for with by from as and or but if so than then there please tell about some any',
  'der die das den dem des ein eine einen einem einer eines ist sind war hat haben kann konnen wird',
  'werden soll sollte ich mich wir uns sie es man was welche welcher welches welchen wer wie viel viele',
  'von vom im in am an auf zu zum zur fur mit bei und oder als bitte uber sich',
  'le la les un une des du de d l est sont a ont peut on je me nous vous il elle ils elles ce cette ces',
  'qui que quoi quel quelle quels quelles comment combien en dans sur pour avec par et ou se son sa ses',
  'el los las una unos unas del al es son ha han puede pueden se me nos lo su sus yo mi quien quienes',
  'cual cuales cuanto cuanta como en con por para y o e u',
);

/** Words, folded, that make the order of names matter: to leave A for B is not to leave B for A. */
export const directionWords = listOf(
  'than from over instead replace replaces switch switching move moving migrate migrating leave leaving',
  'before behind ahead lack lacks beat beats outperform outperforms cheaper',
  'statt anstatt anstelle wechsel wechseln umsteigen umstieg ersetzen ersetzt gegenuber besser gunstiger',
  'plutot quitter remplacer remplace passer migrer mieux meilleur moins',
  'vez cambiar pasar migrar reemplazar reemplaza dejar mejor supera',
);

/** Words, folded, of people who are about to buy. */
export const buyingWords = listOf(
  'best top buy buying purchase price prices pricing cost costs cheap cheaper affordable budget discount',
  'worth deal trial quote recommend recommended choose choice alternative alternatives switch value',
  'beste besten bester kaufen kauf preis preise kosten kostet gunstig gunstiger rabatt lohnt angebot',
  'empfehlen empfehlenswert empfiehlst alternative alternativen wechseln wahlen',
  'meilleur meilleurs meilleure meilleures acheter achat prix tarif tarifs cout coute remise vaut',
  'recommander recommandez choisir essai devis',
  'mejor mejores comprar compra precio precios cuesta coste barato descuento vale recomendar',
  'recomiendas elegir alternativa alternativas prueba',
);
