import { Migration } from '@mikro-orm/migrations';

/** People are told of days that come with few impressions. */
export class FewImpressions extends Migration {
  override name = '0036-few-impressions';

  override up(): void {
    this.addSql(`
      alter table alerts
        drop constraint alerts_kind_check,
        add constraint alerts_kind_check check (kind in (
          'FAILED_RUN', 'MISSING_FILE', 'VALIDATION_ERRORS', 'HELD_RUN', 'FEW_IMPRESSIONS', 'CREDENTIAL_REFUSED', 'RULE'
        ))
    `);
  }
}
