/** A sentence of the core's: what it quotes between backticks is shown as code. */
export function Words({ text }: { text: string }) {
  const parts = text.split("`");
  // An odd number of backticks means that one of them stands for itself.
  if (parts.length % 2 === 0) return <>{text}</>;
  return <>{parts.map((part, index) => (index % 2 === 1 ? <code class="quoted">{part}</code> : part))}</>;
}
