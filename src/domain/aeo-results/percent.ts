/** A share in a sentence: 0.434 is `43 %`. */
export function percent(share: number | null): string {
  return `${Math.round(Number(share) * 100)} %`;
}
