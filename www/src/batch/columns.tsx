/** Which column is which parameter. */

import { useId } from "preact/hooks";
import type { BatchColumn } from "wa-preflight";
import { parameters } from "../message/message.ts";
import { columns, mapColumn, suggested } from "./batch.ts";
import { number } from "./numbers.ts";

/** A message's own members, in words. */
const MEMBERS: readonly (readonly [string, string])[] = [
  ["to", "Recipient’s number"],
  ["recipient", "Recipient’s user id"],
  ["recipientType", "Individual or group"],
  ["callbackData", "Your own tag"],
  ["replyTo", "Id of the message it answers"],
];

/** Each row offers every parameter, and thousands of rows would take seconds at each keystroke. */
const SHOWN = 200;

export function Columns({ found }: { found: readonly BatchColumn[] }) {
  return (
    <div class="columns">
      <h3>Columns</h3>
      <table>
        <thead>
          <tr>
            <th scope="col">In the file</th>
            <th scope="col">In the message</th>
          </tr>
        </thead>
        <tbody>
          {found.map(
            (column, index) =>
              (index < SHOWN || column.key !== undefined) && (
                <ColumnRow column={column} key={`${index} ${column.name}`} />
              ),
          )}
        </tbody>
      </table>
      {found.length > SHOWN && (
        <p class="hint">
          This file has {number(found.length)} columns. Of those after the first {SHOWN}, the ones that stand for
          something are shown; to use another one, name it in the file as its key.
        </p>
      )}
    </div>
  );
}

function ColumnRow({ column: { name, key, suggestion, sample } }: { column: BatchColumn }) {
  const id = useId();
  const isSuggested = key !== undefined && suggested.value.has(name);
  const isOut = key === undefined && (suggestion === undefined || columns.value[name] === "");
  return (
    <tr>
      <td>
        <label for={id}>{name === "" ? "(no name)" : name}</label>
        {sample !== undefined && <span class="hint sample-value">{sample}</span>}
      </td>
      <td>
        <select
          id={id}
          value={key ?? ""}
          disabled={name === ""}
          onChange={(event) => mapColumn(name, event.currentTarget.value)}
        >
          <option value="">Left out</option>
          <optgroup label="Message">
            {MEMBERS.map(([member, title]) => (
              <option value={member}>{title}</option>
            ))}
          </optgroup>
          <optgroup label="Values">
            {parameters.value.map((parameter) => (
              <option value={parameter.key}>
                {parameter.label} ({parameter.key})
              </option>
            ))}
          </optgroup>
        </select>
        {isSuggested && <span class="hint">suggested by its name</span>}
        {!isOut && key === undefined && (
          <span class="hint">
            nearly <code>{suggestion}</code>: choose one, or leave it out
          </span>
        )}
      </td>
    </tr>
  );
}
