/** The header of a Surfside file. */
export const header = [
  ...['Date', 'Campaign', 'Strategy', 'Placement', 'Creative'],
  ...['Impressions', 'Clicks', 'Conversions', 'Conversion Revenue', 'CTR'],
];

/** A day as a file tells it. */
export interface MediaDay {
  date: string;
  rows: number;
  /** Each has other facts for the same creatives. */
  version?: number;
}

/**
 * The rows of a day of a client with 50 campaigns of 10 strategies of 10 placements: as many creatives as rows, their
 * five names and then their facts.
 */
export function* mediaRows({ date, rows, version = 0 }: MediaDay): Generator<(string | number)[]> {
  for (let row = 0; row < rows; row++) {
    const [campaign, strategy] = [row % 50, Math.floor(row / 50) % 10];
    const [placement, creative] = [Math.floor(row / 500) % 10, Math.floor(row / 5000)];
    const names = [`Strategy ${strategy}`, `Placement ${placement}`, `Creative ${creative}`];
    const impressions = 1000 + ((row * 7919) % 5000) + version;
    yield [
      ...[date, `Campaign ${campaign}`, ...names],
      ...[impressions, 10 + (row % 20), row % 7, (row % 97) + 0.25],
    ];
  }
}

/** The same as CSV. */
export function mediaFile(day: MediaDay): Buffer {
  const lines = [header.join(',')];
  for (const cells of mediaRows(day)) lines.push(`${cells.join(',')},`);
  return Buffer.from(lines.join('\n'));
}
