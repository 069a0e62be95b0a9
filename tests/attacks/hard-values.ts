/** @file Values that have broken parsers, databases and files. */

export const METHODS = [
  "GET",
  "HEAD",
  "POST",
  "PUT",
  "DELETE",
  "OPTIONS",
  "PATCH",
  "TRACE",
  "BREW",
  "PROPFIND",
];

export const NUL = String.fromCharCode(0);

/** Texts that have broken databases, decoders and files. */
export const TEXTS = [
  ...[
    "",
    " ",
    NUL,
    `a${NUL}b`,
    "\ud800",
    "x\udfff",
    "\u202e",
    "\ufeff",
    "é".normalize("NFD"),
    "𝔘𝔫𝔦",
    "\\",
    '"',
    "'",
    "%",
    "%%",
    "_",
  ],
  ...[
    "' or 1=1 --",
    "$1",
    "${x}",
    "{{x}}",
    "<script>",
    "../../etc/passwd",
    "..%2f..",
    "%00",
    "%ff",
    "%",
    "%zz",
    "%C0%80",
  ],
  ...[
    "null",
    "undefined",
    "NaN",
    "[object Object]",
    "__proto__",
    "constructor",
    "toString",
    "-",
    "a".repeat(63),
    "a".repeat(64),
  ],
  ...[
    "a".repeat(200),
    "a".repeat(201),
    "b".repeat(5000),
    "and ".repeat(60),
    "\t\r\n",
    "( | & !",
    "foo:* & !bar",
    '"unbalanced',
  ],
];

export const NUMBERS = [
  ...[
    0,
    -0,
    1,
    -1,
    0.5,
    2 ** 31 - 1,
    2 ** 31,
    2 ** 32,
    2 ** 53,
    2 ** 63,
    1e17,
    1e19,
    1e308,
    -1e308,
    5e-324,
    3e38,
    -3e38,
  ],
];

/** Numbers as they stand in JSON that no JavaScript would write. */
export const LITERALS = [
  "1e999",
  "-1e999",
  "00",
  "0x10",
  "NaN",
  "Infinity",
  "9".repeat(400),
  "1e-999",
  "-",
];

export const CONTENT_TYPES = [
  ...[
    "application/json",
    "application/json; charset=utf-8",
    "application/json; charset=utf-16",
    "text/plain",
  ],
  ...[
    "multipart/form-data; boundary=x",
    "multipart/form-data",
    "application/x-www-form-urlencoded",
    "",
    ";;;",
  ],
];

/** Of a search, so that what is added is often one that is known. */
export const FIELDS = [
  ...[
    "islandId",
    "requirement",
    "islandIds",
    "featureNames",
    "filter",
    "task",
    "limit",
    "mixture",
    "scores",
  ],
  ...[
    "tags",
    "text",
    "textMode",
    "target",
    "Data",
    "form",
    "space",
    "sketch",
    "epsilon",
    "__proto__",
    "extra",
  ],
];
