import type { Delivery } from '#lib/expenditures/index.ts';
import { milliseconds } from './figures.ts';
import type { PostgreSql } from './postgresql.ts';

const TABLES = `
  CREATE TABLE records (record_id text PRIMARY KEY, customer_id text, transaction_time timestamptz, settlement_class text,
    list_price numeric NOT NULL);
  CREATE TABLE discounts (settlement_class text PRIMARY KEY, discount numeric NOT NULL);
  CREATE TABLE coupons (coupon_id text PRIMARY KEY, balance numeric NOT NULL);
  CREATE TABLE lines (record_id text PRIMARY KEY, customer_id text, settlement numeric, coupons numeric, tax numeric, due numeric);
  CREATE TABLE bills (expenditures numeric, coupons numeric, tax numeric, exact numeric, due numeric);`;

/** The same bill as one statement: settle, take the coupon in the order of time, tax, keep the lines, total. */
const BILL = `
  WITH settled AS (
    SELECT r.*, round(r.list_price * (1 - coalesce(d.discount, 0)), 8) AS settlement
    FROM records r LEFT JOIN discounts d USING (settlement_class)
  ), covered AS (
    SELECT *, greatest(0, least(settlement, (SELECT coalesce(sum(balance), 0) FROM coupons) - coalesce(sum(settlement) OVER (
      ORDER BY transaction_time, record_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0))) AS coupons
    FROM settled
  ), taxed AS (
    SELECT record_id, customer_id, settlement, coupons, round((settlement - coupons) * 0.09, 8) AS tax FROM covered
  ), kept AS (
    INSERT INTO lines SELECT *, settlement - coupons + tax FROM taxed RETURNING settlement, coupons, tax, due
  )
  INSERT INTO bills SELECT sum(settlement), sum(coupons), sum(tax), sum(due), round(sum(due), 2) FROM kept;`;

export interface SqlBill {
  readonly milliseconds: number;
  /** Exact amount, to compare with ours. */
  readonly exact: string;
}

/** Loads the records, then bills them by one statement, which alone is timed. */
export async function billInSql(
  { sql }: PostgreSql,
  deliveries: Iterable<Delivery>,
  coupons: readonly string[],
): Promise<SqlBill> {
  await sql(TABLES);
  await sql('COPY records FROM STDIN', rowsOf(deliveries));
  await sql("INSERT INTO discounts VALUES ('common', 0.25)");
  for (const [i, balance] of coupons.entries()) await sql(`INSERT INTO coupons VALUES ('CP${i}', ${balance})`);
  await sql('VACUUM ANALYZE records');
  const taken = await milliseconds(() => sql(BILL));
  return { milliseconds: taken, exact: await sql('SELECT exact FROM bills') };
}

interface Raw {
  readonly recordId: string;
  readonly customerId: string;
  readonly spentTo: string;
  readonly settlementClass: string;
  readonly listPrice: string;
}

function rowsOf(deliveries: Iterable<Delivery>): string {
  const rows: string[] = [];
  for (const { raw } of deliveries) {
    const { recordId, customerId, spentTo, settlementClass, listPrice } = raw as unknown as Raw;
    rows.push([recordId, customerId, spentTo, settlementClass, listPrice].join('\t'));
  }
  return `${rows.join('\n')}\n`;
}
