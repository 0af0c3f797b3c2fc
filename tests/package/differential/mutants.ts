/** Every payload that differs from a given one by one change to one node: dropped, added, renamed or of another type. */

import { copy, isMembers, type Json, type Members } from "./json.ts";
import type { Chance } from "./random.ts";

export interface Mutant {
  change: string;
  value: Json;
}

type Path = (string | number)[];

/** Calls `see` for each mutant; the value is the mutant's own. */
export function* mutants(payload: Members): Generator<Mutant> {
  for (const path of paths(payload)) {
    const place = path.join("/");
    const node = at(payload, path);
    if (path.length > 0) {
      yield { change: `drop ${place}`, value: changed(payload, path, drop) };
      for (const [kind, other] of retyped(node)) {
        yield {
          change: `${place} becomes ${kind}`,
          value: changed(payload, path, (owner, key) => put(owner, key, other)),
        };
      }
    }
    if (isMembers(node)) {
      yield { change: `add ${place}/surprise`, value: changed(payload, path, (_, __, it) => put(it, "surprise", "x")) };
      for (const key of Object.keys(node)) {
        yield {
          change: `rename ${place}/${key}`,
          value: changed(payload, path, (_, __, it) => rename(it as Members, key, `${key}s`)),
        };
      }
    } else if (Array.isArray(node)) {
      for (const extra of [...node.slice(0, 1), "x", null]) {
        yield {
          change: `add ${JSON.stringify(extra)} to ${place}`,
          value: changed(payload, path, (_, __, it) => (it as Json[]).push(copy(extra))),
        };
      }
    }
  }
}

/** One change by chance. */
export function mutant(payload: Members, chance: Chance): Json {
  const all = [...paths(payload)].slice(1);
  if (all.length === 0) return payload;
  const path = chance.pick(all);
  const node = at(payload, path);
  const kinds: (() => Json)[] = [
    () => changed(payload, path, drop),
    () => changed(payload, path, (owner, key) => put(owner, key, chance.pick(retyped(node))[1])),
    () => changed(payload, path, (owner, key) => put(owner, key, copy(at(payload, chance.pick(all))))),
  ];
  return chance.pick(kinds)();
}

function* paths(value: Json, path: Path = []): Generator<Path> {
  yield path;
  const entries = Array.isArray(value) ? [...value.entries()] : isMembers(value) ? Object.entries(value) : [];
  for (const [key, inner] of entries) yield* paths(inner as Json, [...path, key]);
}

function at(value: Json, path: Path): Json {
  return path.reduce<Json>((inner, key) => (inner as Members)[key as string] as Json, value);
}

function changed(payload: Members, path: Path, change: (owner: Json, key: string | number, node: Json) => void): Json {
  const whole = { root: copy(payload) };
  const full = ["root", ...path];
  const owner = at(whole, full.slice(0, -1));
  const key = full.at(-1) ?? "root";
  change(owner, key, at(whole, full));
  return whole.root;
}

function put(owner: Json, key: string | number, value: Json): void {
  (owner as Members)[key as string] = value;
}

function drop(owner: Json, key: string | number): void {
  if (Array.isArray(owner)) owner.splice(Number(key), 1);
  else delete (owner as Members)[String(key)];
}

/** Keeps the order of the members. */
function rename(owner: Members, from: string, to: string): void {
  const members = Object.entries(owner);
  for (const key of Object.keys(owner)) delete owner[key];
  for (const [key, value] of members) owner[key === from ? to : key] = value;
}

/** Values of the other types, and an empty one of the same. */
function retyped(value: Json): [string, Json][] {
  const others: [string, Json][] = [
    ["null", null],
    ["true", true],
    ["a number", 17],
    ["a text", "seventeen"],
    ["an empty text", ""],
    ["a blank", " "],
    ["an empty list", []],
    ["an empty object", {}],
    ["a list of it", [copy(value)]],
  ];
  if (typeof value === "string") {
    others.push(
      ["upper case", value.toUpperCase()],
      ["longer by a blank", `${value} `],
      ["twice as long", value + value],
    );
    if (/^-?\d+(\.\d+)?$/.test(value)) others.push(["its number", Number(value)]);
  }
  if (typeof value === "number") {
    others.push(
      ["its text", String(value)],
      ["its opposite", -value],
      ["a fraction", value + 0.5],
      ["more", value + 1],
    );
  }
  return others.filter(([, other]) => JSON.stringify(other) !== JSON.stringify(value));
}
