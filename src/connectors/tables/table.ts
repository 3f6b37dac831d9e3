/** One row of a table in a file: where it is, and its cells as text. */
export interface TableRow {
  /** Line that the row begins on; a sheet's row by its number. */
  line: number;
  cells: string[];
}

/** What is known of a table before it is read. */
export interface TableOptions {
  /** The sheet that is read; by default the first that has the header, else the first that is not empty. */
  sheet?: string | undefined;
  /** Whether the first row of a sheet is the header that is looked for. */
  isHeader: (cells: string[]) => boolean;
  /** Whether a column holds days: numbers in it are then a spreadsheet's, which counts them. */
  isDay: (header: string) => boolean;
}
