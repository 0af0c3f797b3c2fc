/** The package as a user gets it: packed, then installed from the tarball into an empty project. */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";

const packageFolder = new URL("../../../pkg/", import.meta.url).pathname;

export interface Project {
  readonly folder: string;
  /** Writes a file of the project and answers its path. */
  write(name: string, text: string): string;
  /** Runs a file with Node and answers what it printed. */
  run(...args: string[]): string;
}

/** Packs and installs; the project is removed when the tests of the calling file have run. */
export function installedProject(): Project {
  const folder = mkdtempSync(join(tmpdir(), "wa-preflight-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const [packed] = JSON.parse(npm("pack", packageFolder, "--json", "--pack-destination", folder)) as [
    { filename: string },
  ];
  const project = join(folder, "project");
  mkdirSync(project);
  writeFileSync(join(project, "package.json"), '{ "name": "user", "private": true, "type": "module" }\n');
  npm("install", "--offline", "--ignore-scripts", "--prefix", project, join(folder, packed.filename));

  const write = (name: string, text: string): string => {
    const path = join(project, name);
    writeFileSync(path, text);
    return path;
  };
  return { folder: project, write, run: (...args) => command(process.execPath, args, project) };
}

function npm(...args: string[]): string {
  return command("npm", [...args, "--no-audit", "--no-fund", "--loglevel=error"]);
}

function command(name: string, args: string[], cwd?: string): string {
  const { status, stdout, stderr, error } = spawnSync(name, args, { cwd, encoding: "utf8" });
  assert.equal(status, 0, `${name} ${args[0]} failed:\n${error ?? ""}${stdout}${stderr}`);
  return stdout;
}
