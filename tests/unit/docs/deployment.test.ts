import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { describe, expect, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { z } from "zod";

import { readSettings } from "../../../src/dock/settings";
import { readContainerfile } from "../../image/containerfile";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const place = join(root, "docs/operating");
const read = (name: string) => readFileSync(join(place, name), "utf8");

/** Where the schemas of Kubernetes' own OpenAPI document lie in the package kubernetes-models. */
const models = {
  ConfigMap: "v1",
  Deployment: "apps/v1",
  Ingress: "networking.k8s.io/v1",
  PersistentVolumeClaim: "v1",
  PodDisruptionBudget: "policy/v1",
  Service: "v1",
} as const;
const Manifest = z.looseObject({
  apiVersion: z.string(),
  kind: z.literal(Object.keys(models) as (keyof typeof models)[]),
  metadata: z.looseObject({ name: z.string() }),
});
type Model = new (manifest: object) => { validate(): void };

function manifests(text: string) {
  return parseAllDocuments(text).map((document) => {
    expect(document.errors).toEqual([]);
    return Manifest.parse(document.toJS());
  });
}

/** @throws Error naming what is not as Kubernetes has it. */
async function validate(manifest: z.infer<typeof Manifest>): Promise<void> {
  const { kind, apiVersion } = manifest;
  expect(apiVersion).toBe(models[kind]);
  const path = `kubernetes-models/${models[kind]}`; // Some machines have not installed it yet.
  const module = (await import(/* @vite-ignore */ path)) as Record<string, Model>;
  new module[kind]!(manifest).validate();
}

const hasSchemas = existsSync(join(root, "node_modules/kubernetes-models"));

describe("the Kubernetes manifests", () => {
  const all = manifests(read("kubernetes.yaml"));

  test.skipIf(!hasSchemas)("are what Kubernetes' schemas say", async () => {
    expect(all.map(({ kind }) => kind)).toContain("Deployment");
    for (const manifest of all) await validate(manifest);
  });

  test.skipIf(!hasSchemas)(
    "would not pass with a port that is a word, or a probe that is none",
    async () => {
      const text = read("kubernetes.yaml");
      const wrong = [
        text.replace("containerPort: 8000", "containerPort: http"),
        text.replace("replicas: 2", 'replicas: "2"'),
        text.replace("periodSeconds: 5", "periodSeconds: soon"),
        text.replace("pathType: Prefix", "pathKind: Prefix"),
      ];
      for (const one of wrong) {
        expect(one).not.toBe(text);
        await expect(Promise.all(manifests(one).map(validate))).rejects.toThrow();
      }
    },
  );

  test("name each other rightly, and set what a dock reads", () => {
    const text = read("kubernetes.yaml");
    for (const name of text.matchAll(/(?:configMapRef|claimName)[:{ ]*(?:name: )?([\w-]+)/g)) {
      expect(all.map(({ metadata }) => metadata.name)).toContain(name[1]);
    }
    const settings = z
      .object({ data: z.record(z.string(), z.string()) })
      .parse(all.find(({ kind }) => kind === "ConfigMap")).data;
    const secret = {
      BERTH_DATABASE_URL: "postgres://berth@db/berth",
      BERTH_SMTP_URL: "smtps://mail.example",
    };
    expect(readSettings({ ...settings, ...secret })).toMatchObject({ backup: { kept: 14 } });
  });
});

describe("the compose file", () => {
  const Service = z.looseObject({
    image: z.string(),
    environment: z.record(z.string(), z.string()).default({}),
    depends_on: z.union([z.array(z.string()), z.record(z.string(), z.unknown())]).default([]),
    volumes: z.array(z.string()).default([]),
  });
  const Compose = z.strictObject({
    name: z.string(),
    services: z.record(z.string(), Service),
    volumes: z.record(z.string(), z.null()),
  });
  const { services, volumes } = Compose.parse(parse(read("compose.yaml")));

  test("has services that need each other, with volumes and files that are there", () => {
    expect(Object.keys(services)).toEqual(
      expect.arrayContaining(["dock", "database", "store", "letters", "prometheus"]),
    );
    for (const { depends_on: needs, volumes: mounts } of Object.values(services)) {
      for (const name of Array.isArray(needs) ? needs : Object.keys(needs)) {
        expect(services).toHaveProperty(name);
      }
      for (const mount of mounts) {
        const [from = ""] = mount.split(":");
        if (from.startsWith("./")) expect(existsSync(join(place, from))).toBe(true);
        else expect(volumes).toHaveProperty(from);
      }
    }
  });

  test("gives the dock settings that it reads", () => {
    const environment = Object.fromEntries(
      Object.entries(services["dock"]!.environment).map(([name, value]) => {
        return [name, value.replace(/\$\{\w+:\?\}/g, "secret")];
      }),
    );
    expect(readSettings(environment)).toMatchObject({
      databaseUrl: "postgres://berth:secret@database:5432/berth",
      smtpUrl: "smtp://letters:1025",
      backup: { folder: "/backups" },
    });
  });
});

describe("the systemd unit", () => {
  const unit = read("berth.service");

  test("sets what a dock reads", () => {
    const [, line = ""] = /^Environment=(.*)$/m.exec(unit) ?? [];
    const pairs = line
      .split(" ")
      .map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]);
    const environment: Record<string, string> = Object.fromEntries(pairs) as Record<string, string>;
    expect(readSettings(environment)).toMatchObject({
      dataDirectory: "/var/lib/berth",
      host: "127.0.0.1",
    });
  });

  test.skipIf(spawnSync("systemd-analyze", ["--version"]).status !== 0)(
    "is one that systemd knows, line by line",
    () => {
      const said = spawnSync("systemd-analyze", ["verify", join(place, "berth.service")], {
        encoding: "utf8",
      });
      const ours = said.stderr.split("\n").filter((line) => line.includes("berth.service"));
      expect(ours.filter((line) => /unknown|invalid|failed to parse|missing/i.test(line))).toEqual(
        [],
      );
    },
  );
});

test("the container file has only steps that the image's test does, and starts what is there", () => {
  const steps = readContainerfile(read("Containerfile"));
  expect(steps[0]!.name).toBe("FROM");
  const entry = JSON.parse(steps.at(-1)!.rest) as string[];
  expect(existsSync(join(root, entry[1]!))).toBe(true);
  const after = steps.slice(steps.findIndex(({ name }) => name === "USER"));
  expect(after.some(({ name }) => name === "RUN" || name === "COPY")).toBe(false);
});

test("the alerts ask for metrics that a dock tells", () => {
  const sources = execFileSync(
    "grep",
    ["-rhoE", '"(berth|process|nodejs)_[a-z0-9_]+"', "src/dock"],
    {
      cwd: root,
      encoding: "utf8",
    },
  );
  const told = new Set(sources.split("\n").map((name) => name.replaceAll('"', "")));
  const Alerts = z.object({
    groups: z.array(z.object({ rules: z.array(z.object({ expr: z.string() })) })),
  });
  const rules = Alerts.parse(parse(read("alerts.yml"))).groups.flatMap(({ rules: all }) => all);
  const asked = rules.flatMap(({ expr }) => expr.match(/berth_[a-z_]+/g) ?? []);
  expect(asked.length).toBeGreaterThan(3);
  for (const name of asked) expect(told).toContain(name.replace(/_(bucket|count|sum)$/, ""));
});

test("every file for operators is told of in their guide", () => {
  const guide = readFileSync(join(root, "docs/operating.md"), "utf8");
  for (const name of readdirSync(place)) expect(guide).toContain(`operating/${name}`);
});
