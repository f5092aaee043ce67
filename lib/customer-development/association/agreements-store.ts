import { getItem, type Item, queryAll, queryPage } from '#lib/shared/dynamodb.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';
import {
  AGREEMENT_CODES,
  type AgreementCode,
  type AgreementText,
  FIRST_VERSION,
  type SignedAgreement,
  type Signer,
} from './agreements.ts';
import { FIRST_TEXTS } from './agreements-en.ts';
import { associationErrors } from './errors.ts';

const TABLE = 'customer-development';
const textKey = (code: AgreementCode, version: string) => ({ pk: `AGREEMENT#${code}`, sk: `VERSION#${version}` });
const signerKey = ({ kind, id }: Pick<Signer, 'kind' | 'id'>) => `SIGNER#${kind}#${id}`;

/** The wording in force: the highest version published, else the first. */
export async function currentAgreement(code: AgreementCode): Promise<AgreementText> {
  const page = await queryPage({
    table: TABLE,
    pk: `AGREEMENT#${code}`,
    sk: { beginsWith: 'VERSION#' },
    newestFirst: true,
    limit: 1,
  });
  return page.items[0] ? toText(page.items[0]) : firstText(code);
}

/** Any version that was ever published, the first included (DEV-112). */
export async function loadAgreement(code: AgreementCode, version: string): Promise<AgreementText | undefined> {
  if (version === FIRST_VERSION) return firstText(code);
  const item = await getItem(TABLE, textKey(code, version));
  return item && toText(item);
}

/** Immutable from here on: the same version is never put twice. */
export const putNewAgreement = (text: AgreementText): Write => ({
  table: TABLE,
  put: { ...textKey(text.code, text.version), ...text },
  condition: 'attribute_not_exists(pk)',
  onConflict: associationErrors.AGREEMENT_VERSION_TAKEN,
});

/** Joined to the change that the signature belongs to. Signing the same text again keeps the first time. */
export const signAgreementWrites = (signer: Signer, code: AgreementCode, version: string, now: Instant): Write[] => [
  {
    table: TABLE,
    update: { pk: signerKey(signer), sk: `SIGNED#${code}#${version}#${signer.towards ?? ''}` },
    set: 'SET signedAt = if_not_exists(signedAt, :now), channel = if_not_exists(channel, :channel)',
    values: { ':now': now, ':channel': signer.channel },
  },
];

/** Everything one signer ever signed, newest first; a few per partner, so the list is read whole. */
export async function listSigned(signer: Pick<Signer, 'kind' | 'id'>): Promise<SignedAgreement[]> {
  const signed: SignedAgreement[] = [];
  for await (const item of queryAll({ table: TABLE, pk: signerKey(signer), sk: { beginsWith: 'SIGNED#' } }))
    signed.push(toSigned(item));
  return signed.sort((a, b) => (a.signedAt < b.signedAt ? 1 : -1));
}

const firstText = (code: AgreementCode): AgreementText => ({
  code,
  version: FIRST_VERSION,
  language: 'en',
  ...FIRST_TEXTS[code],
});

function toText({ pk: _pk, sk: _sk, ...text }: Item): AgreementText {
  return text as unknown as AgreementText;
}

function toSigned({ sk, signedAt, channel }: Item): SignedAgreement {
  const [, code, version = '', towards] = String(sk).split('#');
  return {
    code: AGREEMENT_CODES.find((each) => each === code) as AgreementCode,
    version,
    channel: channel as Signer['channel'],
    towards: towards || undefined,
    signedAt: signedAt as Instant,
  };
}
