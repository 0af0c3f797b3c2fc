# shellcheck shell=bash

start_all() {
  build_all
  # exec: Ctrl-C and kill reach the process that stops the others.
  exec node edge/dev/start.ts
}
