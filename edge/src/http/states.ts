/** The states that a delivery can be in: the words of the core's dictionary, which is written from its machine. */

import dictionary from "../../../docs/delivery.json" with { type: "json" };

export const STATES: readonly string[] = dictionary.states.map(({ state }) => state);
