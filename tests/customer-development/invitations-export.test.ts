import { parse } from 'csv-parse/sync';
import { beforeEach, describe, expect, it } from 'vitest';
import { invitationFailedWrites, loadInvitation } from '#lib/customer-development/index.ts';
import { runInvitationExport } from '#lib/customer-development/invitations/export/run-export.ts';
import { SYSTEM } from '#lib/shared/actor.ts';
import { inCall } from '#lib/shared/call.ts';
import { transact } from '#lib/shared/transaction.ts';
import { handler as start } from '../../functions/customer-development/export-invited-customers.ts';
import { handler as getExport } from '../../functions/customer-development/get-invitation-export.ts';
import { handler as listExports } from '../../functions/customer-development/list-invitation-exports.ts';
import {
  aMember,
  aPartner,
  asSystem,
  type Caller,
  clock,
  crashAtWrite,
  drain,
  invoke,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { aLead, giveStanding, inviteLeads, only, unique } from './inviting.ts';

useStack();

let partner: TestPartner;

beforeEach(async () => {
  clock.set('2024-08-01T09:00:00+08:00');
  partner = await aPartner();
});

async function anInvitation(as: Caller, customerName: string, email = `x-${unique()}@acme.example`): Promise<string> {
  clock.advance({ minutes: 1 });
  const lead = await aLead(as, { customerName, email });
  return only(await inviteLeads(as, [lead.leadId])).invitation.invitationId;
}

async function exported(as: Caller): Promise<string> {
  const answer = await invoke(start, { as });
  expect(answer).toMatchObject({ status: 202, body: { status: 'pending', files: [] } });
  await drain();
  return answer.body.jobId;
}

const read = (as: Caller, jobId: string) => invoke(getExport, { as, path: { jobId } });

type Row = Record<string, string>;

async function rowsOf(as: Caller, jobId: string): Promise<Row[][]> {
  const { body } = await read(as, jobId);
  expect(body).toMatchObject({ status: 'completed' });
  return Promise.all(
    body.files.map(async ({ url }: { url: string }) => {
      const response = await fetch(url);
      expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
      return parse(Buffer.from(await response.arrayBuffer()), { columns: true }) as Row[];
    }),
  );
}

describe('export-invited-customers', () => {
  it('DEV-192, DEV-193: everything, in clear for an Admin, harmless in a spreadsheet, as UTF-8', async () => {
    const failed = await anInvitation(partner, '=HYPERLINK("x")', 'first@acme.example');
    await anInvitation(partner, 'Ünïcode, "Ltd" 云', 'second@acme.example');
    const row = await loadInvitation(failed);
    const failure = { code: 'OVERDUE', message: 'There are unpaid bills.', advice: 'Repay.' };
    if (row) await asSystem((now) => transact({ writes: invitationFailedWrites(row, failure, now) }));

    const jobId = await exported(partner);

    const [rows = [], ...more] = await rowsOf(partner, jobId);
    expect(more).toEqual([]);
    expect(rows).toMatchObject([
      {
        'Customer Name': 'Ünïcode, "Ltd" 云',
        Email: 'second@acme.example',
        'Invitation Method': 'email',
        Status: 'invited',
        Sent: '2024-08-01 09:02:00 (GMT+08:00)',
        Expires: '2024-08-08 09:02:00 (GMT+08:00)',
      },
      {
        'Customer Name': '\'=HYPERLINK("x")',
        Status: 'association-failed',
        'Failure Cause': 'There are unpaid bills.',
        Advice: 'Repay.',
      },
    ]);
    const { body } = await invoke(listExports, { as: partner });
    expect(body.items).toMatchObject([
      {
        jobId,
        status: 'completed',
        progress: { done: 2, total: 2 },
        files: [{ fileName: 'invited-customers.csv', rows: 2, url: null }],
      },
    ]);
  });

  it("DEV-193: masked for everybody else; an account manager exports its own, a director its team's", async () => {
    const director = await aMember({ of: partner, roles: ['account-director'] });
    const manager = await aMember({ of: partner, roles: ['account-manager'], directorId: director.memberId });
    await anInvitation(manager, 'Walter', 'walter@acme.example');
    await anInvitation(partner, 'Olga', 'olga22@acme.example');
    for (const [as, names] of [
      [manager, ['W****r']],
      [director, ['W****r']],
      [partner, ['Olga', 'Walter']],
    ] as const) {
      const [rows = []] = await rowsOf(as, await exported(as));
      expect(rows.map((each) => each['Customer Name'])).toEqual(names);
    }
    const [[row] = []] = await rowsOf(manager, await exported(manager));
    expect(row?.Email).toBe('walt****@acme.example');
  });

  it('DEV-193: who asked and Admin download, what is in clear an Admin alone; strangers see nothing', async () => {
    await anInvitation(partner, 'Walter');
    const admin = await aMember({ of: partner, roles: ['admin'] });
    const manager = await aMember({ of: partner, roles: ['account-manager'] });
    const clear = await exported(admin);
    const masked = await exported(manager);
    const offered = async (as: Caller, jobId: string) => (await read(as, jobId)).body.files[0].url !== null;
    expect([await offered(admin, clear), await offered(partner, clear), await offered(manager, clear)]).toEqual([
      true,
      true,
      false,
    ]);
    expect([await offered(manager, masked), await offered(partner, masked)]).toEqual([true, true]);
    const other = await aMember({ of: partner, roles: ['account-manager'] });
    expect(await offered(other, masked)).toBe(false);
    expect(await read(await aPartner(), clear)).toMatchObject({ status: 404, body: { code: 'EXPORT_NOT_FOUND' } });
    expect((await read(partner, 'job_x')).status).toBe(404);
    clock.advance({ days: 7 });
    expect(await offered(admin, clear)).toBe(false); // spec note 14
  });

  it('DEV-22: closed to a distributor without customer development', async () => {
    const distributor = await aPartner({ type: 'distributor' });
    expect(await invoke(start, { as: distributor })).toMatchObject({ body: { code: 'CUSTOMER_DEVELOPMENT_DISABLED' } });
    await giveStanding(distributor.partnerId, { grants: ['customer-development'] });
    const [rows] = await rowsOf(distributor, await exported(distributor));
    expect(rows).toEqual([]);
  });
});

describe('many rows', () => {
  /** Starts an export and goes on by hand, with files and parts of a few rows. */
  async function pieceByPiece(limits: object, work: (jobId: string, round: () => Promise<boolean>) => Promise<void>) {
    const { body } = await invoke(start, { as: partner });
    const call = { operation: 'run-invitation-export', requestId: 'test', now: clock.now(), actor: SYSTEM };
    const context = { now: clock.now(), messageId: 'test', attempt: 1 };
    await work(body.jobId, () => inCall({ ...call }, () => runInvitationExport(body.jobId, context, limits)));
    return body.jobId;
  }
  const names = (files: Row[][]) => files.map((rows) => rows.map((row) => row['Customer Name']));

  it('DEV-193: a full file is followed by another, whatever parts and invocations it takes', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) await anInvitation(partner, name);
    for (const limits of [
      { rowsAFile: 2 },
      { rowsAFile: 2, rowsAtOnce: 1 },
      { rowsAFile: 2, bytesAPart: 1, rowsAtOnce: 1 },
    ]) {
      let rounds = 0;
      const jobId = await pieceByPiece(limits, async (_jobId, round) => {
        do rounds += 1;
        while (await round());
      });
      expect(names(await rowsOf(partner, jobId))).toEqual([['e', 'd'], ['c', 'b'], ['a']]);
      expect(rounds > 1).toBe('rowsAtOnce' in limits);
    }
    const { body } = await invoke(listExports, { as: partner, query: { limit: 1 } });
    expect(body.items[0].files.map(({ fileName }: { fileName: string }) => fileName)).toEqual([
      'invited-customers.csv',
      'invited-customers-2.csv',
      'invited-customers-3.csv',
    ]);
  });

  it('DEV-193: a file that is exactly full is followed by none that is empty', async () => {
    for (const name of ['a', 'b', 'c', 'd']) await anInvitation(partner, name);
    for (const limits of [{ rowsAFile: 2 }, { rowsAFile: 2, rowsARead: 2 }, { rowsAFile: 2, rowsARead: 1 }]) {
      const jobId = await pieceByPiece(limits, async (_jobId, round) => void (await round()));
      expect(names(await rowsOf(partner, jobId))).toEqual([
        ['d', 'c'],
        ['b', 'a'],
      ]);
    }
  });

  it.each(['before', 'after'] as const)(
    'DEV-202: dies %s any write and goes on without a row lost or doubled',
    async (when) => {
      for (const name of ['a', 'b', 'c']) await anInvitation(partner, name);
      for (let n = 1; n < 40; n += 1) {
        let struck = false;
        const jobId = await pieceByPiece({ rowsAFile: 2 }, async (_jobId, round) => {
          const fault = crashAtWrite(n, when);
          await round().catch(() => undefined);
          struck = fault.struck;
          fault[Symbol.dispose]();
          await round();
        });
        expect(names(await rowsOf(partner, jobId))).toEqual([['c', 'b'], ['a']]);
        if (!struck) return;
      }
      throw new Error('more writes than were looked for');
    },
  );

  it('DEV-192: what came after the export was asked for is not in it', async () => {
    await anInvitation(partner, 'before');
    const jobId = await pieceByPiece({}, async (_jobId, round) => {
      await anInvitation(partner, 'after');
      await round();
    });
    expect(names(await rowsOf(partner, jobId))).toEqual([['before']]);
  });
});
