import type { InvoiceContent } from './content.ts';
import { schemeOf } from './ubl-profile.ts';
import type { Xml } from './xml.ts';

export const supplier = ({ invoice: { issuer }, figures: { taxes } }: InvoiceContent): Xml => [
  'cac:Party',
  [
    endpoint(issuer.email),
    ['cac:PartyIdentification', [['cbc:ID', issuer.entityId]]], // the rest may be missing, and one must be there (BR-CO-26)
    ['cac:PartyName', [['cbc:Name', issuer.legalName]]],
    [
      'cac:PostalAddress',
      [
        ['cbc:StreetName', issuer.address.street],
        ['cbc:CityName', issuer.address.city],
        issuer.address.postalCode === undefined ? undefined : ['cbc:PostalZone', issuer.address.postalCode],
        country(issuer.address.country),
      ],
    ],
    taxScheme(issuer.taxId, schemeOf(issuer.taxId, issuer.address.country, taxes)),
    [
      'cac:PartyLegalEntity',
      [
        ['cbc:RegistrationName', issuer.legalName],
        issuer.registrationNumber === undefined ? undefined : ['cbc:CompanyID', issuer.registrationNumber],
      ],
    ],
  ],
];

export const customer = ({ invoice: { recipient, partnerId, mailTo }, figures: { taxes } }: InvoiceContent): Xml => [
  'cac:Party',
  [
    endpoint(mailTo),
    ['cac:PartyIdentification', [['cbc:ID', partnerId]]],
    ['cac:PartyName', [['cbc:Name', recipient.companyName]]],
    [
      'cac:PostalAddress',
      [
        recipient.address === undefined ? undefined : ['cbc:StreetName', recipient.address],
        recipient.state === undefined ? undefined : ['cbc:CountrySubentity', recipient.state],
        country(recipient.country),
      ],
    ],
    recipient.taxId === undefined
      ? undefined
      : taxScheme(recipient.taxId, schemeOf(recipient.taxId, recipient.country, taxes)),
    ['cac:PartyLegalEntity', [['cbc:RegistrationName', recipient.companyName]]],
  ],
];

/** `EM`: an e-mail address, in the list of electronic address schemes. */
const endpoint = (email: string | undefined): Xml =>
  email === undefined ? undefined : ['cbc:EndpointID', email, { schemeID: 'EM' }];
const country = (code: string): Xml => ['cac:Country', [['cbc:IdentificationCode', code]]];
const taxScheme = (taxId: string, scheme: string): Xml => [
  'cac:PartyTaxScheme',
  [
    ['cbc:CompanyID', taxId],
    ['cac:TaxScheme', [['cbc:ID', scheme]]],
  ],
];
