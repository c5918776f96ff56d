import { languageOf, type Language } from './languages';

/** What papers about a sale say, in one language. `{…}` is filled in. */
export interface Words {
  readonly receipt: string;
  readonly invoice: string;
  readonly creditNote: string;
  readonly number: string;
  readonly date: string;
  readonly order: string;
  readonly seller: string;
  readonly buyer: string;
  readonly event: string;
  readonly vatId: string;
  readonly item: string;
  readonly quantity: string;
  readonly each: string;
  readonly net: string;
  readonly tax: string;
  readonly gross: string;
  readonly discount: string;
  readonly rate: string;
  readonly base: string;
  readonly total: string;
  readonly credited: string;
  readonly giftCard: string;
  readonly paid: string;
  readonly due: string;
  readonly free: string;
  readonly refund: string;
  readonly reverseCharge: string;
  readonly corrects: string;
  readonly page: string;
}

const en: Words = {
  receipt: 'Receipt',
  invoice: 'Invoice',
  creditNote: 'Credit note',
  number: 'Number',
  date: 'Date',
  order: 'Order',
  seller: 'Seller',
  buyer: 'Buyer',
  event: 'Event',
  vatId: 'VAT ID {id}',
  item: 'Item',
  quantity: 'Qty',
  each: 'Price each',
  net: 'Net',
  tax: 'Tax',
  gross: 'Gross',
  discount: 'Discount',
  rate: 'Rate',
  base: 'Net amount',
  total: 'Total in {currency}',
  credited: 'Credited in {currency}',
  giftCard: 'Paid by gift card …{id}',
  paid: 'Paid on {date}',
  due: 'Still due',
  free: 'Nothing to pay: this order was free.',
  refund: 'Refund of a part',
  reverseCharge: 'Reverse charge: the recipient of the service owes the VAT.',
  corrects: 'This credit note corrects invoice {number} of {date}.',
  page: 'Page {page}',
};

const de: Words = {
  receipt: 'Quittung',
  invoice: 'Rechnung',
  creditNote: 'Rechnungskorrektur',
  number: 'Nummer',
  date: 'Datum',
  order: 'Bestellung',
  seller: 'Verkäufer',
  buyer: 'Käufer',
  event: 'Veranstaltung',
  vatId: 'USt-IdNr. {id}',
  item: 'Bezeichnung',
  quantity: 'Anzahl',
  each: 'Einzelpreis',
  net: 'Netto',
  tax: 'Steuer',
  gross: 'Brutto',
  discount: 'Rabatt',
  rate: 'Satz',
  base: 'Nettobetrag',
  total: 'Gesamtbetrag in {currency}',
  credited: 'Gutgeschrieben in {currency}',
  giftCard: 'Bezahlt mit Geschenkgutschein …{id}',
  paid: 'Bezahlt am {date}',
  due: 'Noch offen',
  free: 'Nichts zu zahlen: Diese Bestellung war kostenlos.',
  refund: 'Teilerstattung',
  reverseCharge: 'Steuerschuldnerschaft des Leistungsempfängers (Reverse Charge).',
  corrects: 'Diese Rechnungskorrektur berichtigt die Rechnung {number} vom {date}.',
  page: 'Seite {page}',
};

const ja: Words = {
  receipt: '領収書',
  invoice: '請求書',
  creditNote: '返還請求書',
  number: '番号',
  date: '発行日',
  order: '注文番号',
  seller: '販売者',
  buyer: '購入者',
  event: '公演',
  vatId: '登録番号 {id}',
  item: '品目',
  quantity: '数量',
  each: '単価',
  net: '税抜',
  tax: '税額',
  gross: '税込',
  discount: '割引',
  rate: '税率',
  base: '税抜金額',
  total: '合計（{currency}）',
  credited: '返還額（{currency}）',
  giftCard: 'ギフトカードでお支払い済み …{id}',
  paid: '{date} にお支払い済み',
  due: '未払い額',
  free: 'お支払いはありません。この注文は無料です。',
  refund: '一部返金',
  reverseCharge: 'リバースチャージ：付加価値税は役務の受領者が納税義務を負います。',
  corrects: 'この書面は {date} 付けの請求書 {number} を訂正するものです。',
  page: '{page} ページ',
};

const ar: Words = {
  receipt: 'إيصال',
  invoice: 'فاتورة',
  creditNote: 'إشعار دائن',
  number: 'الرقم',
  date: 'التاريخ',
  order: 'الطلب',
  seller: 'البائع',
  buyer: 'المشتري',
  event: 'الفعالية',
  vatId: 'الرقم الضريبي {id}',
  item: 'البند',
  quantity: 'الكمية',
  each: 'سعر الوحدة',
  net: 'الصافي',
  tax: 'الضريبة',
  gross: 'الإجمالي',
  discount: 'خصم',
  rate: 'النسبة',
  base: 'المبلغ الصافي',
  total: 'المبلغ الإجمالي ({currency})',
  credited: 'المبلغ المُعاد ({currency})',
  giftCard: 'دُفع ببطاقة هدية …{id}',
  paid: 'دُفع في {date}',
  due: 'المبلغ المتبقي',
  free: 'لا شيء للدفع: هذا الطلب مجاني.',
  refund: 'استرداد جزئي',
  reverseCharge: 'الاحتساب العكسي: يلتزم متلقي الخدمة بسداد ضريبة القيمة المضافة.',
  corrects: 'يصحح هذا الإشعار الدائن الفاتورة {number} بتاريخ {date}.',
  page: 'صفحة {page}',
};

