import { gunzipSync } from "node:zlib";

/** The text of a request's body, unpacked if it is gzip. */
export function bodyText(body: Buffer): string {
  return (body[0] === 0x1f && body[1] === 0x8b ? gunzipSync(body) : body).toString("utf8");
}
