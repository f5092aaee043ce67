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
    'group-budget-alert': {
      subject: 'Die Gruppe {{groupName}} hat {{percent}} % ihres Budgets verbraucht',
      lead: 'Die Konten der Gruppe {{groupName}} haben zusammen {{threshold}} % des Monatsbudgets der Gruppe erreicht.',
      highlight: '{{percent}} %',
      facts: [
        ['Gruppe', '{{groupName}}'],
        ['Betrag', '{{amount}} {{currency}}'],
        ['Verbraucht', '{{usage}} {{currency}} (Listenpreis)'],
        ['Zeitraum', '{{period}}'],
        ['Gemessen', '{{raisedAt}}'],
      ],
      advice: 'Das Budget einer Gruppe schränkt nichts ein. Was jedes Konto verbraucht hat, steht bei der Gruppe.',
      short:
        'Gruppe {{groupName}}: {{percent}} % des Monatsbudgets verbraucht ({{usage}} von {{amount}} {{currency}}).',
    },
    'group-usage-reached': {
      subject: 'Die Gruppe {{groupName}} {{state}} ihren Serviceplan',
      lead: 'Der Verbrauch der Gruppe {{groupName}} {{state}} das, was der Serviceplan {{planName}} vorsieht.',
      facts: [
        ['Gruppe', '{{groupName}}'],
        ['Serviceplan', '{{planName}}'],
        ['Zeitraum', '{{period}}'],
        ['Verbraucht / vorgesehen', '{{lines}}'],
        ['Gemessen', '{{reachedAt}}'],
      ],
      advice: 'Eingeschränkt ist nichts. Was jedes Konto verbraucht hat, steht bei der Gruppe.',
      short: 'Gruppe {{groupName}} {{state}} ihren Serviceplan {{planName}}.',
    },
    'budget-forecast': {
      subject: '{{accountName}} wird sein Budget voraussichtlich am {{exhaustedOn}} ausschöpfen',
      lead: 'Geht der Verbrauch weiter wie in den letzten Tagen, erreicht das Konto {{accountName}} sein Monatsbudget vor dem Ende des Monats.',
      highlight: '{{exhaustedOn}}',
      facts: [
        ['Konto', '{{accountName}}'],
        ['Monat', '{{month}}'],
        ['Betrag', '{{amount}} {{currency}}'],
        ['Bisher verbraucht', '{{usage}} {{currency}} (Listenpreis)'],
        ['Erwartet bis Monatsende', '{{expectedUsage}} {{currency}}'],
        ['Bei Ausschöpfung', '{{mode}}'],
      ],
      advice:
        'Dies ist eine Vorausschau: Noch ist nichts eingeschränkt. Sprechen Sie mit dem Kunden oder erhöhen Sie das Budget rechtzeitig.',
      short:
        '{{accountName}} wird sein Budget von {{amount}} {{currency}} voraussichtlich am {{exhaustedOn}} ausschöpfen (bisher {{usage}}).',
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
    'retention-ending': {
      subject: 'Die gesperrten Ressourcen von {{accountName}} werden freigegeben',
      lead: 'Ressourcen des Kontos {{accountName}} sind gesperrt. Wird es nicht vorher entsperrt, werden sie freigegeben und ihre Daten endgültig gelöscht.',
      facts: [
        ['Konto', '{{accountName}}'],
        ['Freigabe', '{{retentionUntil}}'],
        ['Verbleibende Tage', '{{daysLeft}}'],
      ],
      advice:
        'Um die Ressourcen zu behalten, entsperren Sie vorher das Konto mit seinen Ressourcen. Freigegebenes kommt nicht zurück.',
      short:
        '{{accountName}}: Gesperrte Ressourcen werden am {{retentionUntil}} endgültig freigegeben, wenn Sie das Konto nicht entsperren.',
    },
    'account-manager-assigned': {
      subject: '{{accountName}} wird von Ihnen betreut',
      lead: 'Das Kundenkonto {{accountName}} wurde Ihnen zugeordnet.',
      facts: [['Seit', '{{since}}']],
      advice: 'Sie finden es unter Ihren Kunden.',
      short: '{{accountName}} wurde Ihnen zugeordnet.',
    },
    'control-requested': {
      subject: '{{resellerName}} bittet Sie um eine Änderung: {{accountName}}',
      lead: 'Ihr Wiederverkäufer {{resellerName}} darf diesen Kunden nicht selbst ändern und bittet Sie darum.',
      facts: [
        ['Kundenkonto', '{{accountName}}'],
        ['Wunsch', '{{wish}}'],
        ['Betrag', '{{amount}}'],
        ['Gestellt', '{{requestedAt}}'],
      ],
      advice:
        'Nehmen Sie die Änderung vor, das schließt die Anfrage, oder lehnen Sie sie ab. Die Bemerkung steht in der Anfrage.',
      short: '{{resellerName}} bittet um eine Änderung von {{accountName}}: {{wish}}.',
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
    'lead-approved': {
      subject: 'Ihr Lead {{customerName}} ist vorregistriert',
      lead: 'Ihre Anfrage zur Prüfung von {{customerName}} wurde genehmigt.',
      facts: [
        ['Kunde', '{{customerName}}'],
        ['E-Mail-Adresse', '{{email}}'],
        ['Entschieden am', '{{decidedAt}}'],
        ['Gültig bis', '{{expiresAt}}'],
        ['Kommentar', '{{comment}}'],
      ],
      advice: 'Es wurde keine Einladung verschickt. Laden Sie den Kunden ein, solange der Lead gültig ist.',
      short: 'Ihr Lead {{customerName}} ist bis {{expiresAt}} vorregistriert.',
    },
    'lead-rejected': {
      subject: 'Ihr Lead {{customerName}} wurde abgelehnt',
      lead: 'Ihre Anfrage zur Prüfung von {{customerName}} wurde abgelehnt.',
      facts: [
        ['Kunde', '{{customerName}}'],
        ['E-Mail-Adresse', '{{email}}'],
        ['Entschieden am', '{{decidedAt}}'],
        ['Kommentar', '{{comment}}'],
      ],
      advice: 'Die E-Mail-Adresse ist wieder frei. Fragen beantwortet Ihr Ecosystem Manager.',
      short: 'Ihr Lead {{customerName}} wurde abgelehnt: {{comment}}',
    },
    'lead-expired': {
      subject: 'Ihr Lead {{customerName}} ist abgelaufen',
      lead: 'Die Vorregistrierung von {{customerName}} ist abgelaufen; jeder Partner kann diesen Kunden jetzt vorregistrieren.',
      facts: [
        ['Kunde', '{{customerName}}'],
        ['E-Mail-Adresse', '{{email}}'],
        ['Abgelaufen am', '{{expiredAt}}'],
      ],
      advice:
        'Möchten Sie den Kunden weiterhin gewinnen, registrieren Sie ihn erneut vor, bevor es jemand anderes tut.',
      short: 'Ihr Lead {{customerName}} ist abgelaufen.',
    },
    'manual-reviews-due': {
      subject: 'Manuelle Prüfungen von Leads: {{dueToday}} heute fällig, {{overdue}} überfällig',
      lead: 'Partner warten auf Entscheidungen über Leads.',
      facts: [
        ['Tag', '{{day}}'],
        ['Heute fällig', '{{dueToday}}'],
        ['Überfällig', '{{overdue}}'],
      ],
      advice: 'Entscheiden Sie sie in der Liste der manuellen Prüfungen; die zuerst fällige steht oben.',
      short: 'Manuelle Prüfungen: {{dueToday}} heute fällig, {{overdue}} überfällig.',
    },
    'bill-issued': {
      subject: 'Ihre Abrechnung für {{cycle}}: {{amountDue}} {{currency}}',
      lead: 'Die Abrechnung von {{partnerName}} für den Abrechnungszeitraum {{cycle}} liegt vor.',
      highlight: '{{amountDue}} {{currency}}',
      facts: [
        ['Abrechnung', '{{billId}}'],
        ['Rechnung', '{{invoiceNo}}'],
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
    'invoice-created': {
      subject: 'Ihre Rechnung {{invoiceNo}}: {{amount}} {{currency}}',
      lead: 'Die Rechnung {{invoiceNo}} von {{partnerName}} wurde erstellt. Das Dokument liegt bei.',
      highlight: '{{amount}} {{currency}}',
      facts: [
        ['Rechnung', '{{invoiceNo}}'],
        ['Zeitraum', '{{period}}'],
        ['Datum', '{{issuedOn}}'],
        ['Ersetzt Rechnung', '{{replaces}}'],
      ],
      advice: 'Alle Rechnungen finden Sie im Partner Center, auch als E-Rechnungen.',
      short: 'Ihre Rechnung {{invoiceNo}}: {{amount}} {{currency}}.',
    },
    'credit-note-created': {
      subject: 'Ihre Stornorechnung {{creditNoteNo}}: {{amount}} {{currency}}',
      lead: 'Die Stornorechnung {{creditNoteNo}} von {{partnerName}} hebt die Rechnung {{invoiceNo}} auf. Das Dokument liegt bei.',
      highlight: '{{amount}} {{currency}}',
      facts: [
        ['Stornorechnung', '{{creditNoteNo}}'],
        ['Storniert Rechnung', '{{invoiceNo}}'],
        ['Zeitraum', '{{period}}'],
        ['Datum', '{{issuedOn}}'],
      ],
      advice: 'Sie finden sie bei den Rechnungen im Partner Center, auch als E-Rechnung.',
      short: 'Ihre Stornorechnung {{creditNoteNo}}: {{amount}} {{currency}}.',
    },
    'invoice-failed': {
      subject: 'Rechnung {{invoiceNo}} von {{partnerName}} konnte nicht erstellt werden',
      lead: 'Die Dateien der Rechnung {{invoiceNo}} von {{partnerName}} konnten nicht erstellt werden.',
      facts: [['Ursache', '{{cause}}']],
      advice: 'Sehen Sie im Protokoll von render-invoice nach und lassen Sie sie noch einmal erstellen.',
      short: 'Rechnung {{invoiceNo}} konnte nicht erstellt werden.',
    },
    'invoice-delayed': {
      subject: 'Die Rechnung von {{partnerName}} kann nicht ausgestellt werden',
      lead: 'Die Rechnung zur Abrechnung {{billId}} von {{partnerName}} kann vorerst nicht ausgestellt werden; die Abrechnung wurde ohne sie angekündigt.',
      facts: [['Ursache', '{{cause}}']],
      advice:
        'Legen Sie eine ausstellende Gesellschaft für diesen Partner fest oder sehen Sie im Protokoll von draft-invoice nach. Danach wird sie von selbst ausgestellt; bis dahin steht sie unter den wartenden Rechnungen.',
      short: 'Die Rechnung zu {{billId}} wartet: {{cause}}.',
    },
    'invoice-ticket-submitted': {
      subject: '{{partnerName}}: {{wish}}',
      lead: '{{partnerName}} hat eine Anfrage zu einer Rechnung eingereicht.',
      facts: [
        ['Anfrage', '{{ticketId}}'],
        ['Wunsch', '{{wish}}'],
        ['Abrechnungszeitraum', '{{cycle}}'],
        ['Rechnung', '{{invoiceNo}}'],
      ],
      advice: 'Sehen Sie den Anhang an und entscheiden Sie.',
      short: '{{partnerName}}: {{wish}}.',
    },
    'invoice-ticket-decided': {
      subject: 'Ihre Anfrage zu einer Rechnung: {{decision}}',
      lead: 'Die Anfrage von {{partnerName}} wurde beantwortet.',
      facts: [
        ['Wunsch', '{{wish}}'],
        ['Abrechnungszeitraum', '{{cycle}}'],
        ['Rechnung', '{{invoiceNo}}'],
        ['Entscheidung', '{{decision}}'],
        ['Antwort', '{{answer}}'],
      ],
      advice: 'Ihre Anfragen und Rechnungen finden Sie im Partner Center.',
      short: 'Ihre Anfrage zu einer Rechnung: {{decision}}.',
    },
    'certificate-uploaded': {
      subject: '{{partnerName}}: Quellensteuerbescheinigung zu {{invoiceNo}}',
      lead: '{{partnerName}} hat eine Quellensteuerbescheinigung eingereicht.',
      facts: [
        ['Rechnung', '{{invoiceNo}}'],
        ['Betrag', '{{amount}} {{currency}}'],
      ],
      advice: 'Prüfen Sie sie; so lange wartet ihr Teil der Abrechnung.',
      short: '{{partnerName}}: Quellensteuerbescheinigung zu {{invoiceNo}}.',
    },
    'certificate-reviewed': {
      subject: 'Ihre Quellensteuerbescheinigung zu {{invoiceNo}}: {{decision}}',
      lead: 'Die Quellensteuerbescheinigung von {{partnerName}} wurde geprüft.',
      facts: [
        ['Rechnung', '{{invoiceNo}}'],
        ['Betrag', '{{amount}} {{currency}}'],
        ['Entscheidung', '{{decision}}'],
        ['Begründung', '{{reason}}'],
      ],
      advice: 'Eine angenommene Bescheinigung begleicht ihren Teil der Abrechnung, eine abgelehnte lässt ihn offen.',
      short: 'Ihre Quellensteuerbescheinigung zu {{invoiceNo}}: {{decision}}.',
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
    'test-coupons-reported': {
      subject: 'Testgutscheine: Verbrauch und voraussichtlicher Betrag im {{month}}',
      lead: 'Was Ihre Testgutscheine auf der im {{month}} ausgestellten Abrechnung bezahlt haben und worauf der laufende Monat bisher kommt, vor Steuer und Gutscheinen.',
      facts: [
        ['Partner', '{{partnerName}}'],
        ['Verbrauchte Testgutscheine', '{{couponsUsed}}'],
        ['Voraussichtlicher Betrag', '{{estimatedAmountDue}}'],
        ['Kunden (verbraucht / voraussichtlich)', '{{customers}}'],
        ['Weitere Kunden', '{{others}}'],
      ],
      advice:
        'Weitere Testgutscheine gibt Ihnen Ihr Ecosystem-Manager. Diese E-Mail lässt sich in den Finanzeinstellungen abschalten.',
      short:
        'Verbrauchte Testgutscheine im {{month}}: {{couponsUsed}}; voraussichtlicher Betrag: {{estimatedAmountDue}}.',
    },
    'bill-due-soon': {
      subject: 'Ihre Abrechnung für {{cycle}} ist bald fällig: {{outstanding}} {{currency}}',
      lead: 'Die Abrechnung von {{partnerName}} für den Abrechnungszeitraum {{cycle}} ist noch nicht vollständig bezahlt und wird bald fällig.',
      highlight: '{{outstanding}} {{currency}}',
      facts: [
        ['Abrechnung', '{{billId}}'],
        ['Abrechnungszeitraum', '{{cycle}}'],
        ['Offen', '{{outstanding}} {{currency}}'],
        ['Fällig bis', '{{dueAt}}'],
      ],
      advice:
        'Bitte zahlen Sie bis zur Fälligkeit. Haben Sie schon überwiesen, dann melden Sie die Überweisung im Partner Center.',
      short: 'Ihre Abrechnung für {{cycle}} ist fällig bis {{dueAt}}: {{outstanding}} {{currency}}.',
    },
    'bill-overdue': {
      subject: 'Ihre Abrechnung für {{cycle}} ist überfällig: {{outstanding}} {{currency}}',
      lead: 'Die Abrechnung von {{partnerName}} für den Abrechnungszeitraum {{cycle}} wurde nicht rechtzeitig bezahlt.',
      highlight: '{{outstanding}} {{currency}}',
      facts: [
        ['Abrechnung', '{{billId}}'],
        ['Abrechnungszeitraum', '{{cycle}}'],
        ['Offen', '{{outstanding}} {{currency}}'],
        ['War fällig bis', '{{dueAt}}'],
      ],
      advice:
        'Bitte zahlen Sie jetzt: Überfällige Abrechnungen schaden Ihrer Bonität und können den Dienst unterbrechen. Haben Sie schon überwiesen, dann melden Sie die Überweisung im Partner Center.',
      short: 'Ihre Abrechnung für {{cycle}} ist überfällig: {{outstanding}} {{currency}}.',
    },
    'quota-warning': {
      subject: 'Mehr als 80 % Ihres Verbrauchskontingents sind ausgeschöpft',
      lead: '{{used}} von {{total}} {{currency}}, die {{partnerName}} schulden darf, sind ausgeschöpft.',
      highlight: '{{used}} {{currency}}',
      facts: [
        ['Verbrauchskontingent', '{{total}} {{currency}}'],
        ['Ausgeschöpft', '{{used}} {{currency}}'],
      ],
      advice:
        'Zahlen Sie im Voraus oder bitten Sie Ihren Ecosystem-Manager um ein größeres Kontingent, bevor Ihre Kunden nichts mehr kaufen können.',
      short: 'Mehr als 80 % Ihres Verbrauchskontingents sind ausgeschöpft: {{used}} von {{total}} {{currency}}.',
    },
    'quota-used-up': {
      subject: 'Ihr Verbrauchskontingent ist ausgeschöpft',
      lead: '{{used}} {{currency}} sind ausgeschöpft; {{partnerName}} darf {{total}} {{currency}} schulden.',
      highlight: '{{used}} {{currency}}',
      facts: [
        ['Verbrauchskontingent', '{{total}} {{currency}}'],
        ['Ausgeschöpft', '{{used}} {{currency}}'],
      ],
      advice:
        'Bitte zahlen Sie jetzt. Ist das Kontingent überschritten, können Ihre Kunden im Reseller-Modell nichts kaufen.',
      short: 'Ihr Verbrauchskontingent von {{total}} {{currency}} ist ausgeschöpft ({{used}}). Bitte zahlen Sie jetzt.',
    },
    'partner-restricted': {
      subject: 'Ihre Kunden können nichts kaufen: Verbrauchskontingent überschritten',
      lead: '{{partnerName}} schuldet mehr, als das Verbrauchskontingent erlaubt. Die Kunden im Reseller-Modell können vorerst nichts kaufen.',
      facts: [
        ['Verbrauchskontingent', '{{total}} {{currency}}'],
        ['Ausgeschöpft', '{{used}} {{currency}}'],
      ],
      advice: 'Zahlen Sie so viel, dass das Kontingent eingehalten ist; die Sperre endet dann von selbst.',
      short:
        'Verbrauchskontingent überschritten ({{used}} von {{total}} {{currency}}): Ihre Kunden können erst nach Ihrer Zahlung wieder kaufen.',
    },
    'partner-restriction-ended': {
      subject: 'Ihre Kunden können wieder kaufen',
      lead: 'Das Verbrauchskontingent von {{partnerName}} ist wieder eingehalten, die Kunden können kaufen.',
      facts: [],
      advice: 'Das Kontingent und seine Nutzung sehen Sie im Partner Center.',
      short: 'Das Verbrauchskontingent ist wieder eingehalten: Ihre Kunden können kaufen.',
    },
    'card-charge-failed': {
      subject: 'Keine Karte konnte für Ihre Abrechnung belastet werden',
      lead: 'Keine der Karten von {{partnerName}} konnte belastet werden.',
      highlight: '{{amount}} {{currency}}',
      facts: [
        ['Abrechnung', '{{billId}}'],
        ['Offen', '{{amount}} {{currency}}'],
      ],
      advice:
        'Prüfen Sie Ihre Karten, zahlen Sie online oder per Überweisung. Die Karten werden einmal täglich erneut versucht, bis die Rechnung bezahlt ist.',
      short:
        'Keine Karte konnte für die Abrechnung {{billId}} belastet werden: {{amount}} {{currency}} sind offen. Morgen wird es erneut versucht.',
    },
    'transfer-claim': {
      subject: '{{partnerName}} meldet eine Überweisung von {{amount}} {{currency}}',
      lead: 'Ein Partner hat nach eigener Angabe überwiesen und wartet auf die Bestätigung.',
      facts: [
        ['Partner', '{{partnerName}} ({{partnerId}})'],
        ['Meldung', '{{claimId}}'],
        ['Betrag', '{{amount}} {{currency}}'],
        ['Zu beantworten bis', '{{respondBy}}'],
      ],
      advice: 'Bestätigen Sie sie in der Liste der offenen Meldungen, oder lehnen Sie sie ab.',
      short: '{{partnerName}} meldet eine Überweisung von {{amount}} {{currency}}.',
    },
    'transfer-confirmed': {
      subject: 'Ihre Überweisung von {{amount}} {{currency}} ist eingegangen',
      lead: 'Die Überweisung, die Sie gemeldet haben, wurde gefunden und gebucht.',
      highlight: '{{amount}} {{currency}}',
      facts: [
        ['Meldung', '{{claimId}}'],
        ['Betrag', '{{amount}} {{currency}}'],
        ['Bestätigt', '{{confirmedAt}}'],
      ],
      advice:
        'Davon werden offene Abrechnungen bezahlt, die älteste zuerst; was übrig ist, bleibt auf dem Konto. Beides zeigt der Kontoauszug im Partner Center.',
      short: 'Ihre Überweisung von {{amount}} {{currency}} ist eingegangen.',
    },
    'transfer-rejected': {
      subject: 'Ihre Meldung einer Überweisung von {{amount}} {{currency}} wurde abgelehnt',
      lead: 'Die Überweisung, die Sie gemeldet haben, konnte nicht bestätigt werden.',
      facts: [
        ['Meldung', '{{claimId}}'],
        ['Betrag', '{{amount}} {{currency}}'],
        ['Grund', '{{reason}}'],
        ['Abgelehnt', '{{rejectedAt}}'],
      ],
      advice: 'Berichtigen Sie die Meldung im Partner Center und reichen Sie sie erneut ein.',
      short: 'Ihre Meldung einer Überweisung von {{amount}} {{currency}} wurde abgelehnt: {{reason}}',
    },
    'transfer-claims-overdue': {
      subject: 'Gemeldete Überweisungen: {{overdue}} warten seit mehr als drei Arbeitstagen',
      lead: 'Partner, die nach eigener Angabe überwiesen haben, warten auf Antwort.',
      facts: [
        ['Tag', '{{day}}'],
        ['Überfällig', '{{overdue}}'],
        ['Die älteste seit', '{{longestSince}}'],
      ],
      advice: 'Beantworten Sie sie in der Liste der offenen Meldungen; die zuerst fällige steht oben.',
      short: 'Gemeldete Überweisungen: {{overdue}} überfällig.',
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
    'association-request': {
      subject: '{{accountName}} bittet Sie: {{purpose}}',
      lead: 'Ihr Kunde {{accountName}} bittet um Ihre Zustimmung.',
      facts: [
        ['Konto', '{{accountName}}'],
        ['Antrag', '{{purpose}}'],
        ['Neue Art der Zuordnung', '{{newType}}'],
        ['Gestellt am', '{{requestedAt}}'],
      ],
      advice: 'Stimmen Sie im Partner Center zu oder lehnen Sie ab. Bis dahin ändert sich nichts.',
      short: '{{accountName}} bittet Sie: {{purpose}}.',
    },
    'association-request-customer': {
      subject: '{{partnerName}} bittet Sie: {{purpose}}',
      lead: 'Ihr Partner {{partnerName}} bittet um Ihre Zustimmung.',
      facts: [
        ['Konto', '{{accountName}}'],
        ['Antrag', '{{purpose}}'],
        ['Neue Art der Zuordnung', '{{newType}}'],
        ['Grund', '{{reason}}'],
        ['Gestellt am', '{{requestedAt}}'],
      ],
      advice:
        'Stimmen Sie auf Ihrer Partnerseite zu oder lehnen Sie ab; bis dahin ändert sich nichts. Was nach einem Ende noch abzurechnen ist, regeln Sie mit {{partnerName}}.',
      short: '{{partnerName}} bittet Sie: {{purpose}}.',
    },
    'association-ended': {
      subject: '{{accountName}} ist nicht mehr Ihr Kunde',
      lead: 'Die Zuordnung von {{accountName}} zu Ihnen wurde für den Kunden beendet.',
      facts: [
        ['Konto', '{{accountName}}'],
        ['Grund', '{{reason}}'],
        ['Beendet am', '{{requestedAt}}'],
      ],
      advice: 'Was er bis dahin ausgegeben hat, sehen Sie weiterhin.',
      short: '{{accountName}} ist nicht mehr Ihr Kunde.',
    },
    'association-ended-customer': {
      subject: '{{partnerName}} ist nicht mehr Ihr Partner',
      lead: '{{partnerName}} hat die Zuordnung Ihres Kontos {{accountName}} beendet.',
      facts: [
        ['Konto', '{{accountName}}'],
        ['Grund', '{{reason}}'],
        ['Beendet am', '{{requestedAt}}'],
      ],
      advice: 'Was noch abzurechnen ist, regeln Sie mit {{partnerName}}.',
      short: '{{partnerName}} ist nicht mehr Ihr Partner.',
    },
    'association-request-processed': {
      subject: '{{accountName}} hat {{decision}}: {{purpose}}',
      lead: 'Ihr Kunde {{accountName}} hat Ihren Antrag beantwortet.',
      highlight: '{{decision}}',
      facts: [
        ['Konto', '{{accountName}}'],
        ['Antrag', '{{purpose}}'],
        ['Neue Art der Zuordnung', '{{newType}}'],
        ['Antwort', '{{decision}}'],
        ['Beantwortet am', '{{processedAt}}'],
      ],
      advice: 'Was vereinbart wurde, gilt jetzt; nach einer Ablehnung bleibt alles, wie es war.',
      short: '{{accountName}} hat {{decision}}: {{purpose}}.',
    },
    'association-request-processed-customer': {
      subject: '{{partnerName}} hat {{decision}}: {{purpose}}',
      lead: 'Ihr Antrag zur Zuordnung zu {{partnerName}} wurde beantwortet.',
      highlight: '{{decision}}',
      facts: [
        ['Konto', '{{accountName}}'],
        ['Antrag', '{{purpose}}'],
        ['Neue Art der Zuordnung', '{{newType}}'],
        ['Antwort', '{{decision}}'],
        ['Beantwortet am', '{{processedAt}}'],
      ],
      advice: 'Was vereinbart wurde, gilt jetzt; nach einer Ablehnung bleibt alles, wie es war.',
      short: '{{partnerName}} hat {{decision}}: {{purpose}}.',
    },
    'instructions-to-sign': {
      subject: 'Bitte unterzeichnen: {{title}}',
      lead: 'Von den Zuordnungshinweisen, unter denen Ihr Konto {{partnerName}} zugeordnet ist, gibt es eine neue Fassung.',
      facts: [
        ['Partner', '{{partnerName}}'],
        ['Fassung', '{{version}}'],
      ],
      advice:
        'Lesen und bestätigen Sie sie auf der Seite „Mein Partner“. Bis dahin werden Sie bei jeder Anmeldung gefragt; sonst ändert sich nichts.',
      short: 'Eine neue Fassung der Zuordnungshinweise ist zu unterzeichnen.',
    },
  },
  terms: {
    associationPurpose: {
      association: 'eine Zuordnung beginnen',
      disassociation: 'die Zuordnung beenden',
      'association-type-change': 'die Art der Zuordnung ändern',
    },
    invoiceWish: { request: 'eine Rechnung fehlt', return: 'eine Rechnung wird zurückgegeben' },
    decision: { agreed: 'zugestimmt', rejected: 'abgelehnt' },
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
    groupUsage: { approaching: 'erreicht bald', exceeded: 'überschreitet' },
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
    controlWish: { 'adjust-budget': 'Budget anpassen', freeze: 'Sperren', unfreeze: 'Entsperren' },
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
    customerFrozen:
      'Das Konto ist gesperrt: Es kann nichts kaufen, verlängern oder ändern, bis Sie ein Budget gesetzt und es entsperrt haben. Ressourcen, die schon laufen, kosten weiter Geld; Sie können das Konto mit seinen Ressourcen sperren.',
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
