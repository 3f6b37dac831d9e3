import { Migration } from '@mikro-orm/migrations';

/**
 * What is found in an answer is its answer's, and so its audit's, client's and organization's: one key says all of that,
 * and is looked up once a row instead of four times.
 */
export class AnswerKeys extends Migration {
  override name = '0052-answer-keys';

  override up(): void {
    const ofAnswer = 'answer_id, audit_id, client_id, organization_id';
    const answer = 'id, audit_id, client_id, organization_id';
    this.addSql(`alter table aeo_answers add unique (${answer})`);
    for (const table of ['aeo_findings', 'aeo_citations']) {
      this.addSql(`
        alter table ${table}
          drop constraint ${table}_answer_id_fkey,
          drop constraint ${table}_audit_id_fkey,
          drop constraint ${table}_client_id_fkey,
          drop constraint ${table}_organization_id_fkey,
          add foreign key (${ofAnswer}) references aeo_answers (${answer}) on delete cascade
      `);
    }
  }
}
