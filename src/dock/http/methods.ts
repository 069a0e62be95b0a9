import type { Hono } from "hono";

/** What may be done at a path: the methods of the routes that match it, none if there is no such path. */
export function methodsAt({ routes }: Pick<Hono, "routes">, path: string): string[] {
  const methods = routes
    .filter(({ method, path: template }) => method !== "ALL" && matches(template, path))
    .map(({ method }) => method);
  return methods.length === 0
    ? []
    : [...new Set([...methods, ...(methods.includes("GET") ? ["HEAD"] : []), "OPTIONS"])];
}

function matches(template: string, path: string): boolean {
  const wanted = template.split("/");
  const given = path.split("/");
  return (
    wanted.length === given.length &&
    wanted.every((part, i) => (part.startsWith(":") ? given[i] !== "" : part === given[i]))
  );
}
