/**
 * @file How people write the same few values. A block is one vocabulary, and its first line names its meanings; each line
 * is one way to write them all, in the same order. Several spellings of one word are parted by a slash.
 */

import { plainSpelling } from "./plain-spelling";

const BLOCKS = `
male female
m f
m w
m v
h f
h m
man woman
men women
boy girl
gentleman/mr lady/mrs/ms
masculine feminine
männlich weiblich
mann frau
herr frau
homme femme
masculin féminin
hombre mujer
varón mujer
v m
masculino femenino
masculino feminino
homem mulher
uomo donna
maschio femmina
maschile femminile
kille tjej
мужской женский
мужчина женщина
м ж
муж жен
男 女
男性 女性
男人 女人
남 여
남성 여성
♂ ♀

yes no
y n
true false
t f
1 0
on off
ja nein
j n
ja nee
ja nej
oui non
o n
vrai faux
wahr falsch
si no
s n
verdadero falso
sim não
vero falso
да нет
tak nie
evet hayır
是 否
有 无
有 没有
对 错
真 假
はい いいえ
예 아니오
present absent

monday tuesday wednesday thursday friday saturday sunday
mon tue/tues wed thu/thur/thurs fri sat sun
mo tu we th fr sa su
montag dienstag mittwoch donnerstag freitag samstag/sonnabend sonntag
mo di mi do fr sa so
lundi mardi mercredi jeudi vendredi samedi dimanche
lun mar mer jeu ven sam dim
lunes martes miércoles jueves viernes sábado domingo
lun mar mié jue vie sáb dom
lunedì martedì mercoledì giovedì venerdì sabato domenica
星期一 星期二 星期三 星期四 星期五 星期六 星期日/星期天
周一 周二 周三 周四 周五 周六 周日/周天
月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日

january february march april may june july august september october november december
jan feb mar apr may jun jul aug sep/sept oct nov dec
januar/jänner februar märz april mai juni juli august september oktober november dezember
jan feb mär/mrz apr mai jun jul aug sep okt nov dez
janvier février mars avril mai juin juillet août septembre octobre novembre décembre
janv févr/fév mars avr mai juin juil août sept oct nov déc
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
ene feb mar abr may jun jul ago sep oct nov dic
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月
一月 二月 三月 四月 五月 六月 七月 八月 九月 十月 十一月 十二月
`;

/** A few meanings, and the ways to write them. */
export interface Vocabulary {
  readonly name: "sex" | "truth" | "weekdays" | "months";
  readonly meanings: number;
  /** Each by word: which meaning it is. A word is as `plainSpelling` has it. */
  readonly ways: readonly ReadonlyMap<string, number>[];
  /** All that is written in any way. */
  readonly words: ReadonlySet<string>;
  /** What words mean whichever way is written; those that mean several things are left out. */
  readonly alone: ReadonlyMap<string, number>;
}

const NAMES = ["sex", "truth", "weekdays", "months"] as const;

export const VOCABULARIES: readonly Vocabulary[] = BLOCKS.trim()
  .split("\n\n")
  .map((block, i) => {
    const ways = block.split("\n").map((line) => {
      const words = line
        .split(" ")
        .flatMap((word, meaning) =>
          word.split("/").map((one) => [plainSpelling(one), meaning] as const),
        );
      return new Map(words);
    });
    const meanings = new Set(ways[0]!.values()).size;
    const words = new Set(ways.flatMap((way) => [...way.keys()]));
    return { name: NAMES[i]!, meanings, ways, words, alone: meantAlone(ways) };
  });

function meantAlone(ways: Vocabulary["ways"]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const torn = new Set<string>();
  for (const [word, meaning] of ways.flatMap((way) => [...way])) {
    if ((found.get(word) ?? meaning) !== meaning) torn.add(word);
    found.set(word, meaning);
  }
  return new Map([...found].filter(([word]) => !torn.has(word)));
}

export function vocabularyOf(name: Vocabulary["name"]): Vocabulary {
  return VOCABULARIES[NAMES.indexOf(name)]!;
}