const fr: Words = {
  receipt: 'Reçu',
  invoice: 'Facture',
  creditNote: 'Avoir',
  number: 'Numéro',
  date: 'Date',
  order: 'Commande',
  seller: 'Vendeur',
  buyer: 'Acheteur',
  event: 'Événement',
  vatId: 'N° TVA {id}',
  item: 'Désignation',
  quantity: 'Qté',
  each: 'Prix unitaire',
  net: 'HT',
  tax: 'Taxe',
  gross: 'TTC',
  discount: 'Remise',
  rate: 'Taux',
  base: 'Montant HT',
  total: 'Total en {currency}',
  credited: 'Montant crédité en {currency}',
  giftCard: 'Payé par carte cadeau …{id}',
  paid: 'Payé le {date}',
  due: 'Reste à payer',
  free: 'Rien à payer : cette commande était gratuite.',
  refund: 'Remboursement partiel',
  reverseCharge: 'Autoliquidation : la TVA est due par le preneur.',
  corrects: 'Cet avoir rectifie la facture {number} du {date}.',
  page: 'Page {page}',
};

const es: Words = {
  receipt: 'Recibo',
  invoice: 'Factura',
  creditNote: 'Factura rectificativa',
  number: 'Número',
  date: 'Fecha',
  order: 'Pedido',
  seller: 'Vendedor',
  buyer: 'Comprador',
  event: 'Evento',
  vatId: 'NIF-IVA {id}',
  item: 'Concepto',
  quantity: 'Cant.',
  each: 'Precio unitario',
  net: 'Neto',
  tax: 'Impuesto',
  gross: 'Bruto',
  discount: 'Descuento',
  rate: 'Tipo',
  base: 'Base imponible',
  total: 'Total en {currency}',
  credited: 'Importe abonado en {currency}',
  giftCard: 'Pagado con tarjeta regalo …{id}',
  paid: 'Pagado el {date}',
  due: 'Pendiente de pago',
  free: 'Nada que pagar: este pedido era gratuito.',
  refund: 'Reembolso parcial',
  reverseCharge: 'Inversión del sujeto pasivo: el IVA lo adeuda el destinatario.',
  corrects: 'Esta factura rectifica la factura {number} de {date}.',
  page: 'Página {page}',
};

const it: Words = {
  receipt: 'Ricevuta',
  invoice: 'Fattura',
  creditNote: 'Nota di credito',
  number: 'Numero',
  date: 'Data',
  order: 'Ordine',
  seller: 'Venditore',
  buyer: 'Acquirente',
  event: 'Evento',
  vatId: 'Partita IVA {id}',
  item: 'Descrizione',
  quantity: 'Qtà',
  each: 'Prezzo unitario',
  net: 'Netto',
  tax: 'Imposta',
  gross: 'Lordo',
  discount: 'Sconto',
  rate: 'Aliquota',
  base: 'Imponibile',
  total: 'Totale in {currency}',
  credited: 'Importo accreditato in {currency}',
  giftCard: 'Pagato con carta regalo …{id}',
  paid: 'Pagato il {date}',
  due: 'Ancora da pagare',
  free: 'Nulla da pagare: questo ordine era gratuito.',
  refund: 'Rimborso parziale',
  reverseCharge: 'Inversione contabile: l’IVA è dovuta dal destinatario.',
  corrects: 'Questa nota di credito rettifica la fattura {number} del {date}.',
  page: 'Pagina {page}',
};

const pt: Words = {
  receipt: 'Recibo',
  invoice: 'Fatura',
  creditNote: 'Nota de crédito',
  number: 'Número',
  date: 'Data',
  order: 'Encomenda',
  seller: 'Vendedor',
  buyer: 'Comprador',
  event: 'Evento',
  vatId: 'NIF {id}',
  item: 'Descrição',
  quantity: 'Qtd.',
  each: 'Preço unitário',
  net: 'Líquido',
  tax: 'Imposto',
  gross: 'Total',
  discount: 'Desconto',
  rate: 'Taxa',
  base: 'Valor líquido',
  total: 'Total em {currency}',
  credited: 'Valor creditado em {currency}',
  giftCard: 'Pago com cartão-presente …{id}',
  paid: 'Pago em {date}',
  due: 'Por pagar',
  free: 'Nada a pagar: esta encomenda era gratuita.',
  refund: 'Reembolso parcial',
  reverseCharge: 'Autoliquidação: o IVA é devido pelo adquirente.',
  corrects: 'Esta nota de crédito corrige a fatura {number} de {date}.',
  page: 'Página {page}',
};

const words: Readonly<Record<Language, Words>> = { en, de, ja, ar, fr, es, it, pt };

export const wordsOf = (locale: string): Words => words[languageOf(locale)];

/** `{name}` in a text becomes what `values` has under that name. */
export const fill = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
