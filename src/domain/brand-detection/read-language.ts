/** Languages whose words of praise and blame are known. */
const graded = ['en', 'de', 'fr', 'es'] as const;
export type GradedLanguage = (typeof graded)[number];

/** What is looked at: an answer is in one language. */
const longestOpening = 1500;
/** With an ending that follows an apostrophe, which may be a word elsewhere. */
const latinWords = /\p{sc=Latin}+(?:['’]\p{sc=Latin}+)*/gu;
const otherLetters = /[^\P{L}\p{sc=Latin}]/gu;
/** Each of them says as much as two letters of an alphabet. */
const syllables = /[\p{sc=Han}\p{sc=Hangul}\p{sc=Hiragana}\p{sc=Katakana}]/gu;
/** Letters that hardly more than one language has. */
const rareLetters = /[ßñğıłżąęřůőűãõțơđåøæ]/gu;

/**
 * The language of an answer, by its script and by the commonest words of its opening.
 *
 * @returns null where it is none of those whose words are known; English where Latin letters tell nothing, as in a table.
 */
export function readLanguage(answer: string): GradedLanguage | null {
  const opening = answer.slice(0, longestOpening).toLowerCase();
  const words = opening.match(latinWords) ?? [];
  const latin = words.reduce((sum, { length }) => sum + length, 0);
  const others = count(opening, otherLetters) + count(opening, syllables);
  if (others > latin) return null;
  const counts = languages.map(() => 0);
  for (const sign of [...words, ...new Set(opening.match(rareLetters))]) {
    for (const language of languagesOf.get(sign) ?? []) {
      counts[language] = (counts[language] ?? 0) + 1;
    }
  }
  const most = Math.max(...counts);
  if (most === 0 && others > 0) return null;
  return graded[counts.indexOf(most)] ?? null;
}

function count(text: string, sign: RegExp): number {
  return text.match(sign)?.length ?? 0;
}

/** Words and letters by language: those that are graded, and others that are to be told from them. */
const signs: Record<GradedLanguage, string> & Record<string, string> = {
  en: 'the and is of to a for in it with are that you on has its as or but by at from be not this their they can also more your which an if no do i e per so was will what best all one pro plus',
  de: 'der die das und ist nicht bei ein eine einen einem einer mit auch für auf von zu im den dem des sich es sie wird sind oder als aber wer an am ß',
  fr: 'le la les et est une un des du de pour pas en au aux qui que sur dans avec plus ce cette sont par mais ou il elle ne se',
  es: 'el la los las y es un una con se del de que en por para no su sus más como pero lo al son muy o si este esta ñ',
  it: 'il lo la i gli le e è di che un una con per non del della dei delle da in si sono più anche ma nel nella alla questo',
  pt: 'o a os as e é de que um uma para não do da dos das em no na se mais por mas são como seu sua ao também ã õ',
  ca: 'el la els les i és de que un una amb per no del en es més com però al són també',
  nl: 'de het een en van is dat niet op te voor met zijn aan er maar ook om bij die naar uit als dan nog wordt heeft',
  sv: 'och är en ett att det som på med för av inte har den till om men också å',
  da: 'og er en et at det som på med for av af ikke har den til om men kan eller sig fra å ø æ',
  fi: 'on ja ei se että hän mutta kuin tai myös ovat oli jos joka sekä niin voi ole',
  et: 'on ja ei see et ta aga kui või ka oli mis kes ning seda oma väga',
  pl: 'i w na z się jest to nie że do o jak dla od po są ale lub oraz przez który która czy ma ł ż ą ę',
  cs: 'a je se na v to že s z do o pro ale jako by jsou nebo má který není od při také ř ů',
  hr: 'i je u na se da za su od s a ali kao koji koja što nije ili može vrlo',
  hu: 'a az és hogy nem egy van de ez meg mint csak vagy már azt lehet nagyon ő ű',
  ro: 'și este în la cu de o un care pe pentru mai din nu că sunt ca dar sau cel cea ț',
  tr: 've bir bu için ile çok daha da de en olarak gibi ama veya var olan kadar iyi değil göre ğ ı',
  id: 'yang dan di dengan untuk ini itu dari adalah tidak pada juga dalam lebih atau ke bisa dapat',
  tl: 'ang ng mga sa na ay at ito para hindi kung may din rin nito',
  vi: 'và là của có không cho với được một các những này trong để người rất nhưng ơ đ',
};
const languages = Object.keys(signs);
const languagesOf = new Map<string, number[]>();
for (const [index, all] of Object.values(signs).entries()) {
  for (const sign of new Set(all.split(' '))) {
    languagesOf.set(sign, [...(languagesOf.get(sign) ?? []), index]);
  }
}
