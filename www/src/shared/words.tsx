/** A sentence of the core's: what it quotes between backticks is shown as code. */
export function Words({ text }: { text: string }) {
  return <>{partsOf(text).map((part, index) => (index % 2 === 1 ? <code class="quoted">{part}</code> : part))}</>;
}

/** The same without the backticks, where there is no markup. */
export const plain = (text: string): string => partsOf(text).join("");

/** Every second part is what is quoted. */
function partsOf(text: string): string[] {
  const parts = text.split("`");
  // An odd number of backticks means that one of them stands for itself.
  return parts.length % 2 === 0 ? [text] : parts;
}
