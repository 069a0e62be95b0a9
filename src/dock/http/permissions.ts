import type { Scope } from "../../contracts/http/account-api";

/** Something that belongs to somebody. */
export type Owned = "learnware" | "submission" | "upload";

/** Who may ask for one thing below `/my/`. */
export interface Permission {
  readonly method: "GET" | "HEAD" | "POST" | "PATCH" | "DELETE";
  /** As in the API's description. */
  readonly path: `/my/${string}`;
  /** `owner`: whose it is, or an admin. */
  readonly who: "anyone" | "user" | "owner" | "admin";
  /** With `owner`, what the last parameter of the path names. */
  readonly of?: Owned;
  /** What a token must be made for; null where a token will not do at all. */
  readonly scope: Scope | null;
}

const anyone = { who: "anyone", scope: null } as const;
const byHand = { who: "user", scope: null } as const;
const reader = { who: "user", scope: "read" } as const;
const submitter = { who: "user", scope: "submit" } as const;
const admin = { who: "admin", scope: "admin" } as const;
const ownUpload = { who: "owner", of: "upload", scope: "submit" } as const;
const ownLearnware = { who: "owner", of: "learnware", scope: "submit" } as const;

/**
 * Everything that needs to know who asks, and who may: this table alone decides (`access/authorise.ts`), and
 * tests/contract/permissions.test.ts asks for every line of it as everybody.
 */
export const permissions: readonly Permission[] = [
  { method: "POST", path: "/my/register", ...anyone },
  { method: "POST", path: "/my/confirm", ...anyone },
  { method: "POST", path: "/my/login", ...anyone },
  { method: "POST", path: "/my/reset", ...anyone },
  { method: "POST", path: "/my/reset-confirm", ...anyone },

  { method: "GET", path: "/my/account", ...reader },
  { method: "POST", path: "/my/logout", ...reader },
  { method: "POST", path: "/my/logout-everywhere", ...byHand },
  { method: "POST", path: "/my/password", ...byHand },
  { method: "GET", path: "/my/tokens", ...byHand },
  { method: "POST", path: "/my/tokens", ...byHand },
  { method: "DELETE", path: "/my/tokens/{id}", ...byHand },

  { method: "POST", path: "/my/uploads", ...submitter },
  { method: "GET", path: "/my/uploads/{id}", ...ownUpload },
  { method: "PATCH", path: "/my/uploads/{id}", ...ownUpload },
  { method: "DELETE", path: "/my/uploads/{id}", ...ownUpload },
  { method: "POST", path: "/my/uploads/{id}/finish", ...ownUpload },
  { method: "POST", path: "/my/submissions", ...submitter },
  { method: "GET", path: "/my/submissions", ...reader },
  {
    method: "GET",
    path: "/my/submissions/{number}",
    who: "owner",
    of: "submission",
    scope: "read",
  },
  { method: "GET", path: "/my/learnwares", ...reader },
  { method: "PATCH", path: "/my/learnwares/{id}", ...ownLearnware },
  { method: "DELETE", path: "/my/learnwares/{id}", ...ownLearnware },

  { method: "GET", path: "/my/admin/summary", ...admin },
  { method: "GET", path: "/my/admin/users", ...admin },
  { method: "POST", path: "/my/admin/users", ...admin },
  { method: "PATCH", path: "/my/admin/users/{id}", ...admin },
  { method: "DELETE", path: "/my/admin/users/{id}", ...admin },
  { method: "POST", path: "/my/admin/jobs/{number}/retry", ...admin },
  { method: "PATCH", path: "/my/admin/islands/{id}", ...admin },
  { method: "POST", path: "/my/admin/islands/{id}/merge", ...admin },
  { method: "POST", path: "/my/admin/islands/{id}/split", ...admin },
];

/**
 * The line of the table that a request falls under, and what stands in the place of the path's last parameter.
 *
 * @param path - From `/my/` on.
 */
export function permissionFor(
  method: string,
  path: string,
): { readonly permission: Permission; readonly name: string } | null {
  const asked = method === "HEAD" ? ["HEAD", "GET"] : [method];
  for (const wanted of asked) {
    for (const permission of permissions) {
      if (permission.method !== wanted) continue;
      const name = nameIn(path, permission.path);
      if (name !== null) return { permission, name };
    }
  }
  return null;
}

/** Null if the path is another one. */
function nameIn(path: string, template: string): string | null {
  const wanted = template.split("/");
  const given = path.split("/");
  if (wanted.length !== given.length) return null;
  let name = "";
  for (const [i, part] of wanted.entries()) {
    if (!part.startsWith("{")) {
      if (part !== given[i]) return null;
    } else if (given[i] === "") return null;
    else name = given[i]!;
  }
  return name;
}
