import { associationFailuresDe } from './association-failures-de.ts';
import type { Catalogue } from './content.ts';

export const de: Catalogue = {
  footer: 'Das Partner Center sendet diese Nachricht selbsttätig; Antworten darauf liest niemand.',
  contents: {
    'verification-code': {
      subject: 'Ihr Bestätigungscode',
      lead: 'Mit Ihrer Anmeldung möchte jemand: {{operation}}. Wenn Sie das sind, geben Sie diesen Code ein.',
      highlight: '{{code}}',
      facts: [['Gültig bis', '{{validUntil}}']],
      advice:
        'Geben Sie den Code niemandem weiter. Wenn Sie es nicht waren, ändern Sie Ihr Passwort und benachrichtigen Sie Ihren Administrator.',
      short:
        '{{code}} ist Ihr Bestätigungscode für: {{operation}}. Gültig bis {{validUntil}}. Geben Sie ihn niemandem weiter.',
    },
    'budget-alert': {
      subject: '{{accountName}} hat {{percent}} % des Budgets verbraucht',
      lead: 'Das Konto {{accountName}} hat {{threshold}} % seines Budgets erreicht ({{budgetType}}).',
      highlight: '{{percent}} %',
      facts: [
        ['Konto', '{{accountName}}'],
        ['Budget', '{{budgetType}}'],
        ['Betrag', '{{amount}} {{currency}}'],
        ['Verbraucht', '{{usage}} {{currency}} (Listenpreis)'],
        ['Zeitraum', '{{period}}'],
        ['Wenn aufgebraucht', '{{mode}}'],
        ['Gemessen', '{{raisedAt}}'],
        ['Jetzt eingeschränkt', '{{restriction}}'],
      ],
      advice: '{{advice}}',
      short:
        '{{accountName}}: {{percent}} % verbraucht, {{budgetType}} ({{usage}} von {{amount}} {{currency}}). Jetzt eingeschränkt: {{restriction}}',
    },
    'customer-frozen': {
      subject: '{{accountName}} wurde gesperrt',
      lead: 'Das Konto {{accountName}} Ihres Kunden wurde gesperrt.',
      facts: [
        ['Umfang', '{{level}}'],
        ['Ursache', '{{cause}}'],
        ['Grund', '{{reason}}'],
        ['Gesperrt', '{{frozenAt}}'],
        ['Ressourcen werden freigegeben nach', '{{retentionUntil}}'],
      ],
      advice:
        'Laufende nutzungsabhängige Ressourcen eines gesperrten Kontos kosten weiter, solange nicht auch die Ressourcen gesperrt sind.',
      short: '{{accountName}} wurde gesperrt: {{level}}.',
    },
    'customer-frozen-customer': {
      subject: 'Ihr Konto {{accountName}} wurde gesperrt',
      lead: 'Ihr Konto {{accountName}} wurde von Ihrem Partner {{partnerName}} gesperrt.',
      facts: [
        ['Gesperrt ist', '{{level}}'],
        ['Seit', '{{frozenAt}}'],
        ['Gesperrte Ressourcen werden freigegeben nach', '{{retentionUntil}}'],
      ],
      advice: 'Sie können vorerst nichts kaufen, verlängern oder ändern. Bitte wenden Sie sich an {{partnerName}}.',
      short: 'Ihr Konto {{accountName}} wurde von {{partnerName}} gesperrt.',
    },
    'customer-unfrozen': {
      subject: '{{accountName}} wurde entsperrt',
      lead: 'Das Konto {{accountName}} Ihres Kunden wurde entsperrt.',
      facts: [
        ['Gesperrt war', '{{level}}'],
        ['Ursache', '{{cause}}'],
        ['Grund', '{{reason}}'],
        ['Entsperrt', '{{unfrozenAt}}'],
      ],
      advice:
        'Der Kunde kann im Rahmen seines Budgets wieder kaufen, verlängern und ändern, und Sie schulden die Kosten.',
      short: '{{accountName}} wurde entsperrt.',
    },
    'customer-unfrozen-customer': {
      subject: 'Ihr Konto {{accountName}} wurde entsperrt',
      lead: 'Die Sperre Ihres Kontos {{accountName}} durch Ihren Partner {{partnerName}} ist aufgehoben.',
      facts: [['Seit', '{{unfrozenAt}}']],
      advice: 'Bei Fragen wenden Sie sich bitte an {{partnerName}}.',
      short: 'Die Sperre Ihres Kontos {{accountName}} ist aufgehoben.',
    },
    'account-manager-assigned': {
      subject: '{{accountName}} wird von Ihnen betreut',
      lead: 'Das Kundenkonto {{accountName}} wurde Ihnen zugeordnet.',
      facts: [['Seit', '{{since}}']],
      advice: 'Sie finden es unter Ihren Kunden.',
      short: '{{accountName}} wurde Ihnen zugeordnet.',
    },
    'reseller-permission-changed': {
      subject: 'Budget- und Sperrrechte von {{resellerName}}: {{what}}',
      lead: '{{distributorName}} hat geändert, ob der Wiederverkäufer {{resellerName}} die Budgets seiner Kunden festlegt und sie sperrt.',
      facts: [
        ['Wiederverkäufer', '{{resellerName}}'],
        ['Budget- und Sperrrechte', '{{what}}'],
        ['Kontingent für Monatsbudgets', '{{monthlyQuota}}'],
        ['Kontingent für Einmalbudgets', '{{oneTimeQuota}}'],
        ['Seit', '{{changedAt}}'],
      ],
      advice:
        'Solange die Rechte erteilt sind, legt allein der Wiederverkäufer Budgets fest und sperrt; danach allein der Distributor. Budgets und Sperren bleiben, wie sie sind.',
      short: 'Budget- und Sperrrechte von {{resellerName}}: {{what}}.',
    },
    'reseller-delegation-changed': {
      subject: 'Handeln von {{resellerName}} für Kunden: {{what}}',
      lead: '{{distributorName}} hat geändert, ob der Wiederverkäufer {{resellerName}} für seine Kunden bestellt und betreibt.',
      facts: [
        ['Wiederverkäufer', '{{resellerName}}'],
        ['Bestellung und Betrieb für Kunden', '{{what}}'],
        ['Seit', '{{changedAt}}'],
      ],
      advice:
        'Auch solange es erteilt ist, braucht der Wiederverkäufer die Vollmacht des einzelnen Kunden. Vollmachten bleiben beim Entzug bestehen und wirken wieder, sobald es erneut erteilt wird.',
      short: 'Handeln von {{resellerName}} für Kunden: {{what}}.',
    },
    'reseller-invitation': {
      subject: '{{distributorName}} lädt Sie ein, Wiederverkäufer zu werden',
      lead: '{{distributorName}} lädt Ihr Unternehmen ein, sein Wiederverkäufer zu werden. Öffnen Sie den Link, registrieren Sie ein Konto oder melden Sie sich an, und nehmen Sie die Einladung an.',
      facts: [
        ['Distributor', '{{distributorName}}'],
        ['Land oder Region der Dienste; Ihres muss dasselbe sein', '{{countryRegion}}'],
        ['Link gültig bis', '{{expiresAt}}'],
      ],
      action: ['Einladung öffnen', '{{link}}'],
      advice:
        'Ab Ihrer Annahme kann das Konto keine Cloud-Dienste kaufen. Der Link ist nur für Sie: Leiten Sie diese Nachricht nicht weiter. Wenn Sie kein Wiederverkäufer werden möchten, müssen Sie nichts tun.',
      short: '{{distributorName}} lädt Sie ein, Wiederverkäufer zu werden.',
    },
    'reseller-associated': {
      subject: '{{resellerName}} ist Wiederverkäufer von {{distributorName}}',
      lead: '{{resellerName}} ist jetzt Wiederverkäufer von {{distributorName}}.',
      facts: [
        ['Wiederverkäufer', '{{resellerName}}'],
        ['Distributor', '{{distributorName}}'],
        ['Seit', '{{associatedAt}}'],
      ],
      advice:
        'Der Wiederverkäufer kann sofort Kunden gewinnen. Budgets festlegen, sperren und für Kunden handeln kann er erst, wenn der Distributor es erlaubt.',
      short: '{{resellerName}} ist Wiederverkäufer von {{distributorName}}.',
    },
    'reseller-restricted': {
      subject: '{{companyName}} kann noch nicht Ihr Wiederverkäufer werden',
      lead: '{{companyName}} hat Ihre Einladung angenommen, doch etwas steht im Weg. Was es ist, weiß das Unternehmen.',
      facts: [
        ['Unternehmen', '{{companyName}}'],
        ['Eingeladene Adresse', '{{email}}'],
        ['Neuer Versuch möglich bis', '{{retryUntil}}'],
      ],
      advice: 'Das Unternehmen kann es mit demselben Link erneut versuchen. Danach senden Sie die Einladung erneut.',
      short: '{{companyName}} kann noch nicht Ihr Wiederverkäufer werden.',
    },
    'reseller-restricted-invitee': {
      subject: '{{companyName}} kann noch nicht Wiederverkäufer von {{distributorName}} werden',
      lead: '{{companyName}} kann noch nicht Wiederverkäufer von {{distributorName}} werden, weil etwas im Weg steht.',
      facts: [
        ['Was im Weg steht', '{{reasons}}'],
        ['Neuer Versuch möglich bis', '{{retryUntil}}'],
      ],
      advice:
        'Beseitigen Sie, was im Weg steht, und nehmen Sie mit demselben Link erneut an, oder geben Sie das Vorhaben auf. Bis dahin kann das Konto keine Cloud-Dienste kaufen.',
      short: '{{companyName}} kann noch nicht Wiederverkäufer von {{distributorName}} werden.',
    },
    'bill-issued': {
      subject: 'Ihre Abrechnung für {{cycle}}: {{amountDue}} {{currency}}',
      lead: 'Die Abrechnung von {{partnerName}} für den Abrechnungszeitraum {{cycle}} liegt vor.',
      highlight: '{{amountDue}} {{currency}}',
      facts: [
        ['Abrechnung', '{{billId}}'],
        ['Abrechnungszeitraum', '{{cycle}}'],
        ['Fälliger Betrag', '{{amountDue}} {{currency}}'],
        ['In Ihrer Zahlungswährung', '{{amountDuePayment}}'],
        ['Ausgestellt', '{{issuedAt}}'],
        ['Fällig bis', '{{dueAt}}'],
        ['Hinweis', '{{note}}'],
      ],
      advice: 'Bitte zahlen Sie den Betrag bis zur Fälligkeit. Die einzelnen Posten finden Sie im Partner Center.',
      short: 'Ihre Abrechnung für {{cycle}}: {{amountDue}} {{currency}}, fällig bis {{dueAt}}.',
    },
    'bill-no-payment-due': {
      subject: 'Ihre Abrechnung für {{cycle}}: nichts zu zahlen',
      lead: 'Die Abrechnung von {{partnerName}} für den Abrechnungszeitraum {{cycle}} liegt vor. Es ist nichts zu zahlen.',
      facts: [
        ['Abrechnung', '{{billId}}'],
        ['Abrechnungszeitraum', '{{cycle}}'],
        ['Fälliger Betrag', '{{amountDue}} {{currency}}'],
        ['Ihrem Guthaben zugeschrieben', '{{credit}}'],
        ['Ausgestellt', '{{issuedAt}}'],
        ['Hinweis', '{{note}}'],
      ],
      advice: 'Sie müssen nichts tun. Die einzelnen Posten finden Sie im Partner Center.',
      short: 'Ihre Abrechnung für {{cycle}} liegt vor: nichts zu zahlen.',
    },
    'bill-parked': {
      subject: 'Die Abrechnung von {{partnerName}} für {{cycle}} ist zurückgestellt',
      lead: 'Der Abrechnungslauf {{cycle}} konnte die Abrechnung eines Partners nicht ausstellen.',
      facts: [
        ['Partner', '{{partnerName}} ({{partnerId}})'],
        ['Abrechnungszeitraum', '{{cycle}}'],
        ['Ursache', '{{cause}}'],
        ['Zurückgestellt', '{{parkedAt}}'],
      ],
      advice:
        'Beheben Sie die Ursache und rechnen Sie diesen Partner erneut ab; die übrigen Abrechnungen sind nicht betroffen.',
      short: 'Die Abrechnung von {{partnerName}} für {{cycle}} ist zurückgestellt.',
    },
    'customer-invitation': {
      subject: '{{partnerName}} lädt Sie ein, Kunde zu werden',
      lead: '{{partnerName}} lädt Sie ein, Ihr Cloud-Konto mit ihm zu verbinden. Registrieren Sie sich mit der Adresse, an die diese Mail ging, oder melden Sie sich mit einem Konto an, das diese Adresse hat; eine andere kann die Einladung nicht annehmen.',
      facts: [
        ['Partner', '{{partnerName}}'],
        ['Art der Verbindung', '{{associationType}}'],
        ['Adresse für die Registrierung', '{{email}}'],
        ['Link gültig bis', '{{expiresAt}}'],
        ['Bitte beachten', '{{freeze}}'],
      ],
      action: ['Einladung öffnen', '{{link}}'],
      advice:
        'Der Link ist nur für Sie: Leiten Sie diese Mail nicht weiter. Wenn Sie die Verbindung nicht wünschen, tun Sie nichts.',
      short: '{{partnerName}} lädt Sie ein, Kunde zu werden.',
    },
    'customer-associated': {
      subject: '{{accountName}} ist Ihr Kunde',
      lead: 'Das Kundenkonto {{accountName}} ist Ihnen zugeordnet.',
      facts: [
        ['Konto', '{{accountName}}'],
        ['Art der Zuordnung', '{{associationModel}}'],
        ['Seit', '{{since}}'],
        ['Bitte beachten', '{{freeze}}'],
      ],
      advice: 'Sie finden es unter Ihren Kunden.',
      short: '{{accountName}} ist Ihr Kunde.',
    },
    'customer-associated-customer': {
      subject: 'Ihr Konto ist {{partnerName}} zugeordnet',
      lead: 'Ihr Cloud-Konto {{accountName}} ist {{partnerName}} zugeordnet.',
      facts: [
        ['Partner', '{{partnerName}}'],
        ['Art der Zuordnung', '{{associationType}}'],
        ['Seit', '{{since}}'],
        ['Bitte beachten', '{{freeze}}'],
      ],
      advice: 'Ihren Partner und was Sie unterzeichnet haben, finden Sie auf der Seite „Mein Partner“.',
      short: 'Ihr Konto {{accountName}} ist {{partnerName}} zugeordnet.',
    },
    'customer-association-failed': {
      subject: 'Ein Kunde, den Sie eingeladen haben, konnte nicht zugeordnet werden',
      lead: '{{cause}}',
      facts: [
        ['Konto', '{{accountName}}'],
        ['Art der Zuordnung', '{{associationModel}}'],
        ['Versucht am', '{{failedAt}}'],
      ],
      advice: '{{advice}}',
      short: 'Ein Kunde konnte nicht zugeordnet werden: {{cause}}',
    },
  },
  terms: {
    budgetType: { monthly: 'Monatsbudget', 'one-time': 'Einmalbudget' },
    mode: { automatic: 'wird das Konto gesperrt', manual: 'wird nichts gesperrt' },
    restriction: {
      none: 'Nichts.',
      'prepaid-purchases':
        'Neue Abonnements, Verlängerungen und Erweiterungen werden abgelehnt; nutzungsabhängige Dienste laufen weiter.',
      'all-purchases': 'Käufe und Verlängerungen werden abgelehnt.',
      'account-frozen': 'Das Konto ist gesperrt: Es kann nichts gekauft, verlängert oder geändert werden.',
      'resources-frozen': 'Das Konto und seine Ressourcen sind gesperrt: Es kann nichts gekauft oder genutzt werden.',
    },
    budgetAdvice: {
      'raise-before-freeze': 'Erhöhen Sie das Budget rechtzeitig: Bei 100 % wird das Konto selbsttätig gesperrt.',
      'raise-before-limit':
        'Erhöhen Sie das Budget rechtzeitig: Bei 100 % werden neue Abonnements abgelehnt, während nutzungsabhängige Dienste weiter kosten.',
      'raise-or-freeze': 'Erhöhen Sie das Budget, oder sperren Sie das Konto, um weiteren Verbrauch zu beenden.',
      'raise-at-once': 'Erhöhen Sie das Budget: Sonst wird das Konto zur nächsten vollen Stunde selbsttätig gesperrt.',
      'raise-and-unfreeze':
        'Erhöhen Sie das Budget und entsperren Sie das Konto, wenn der Kunde weiterarbeiten soll. Laufende nutzungsabhängige Ressourcen kosten weiter.',
    },
    freezeLevel: { none: 'nichts', account: 'das Konto', 'account-and-resources': 'das Konto und seine Ressourcen' },
    freezeCause: {
      'association-default': 'neue Zuordnung',
      manual: 'von Hand',
      'budget-exhaustion': 'das Budget ist aufgebraucht',
    },
    unfreezeCause: {
      manual: 'von Hand',
      'set-budget': 'von Hand, mit einem neuen Budget',
      'budget-restored': 'ein neuer Monat hat begonnen',
      'association-ended': 'die Zuordnung ist beendet',
    },
    permission: { granted: 'erteilt', withdrawn: 'entzogen' },
    resellerRestriction: {
      PROVISIONED_RESOURCES: 'Das Konto hat bereitgestellte Ressourcen.',
      ARREARS: 'Das Konto ist im Zahlungsrückstand.',
      CONSUMPTION_RECORDS: 'Für das Konto ist Verbrauch verzeichnet.',
      OTHER_PATH_OR_PROGRAM: 'Das Konto nimmt an einem anderen Pfad oder Programm teil oder tritt ihm gerade bei.',
      BLACK_OR_YELLOW_LISTED: 'Das Konto steht auf einer schwarzen oder gelben Liste.',
      COMPANY_WITH_DISTRIBUTOR: 'Ein Konto dieses Unternehmens arbeitet bereits mit einem Distributor.',
      ACCOUNT_FROZEN: 'Das Konto ist gesperrt.',
      ENTERPRISE_ROLE: 'Das Konto ist Haupt- oder Mitgliedskonto eines Unternehmensverbunds.',
      CREDIT_ACCOUNT: 'Das Konto hat ein Kreditkonto.',
      PLATFORM_PREREGISTRATION: 'Das Konto ist vom Direktvertrieb vorgemerkt.',
      PARTNER_ASSOCIATION: 'Das Konto ist einem Partner als Kunde zugeordnet.',
      REAL_NAME_AUTHENTICATION: 'Die Identitätsprüfung des Kontos ist erfolgt oder läuft.',
      COUNTRY_MISMATCH: 'Land oder Region der Dienste ist nicht das des Distributors.',
      REGION_NOT_AUTHORIZED: 'Der Distributor darf in diesem Land oder dieser Region nicht werben.',
      DISTRIBUTOR_INACTIVE: 'Der Distributor ist nicht aktiv.',
      SYSTEM_BUSY: 'Die Prüfungen waren nicht möglich; bitte versuchen Sie es einfach erneut.',
    },
    associationType: {
      reseller: 'Reseller-Modell: Vertrag, Rechnung und Zahlung laufen über den Partner',
      referral: 'Referral-Modell: Vertrag, Rechnung und Zahlung laufen über die Plattform',
    },
    associationModel: { reseller: 'Reseller-Modell', referral: 'Referral-Modell' },
    associationFailure: associationFailuresDe,
    defaultFreeze:
      'Ihr Konto ist mit Beginn der Verbindung gesperrt. Sie können Ressourcen kaufen, verlängern und ändern, sobald der Partner ein Budget gesetzt und Ihr Konto entsperrt hat.',
    sampleAddress: 'kunde@example.com',
    since: 'seit',
    operation: {
      'freeze-unfreeze': 'Kunden sperren oder entsperren',
      'set-monthly-budget': 'ein Monatsbudget festlegen',
      'set-one-time-budget': 'ein Einmalbudget festlegen',
      'set-customer-discount': 'einen Kundenrabatt festlegen',
      'adjust-order-price': 'den Preis einer Bestellung anpassen',
      'set-customer-notification-templates': 'festlegen, worüber Kunden benachrichtigt werden',
      'set-customer-bill-permission': 'festlegen, ob Kunden Abrechnungen und Kosten sehen',
      'request-disassociation': 'eine Zuordnung beenden oder ändern lassen',
      'answer-disassociation': 'den Antrag auf Ende oder Änderung einer Zuordnung beantworten',
      'withdraw-reseller-budget-permission': 'einem Wiederverkäufer die Budget- und Sperrrechte entziehen',
      'grant-reseller-budget-permission': 'einem Wiederverkäufer Budget- und Sperrrechte geben',
      'set-reseller-act-on-behalf': 'festlegen, ob ein Wiederverkäufer für Kunden handeln darf',
      'disable-verification-function': 'Bestätigungscodes abschalten',
      'change-own-credentials': 'Passwort, E-Mail-Adresse oder Mobilnummer ändern',
      'switch-to-reseller': 'als Wiederverkäufer weitermachen',
      'register-account': 'ein Konto registrieren',
      'customer-request-disassociation': 'Ihren Partner verlassen',
      'customer-accept-authorization': 'Ihren Partner für Sie handeln lassen',
      'customer-revoke-authorization': 'Ihrem Partner das Recht entziehen, für Sie zu handeln',
    },
    late: 'Diese Abrechnung wurde später als üblich ausgestellt; alle Fristen zählen ab der Ausstellung.',
  },
};
