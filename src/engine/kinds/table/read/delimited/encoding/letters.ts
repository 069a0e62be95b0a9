/**
 * @file What people write beyond ASCII: of each script the signs that most texts are made of, the most frequent first. Enough to
 * tell which of several readings of the same bytes is a text.
 */

/** Alphabets in which a word is written; letters of two in one word are no word. */
export const ALPHABETS: Readonly<
  Record<string, { readonly of: RegExp; readonly frequent: string }>
> = {
  cyrillic: {
    of: /\p{Script=Cyrillic}/u,
    frequent: "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфёіїєґ",
  },
  greek: { of: /\p{Script=Greek}/u, frequent: "αοιετσνηυρπκμλςωδγχθφβξζψάέίόήύώ" },
  hebrew: { of: /\p{Script=Hebrew}/u, frequent: "יוהלארתבשמנדעקחפכגםזסטןצ" },
  arabic: { of: /\p{Script=Arabic}/u, frequent: "اليمنوتربدعةسفحكقهجأشطصخغ" },
  thai: { of: /\p{Script=Thai}/u, frequent: "นรากอเงมยลวดสทบตปคหแชพจข่้ัิีโไ" },
  latin: {
    of: /\p{Script=Latin}/u,
    frequent: "éäöüßğışáíóúñçãõêàèâôîûëïåøæœłąęśżźćńčšžřůýěďťňőűÿ",
  },
};

/** Of Chinese, simplified and traditional: the signs that make about half of most texts. */
export const HAN =
  "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运" +
  "會這個們來為國說時對發後裡經還進樣開從實與長機關點業將兩問應戰體見產話給門東聲員論處義條氣題爾別變總電數報結務場計資許統區隊決馬書則聽達強難權設記類據邊張該規萬覺術領確傳師觀讓識帶導爭運買賣價號縣廳區臺灣價格地址姓名日期數量類別編號單位年齡性別店省市县价格编号类别数量姓名年龄单位销售订单产品客户東京都道府県町村円駅電話番号氏名価格商品店舗売上採集者佐藤鈴木高橋田中伊藤渡辺山本中村小林";

/** Syllables that make about half of most Korean texts. */
export const HANGUL =
  "이다는의에가을고지하한사로어기인서리도자대시은해일정를나그아스전수보부제상과여주들원트장구라있안화관성적문국조공년간으게경선만동계금비와용지개무신명면위방미유중회오입재역요연치소학체모세실등생단산업서울광부산인천대구이름나이성별가격날짜";
