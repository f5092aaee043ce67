export {
  AGREEMENT_CODES,
  type AgreementCode,
  type AgreementText,
  isSigned,
  type SignedAgreement,
  type Signer,
} from './association/agreements.ts';
export { currentAgreement, listSigned, loadAgreement, signAgreementWrites } from './association/agreements-store.ts';
export { associationErrors } from './association/errors.ts';
