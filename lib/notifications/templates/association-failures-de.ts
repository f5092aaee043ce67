import type { FAILURE_TEXTS } from '#lib/customer-development/index.ts';

const ERNEUT_SENDEN = 'Senden Sie die Einladung erneut per E-Mail.';
const UNMOEGLICH = 'Der Kunde kann nicht zugeordnet werden.';
const NICHT_ALS_RESELLER = 'Der Kunde kann im Reseller-Modell nicht zugeordnet werden.';
const RESELLER_MODELL = 'Laden Sie den Kunden im Reseller-Modell ein.';
const TICKET = 'Der Kunde stellt ein Ticket oder wendet sich an den Service.';

/** Cause and advice of a failed association (DEV-93) in German; the English words are those of the row itself. */
export const associationFailuresDe: typeof FAILURE_TEXTS = {
  LINK_NOT_FOUND: { message: 'Die Einladung gibt es nicht, oder sie wurde zurückgezogen.', advice: ERNEUT_SENDEN },
  LINK_EXPIRED: { message: 'Die Einladung ist abgelaufen oder durch eine neuere ersetzt.', advice: ERNEUT_SENDEN },
  CODE_USED: { message: 'Ein anderes Konto hat die Einladung angenommen.', advice: ERNEUT_SENDEN },
  LINK_USED: { message: 'Die Einladung hat bereits zu einer Zuordnung geführt.', advice: ERNEUT_SENDEN },
  PREPAID_PARTNER: {
    message: 'Ein Partner mit Vorauszahlung hat keine Kunden im Reseller-Modell.',
    advice: ERNEUT_SENDEN,
  },
  REFERRAL_NOT_ALLOWED_RELATIONSHIP: {
    message: 'Was der Partner unterzeichnet hat, schließt das Referral-Modell aus.',
    advice: RESELLER_MODELL,
  },
  REFERRAL_NOT_ALLOWED_COUNTRY: {
    message: 'Das Land oder die Region der Registrierung schließt das Referral-Modell aus.',
    advice: RESELLER_MODELL,
  },
  MAINLAND_ACCOUNT: { message: 'Das Konto gehört zur Website für das chinesische Festland.', advice: UNMOEGLICH },
  REGISTERED_BY_OTHER_PARTNER: { message: 'Ein anderer Partner hat den Kunden vorangemeldet.', advice: UNMOEGLICH },
  IS_PARTNER: { message: 'Das Konto ist Partner oder bewirbt sich darum.', advice: UNMOEGLICH },
  ASSOCIATED_WITH_OTHER: { message: 'Das Konto ist einem anderen Partner zugeordnet.', advice: UNMOEGLICH },
  SPECIAL_CONTRACT: {
    message: 'Das Konto hat mit der Plattform einen Offline-, Telemarketing- oder Sonderangebotsvertrag.',
    advice: UNMOEGLICH,
  },
  INTERNAL_ACCOUNT: { message: 'Das Konto ist ein internes Konto der Plattform.', advice: UNMOEGLICH },
  UNIFIED_ACCOUNTING: {
    message: 'Das Konto gehört zu einem Unternehmens-Hauptkonto mit gemeinsamer Abrechnung.',
    advice: UNMOEGLICH,
  },
  ENTERPRISE_MASTER: {
    message: 'Das Konto ist ein Unternehmens-Hauptkonto mit selbständig abrechnenden Mitgliedskonten.',
    advice: NICHT_ALS_RESELLER,
  },
  ENTERPRISE_MEMBER: {
    message: 'Das Konto ist Mitgliedskonto eines Unternehmens-Hauptkontos.',
    advice: 'Im Reseller-Modell kann der Kunde nur zugeordnet werden, wenn er das Hauptkonto vorher verlässt.',
  },
  PROFESSIONAL_SERVICE_CONTRACT: {
    message: 'Das Konto hat mit der Plattform einen Vertrag über professionelle Dienstleistungen.',
    advice: NICHT_ALS_RESELLER,
  },
  VALID_RESERVED_INSTANCE: {
    message: 'Das Konto hat eine reservierte Instanz, die noch läuft.',
    advice: NICHT_ALS_RESELLER,
  },
  CONSUMPTION_RECORD: { message: 'Für das Konto sind bezahlte Ausgaben verzeichnet.', advice: TICKET },
  BALANCE_OR_INVOICE: {
    message: 'Das Konto hat ein Guthaben und offene Rechnungen über der Grenze.',
    advice: TICKET,
  },
  REGISTERED_TOO_LONG: { message: 'Das Konto wurde vor mehr als sieben Tagen registriert.', advice: TICKET },
  OVERDUE: {
    message: 'Das Konto hat unbezahlte Rechnungen.',
    advice: 'Der Kunde lädt Guthaben auf, zahlt und stellt dann ein Ticket.',
  },
  CREDIT_BILL_OVERDUE: {
    message: 'Die Rechnung des Kreditkontos ist überfällig.',
    advice: 'Der Kunde zahlt alles zurück und stellt dann ein Ticket.',
  },
  SYSTEM_BUSY: {
    message: 'Aus technischen Gründen kam die Zuordnung nicht zustande.',
    advice: 'Wenden Sie sich an den Kundenservice.',
  },
};
