/** The yen of Shift-JIS is a backslash elsewhere. */
export const SIGNS = String.raw`$€£¥₹₩₽₺₫₴₪฿₱₦₡₲₵₸￥﹩＄￡￦\\`;
export const DOLLARS = "US|AU|CA|NZ|HK|NT|SG|A|C|R|S";

/** Codes of ISO 4217 that tables are met with, and RMB. */
export const CODES = [
  ...(["USD", "EUR", "GBP", "CHF", "JPY", "CNY", "RMB", "INR", "RUB", "BRL"] as const),
  ...(["KRW", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "TRY", "AUD", "CAD"] as const),
  ...(["NZD", "MXN", "ZAR", "SGD", "HKD", "TWD", "THB", "IDR", "MYR", "PHP"] as const),
  ...(["VND", "ILS", "AED", "SAR", "EGP", "NGN", "KES", "RON", "BGN", "UAH"] as const),
  ...(["ARS", "CLP", "COP", "PEN", "PKR", "BDT", "LKR"] as const),
].join("|");

/** Abbreviations and words as they are written; also the beginnings of other names, so their letters count. */
export const WORDS = [
  ...["Rs\\.?", "[Kk]r\\.?", "zł", "Kč", "Ft", "lei", "руб\\.?", "р\\.", "грн"],
  ...["元", "円", "원", "TL", "SFr\\.?", "Fr\\.", "RM", "Rp\\.?"],
].join("|");

/** Marks that stand for one currency; others stand for themselves. */
const SAME: Readonly<Record<string, string>> = {
  ...{ $: "USD", US$: "USD", "﹩": "USD", "＄": "USD", "€": "EUR", "£": "GBP", "￡": "GBP" },
  ...{ A$: "AUD", AU$: "AUD", C$: "CAD", CA$: "CAD", NZ$: "NZD", HK$: "HKD", NT$: "TWD" },
  ...{ S$: "SGD", SG$: "SGD", R$: "BRL", "￥": "¥", "\\": "¥", RMB: "CNY", 元: "CNY", 円: "JPY" },
  ...{
    "₹": "INR",
    "₩": "KRW",
    "￦": "KRW",
    원: "KRW",
    "₽": "RUB",
    руб: "RUB",
    р: "RUB",
    "₺": "TRY",
  },
  ...{ TL: "TRY", "₫": "VND", "₴": "UAH", грн: "UAH", "₪": "ILS", "฿": "THB", "₱": "PHP" },
  ...{ "₦": "NGN", zł: "PLN", Kč: "CZK", Ft: "HUF", lei: "RON", SFr: "CHF", Fr: "CHF" },
  ...{ RM: "MYR", Rp: "IDR", Kr: "kr" },
};

/** What a mark stands for, where several stand for the same. @param mark - As it is written. */
export function currencyOf(mark: string): string {
  const plain = mark.replace(/\.$/, "");
  return SAME[plain] ?? plain;
}
