/** A column of a view: its name, the SQL that it is, and what it means. */
export type BiColumn = readonly [name: string, sql: string, comment: string];

interface BiView {
  name: string;
  comment: string;
  columns: readonly BiColumn[];
  /** SQL that stands after FROM. */
  from: string;
}

/**
 * SQL of a view of schema `bi`: read with the rights of who asks, so that row-level security binds them, and
 * with the descriptions that BI tools show.
 */
export function biView({ name, comment, columns, from }: BiView): string {
  const selected = columns.map(([column, sql]) => `${sql} as ${column}`).join(',\n        ');
  const meanings = columns.map(
    ([column, , meaning]) => `comment on column bi.${name}.${column} is ${quoted(meaning)};`,
  );
  return `
    create view bi.${name} with (security_invoker = true) as
      select ${selected}
      from ${from};
    comment on view bi.${name} is ${quoted(comment)};
    ${meanings.join('\n    ')}
    grant select on bi.${name} to mediagraph_bi;
  `;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
