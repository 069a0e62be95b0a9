import type { MiddlewareHandler } from "hono";

/**
 * The page may talk to this origin and to the docks that its operator names, and run nothing that this origin did not
 * serve.
 */
export const pagePolicy = (docks: readonly string[] = []): string =>
  policy({
    "default-src": "'none'",
    "script-src": "'self' 'wasm-unsafe-eval'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": ["'self'", ...docks].join(" "),
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
  });

/**
 * A worker obeys the policy that its own script came with. This one opens no connection and loads no script from any
 * address (an `import()` of one would be a request too); helpers start from text that it holds. So rows that a worker
 * sees cannot leave it except through the page. A page ignores it on its scripts.
 */
export const workerPolicy = policy({
  "default-src": "'none'",
  "script-src": "'wasm-unsafe-eval'",
  "connect-src": "'none'",
  "worker-src": "blob:",
});

/** What browsers offer that this app never uses. */
const closedFeatures = [
  "accelerometer",
  "camera",
  "display-capture",
  "geolocation",
  "gyroscope",
  "magnetometer",
  "microphone",
  "midi",
  "payment",
  "publickey-credentials-get",
  "usb",
];

/** Isolation from other sites, and no feature that is not used: for every file alike. */
export const commonHeaders: Readonly<Record<string, string>> = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "Permissions-Policy": closedFeatures.map((name) => `${name}=()`).join(", "),
};

/**
 * What every answer carries: the common headers, and a policy for what it may load.
 *
 * @param docks - Origins that the page may ask beside this one.
 */
export function securityHeaders(docks: readonly string[] = []): MiddlewareHandler {
  const ofPage = pagePolicy(docks);
  return async (c, next) => {
    await next();
    const { headers } = c.res;
    for (const [name, value] of Object.entries(commonHeaders)) headers.set(name, value);
    headers.set("Content-Security-Policy", isScript(c.req.path) ? workerPolicy : ofPage);
  };
}

/** Every built script, so that no name is one that a worker could be missed by. */
function isScript(path: string): boolean {
  return /^\/assets\/.*\.m?js$/.test(path);
}

function policy(directives: Readonly<Record<string, string>>): string {
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources}`)
    .join("; ");
}
