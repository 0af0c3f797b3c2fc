/** What the bundler makes of files that are not TypeScript. */

declare module "*.wasm" {
  const module: WebAssembly.Module;
  export default module;
}

/** Built by build.sh from the core with the feature `machine`; docs/delivery-contract.md says what each does. */
declare module "*/machine/glue.js" {
  export function initSync(source: { module: WebAssembly.Module }): unknown;
  export function step(delivery: string, event: string, now: number): string;
  export function gate(state: string, event: string, settings: string, now: number): string;
  export function make_id(shard: number, random: Uint8Array): string | undefined;
  export function id_shard(id: string): number;
  export function __wbg_reset_state(): void;
}
