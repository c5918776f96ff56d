/** All of it is invented, but for the cities and their clocks. */
export interface SeasonVenue {
  readonly key: string;
  readonly name: string;
  readonly street: string;
  readonly postalCode: string;
  readonly city: string;
  /** ISO 3166-1 alpha-2 */
  readonly country: string;
  readonly timeZone: string;
  readonly currency: string;
}

export interface SeasonEvent {
  readonly title: string;
  readonly category: string;
  readonly venue: string;
  /** Days after the first start. */
  readonly inDays: number;
  /** On the venue's clock. */
  readonly at: string;
  readonly minutes: number;
  readonly summary: string;
  /** Name, price in minor units of the venue's currency, capacity. */
  readonly tickets: readonly (readonly [name: string, priceMinor: number, capacity: number])[];
}

export const categories: readonly string[] = [
  'Classical',
  'Concerts',
  'Theatre',
  'Comedy',
  'Film',
  'Talks & ideas',
  'Sport',
  'Family',
  'Workshops',
  'Markets & festivals',
];

export const venues: readonly SeasonVenue[] = [
  { key: 'vienna', name: 'Saal an der Wien', street: 'Uferweg 7', postalCode: '1060', city: 'Wien', country: 'AT', timeZone: 'Europe/Vienna', currency: 'EUR' },
  { key: 'lisbon', name: 'Teatro da Colina', street: 'Rua do Miradouro 31', postalCode: '1100-340', city: 'Lisboa', country: 'PT', timeZone: 'Europe/Lisbon', currency: 'EUR' },
  { key: 'london', name: 'The Lantern Rooms', street: '14 Cooper Street', postalCode: 'SE1 4QL', city: 'London', country: 'GB', timeZone: 'Europe/London', currency: 'GBP' },
  { key: 'prague', name: 'Divadlo Na Nábřeží', street: 'Vodní 12', postalCode: '110 00', city: 'Praha', country: 'CZ', timeZone: 'Europe/Prague', currency: 'CZK' },
  { key: 'zurich', name: 'Halle am Gleis', street: 'Lagerstrasse 88', postalCode: '8004', city: 'Zürich', country: 'CH', timeZone: 'Europe/Zurich', currency: 'CHF' },
  { key: 'new-york', name: 'Harbor Street Playhouse', street: '210 Harbor Street', postalCode: '11231', city: 'Brooklyn, NY', country: 'US', timeZone: 'America/New_York', currency: 'USD' },
  { key: 'los-angeles', name: 'The Orange Yard', street: '1500 Mission Road', postalCode: '90033', city: 'Los Angeles, CA', country: 'US', timeZone: 'America/Los_Angeles', currency: 'USD' },
  { key: 'sao-paulo', name: 'Casa do Relógio', street: 'Rua Augusta 2043', postalCode: '01413-000', city: 'São Paulo', country: 'BR', timeZone: 'America/Sao_Paulo', currency: 'BRL' },
  { key: 'tokyo', name: '月見ホール (Tsukimi Hall)', street: '台東区池之端 2-4-1', postalCode: '110-0008', city: '東京', country: 'JP', timeZone: 'Asia/Tokyo', currency: 'JPY' },
  { key: 'kuwait', name: 'Dar Al-Mina', street: 'Gulf Road 5', postalCode: '15000', city: 'Kuwait City', country: 'KW', timeZone: 'Asia/Kuwait', currency: 'KWD' },
  { key: 'sydney', name: 'Boatshed Nine', street: '9 Hickory Wharf', postalCode: '2000', city: 'Sydney', country: 'AU', timeZone: 'Australia/Sydney', currency: 'AUD' },
  { key: 'kathmandu', name: 'Patan Courtyard', street: 'Mangal Bazaar', postalCode: '44700', city: 'Lalitpur', country: 'NP', timeZone: 'Asia/Kathmandu', currency: 'NPR' },
];

export const programme: readonly SeasonEvent[] = [
  { title: 'Winterreise by candlelight', category: 'Classical', venue: 'vienna', inDays: 6, at: '19:30', minutes: 90, summary: 'Twenty-four songs, one voice, one piano, and no light but candles.', tickets: [['Front rows', 5800, 60], ['Stalls', 4200, 180], ['Standing', 1200, 40]] },
  { title: 'The whole of Bartók: six quartets in one day', category: 'Classical', venue: 'vienna', inDays: 21, at: '11:00', minutes: 540, summary: 'From breakfast to midnight with the Quartett Vier Ecken; come and go between quartets.', tickets: [['Day ticket', 7400, 220], ['Evening half', 4400, 80]] },
  { title: 'Kaffeehaus-Lesung: letters nobody answered', category: 'Talks & ideas', venue: 'vienna', inDays: 9, at: '18:00', minutes: 75, summary: 'Actors read letters that their addressees left unanswered. Coffee is included.', tickets: [['Table seat', 1900, 64]] },
  { title: 'Tanzabend with the salon orchestra', category: 'Concerts', venue: 'vienna', inDays: 33, at: '20:00', minutes: 240, summary: 'Waltz, polka and a little swing; a teacher takes beginners round at eight.', tickets: [['Dancer', 2600, 300], ['Gallery, watching only', 900, 80]] },
  { title: 'Öffentliche Probe: open rehearsal', category: 'Classical', venue: 'vienna', inDays: 5, at: '10:00', minutes: 120, summary: 'The orchestra at work, with stops and swearing. Free, but the seats are counted.', tickets: [['Free seat', 0, 150]] },
  { title: 'Fado na Colina', category: 'Concerts', venue: 'lisbon', inDays: 4, at: '21:30', minutes: 100, summary: 'Three voices and two guitars on the hill, and the city quiet below.', tickets: [['Table', 3200, 70], ['Bar stool', 2100, 30]] },
  { title: 'Auto do Mar', category: 'Theatre', venue: 'lisbon', inDays: 17, at: '21:00', minutes: 130, summary: 'A ship, a widow and a customs officer: a comedy of the harbour, with surtitles in English.', tickets: [['Plateia', 1800, 160], ['Balcão', 1200, 90]] },
  { title: 'Azulejo: paint your own tile', category: 'Workshops', venue: 'lisbon', inDays: 12, at: '14:30', minutes: 150, summary: 'Blue on white, fired overnight, yours to collect or have sent.', tickets: [['Place at the table', 4500, 16]] },
  { title: 'Cinema ao ar livre: a summer in one reel', category: 'Film', venue: 'lisbon', inDays: 48, at: '22:00', minutes: 95, summary: 'Short films under the sky. Bring a blanket; the wind comes from the river.', tickets: [['Deckchair', 700, 120], ['Blanket', 300, 200]] },
  { title: 'Stand-up at the Lantern: new material night', category: 'Comedy', venue: 'london', inDays: 3, at: '20:00', minutes: 110, summary: 'Eight comedians, ten minutes each, none of it tried before. Some of it never again.', tickets: [['Seat', 1250, 140]] },
  { title: 'Hamlet in ninety minutes', category: 'Theatre', venue: 'london', inDays: 14, at: '19:30', minutes: 90, summary: 'Five players, no interval, every corpse accounted for.', tickets: [['Stalls', 3400, 180], ['Circle', 2200, 90], ['Under 26', 1000, 30]] },
  { title: 'Hamlet in ninety minutes, relaxed matinee', category: 'Theatre', venue: 'london', inDays: 15, at: '14:00', minutes: 90, summary: 'Lights up a little, doors open, noise welcome.', tickets: [['Pay what suits: standard', 1500, 140], ['Pay what suits: low', 500, 60]] },
  { title: 'The Thames at low tide: a talk with mud', category: 'Talks & ideas', venue: 'london', inDays: 27, at: '18:30', minutes: 80, summary: 'A mudlark empties her pockets and says what each thing was.', tickets: [['Seat', 900, 200]] },
  { title: 'Choir for people who cannot sing', category: 'Workshops', venue: 'london', inDays: 8, at: '10:30', minutes: 120, summary: 'By lunch it is four parts. Nobody is asked to sing alone.', tickets: [['Singer', 1100, 60]] },
  { title: 'Repair café', category: 'Markets & festivals', venue: 'london', inDays: 19, at: '11:00', minutes: 300, summary: 'Bring what is broken. Volunteers and tea; a free place keeps the queue short.', tickets: [['Place in the queue', 0, 90]] },
  { title: 'Příliš žluťoučký kůň', category: 'Family', venue: 'prague', inDays: 10, at: '16:00', minutes: 70, summary: 'The far too yellow horse and its diabolical odes: puppets from four to ninety-four.', tickets: [['Dospělí', 24000, 120], ['Děti', 14000, 120]] },
  { title: 'Janáček: Z mrtvého domu', category: 'Classical', venue: 'prague', inDays: 29, at: '19:00', minutes: 100, summary: 'The last opera, in a house by the river, for voices and nineteen players.', tickets: [['Přízemí', 98000, 180], ['Balkon', 62000, 110]] },
  { title: 'Silent film, loud organ', category: 'Film', venue: 'prague', inDays: 22, at: '20:30', minutes: 85, summary: 'A comedy of 1926 with an organist who has never played it the same way twice.', tickets: [['Sedadlo', 32000, 260]] },
  { title: 'Night of the short stories', category: 'Talks & ideas', venue: 'prague', inDays: 40, at: '19:30', minutes: 120, summary: 'Six writers, one lamp, eleven minutes each.', tickets: [['Vstup', 18000, 90]] },
  { title: 'Gleisbeben: techno by train', category: 'Concerts', venue: 'zurich', inDays: 13, at: '22:00', minutes: 420, summary: 'Live sets in the old engine hall; ear plugs at the door, water for free.', tickets: [['Vorverkauf', 3500, 700], ['Nach Mitternacht', 2500, 200]] },
  { title: 'Velobörse: the bicycle market', category: 'Markets & festivals', venue: 'zurich', inDays: 25, at: '09:00', minutes: 420, summary: 'Two thousand bicycles change hands. Sellers need a slot, buyers only time.', tickets: [['Seller’s slot', 1500, 400], ['Buyer', 0, 2000]] },
  { title: 'Chess: simultaneous against forty', category: 'Sport', venue: 'zurich', inDays: 18, at: '13:00', minutes: 240, summary: 'One grandmaster, forty boards. Play or watch her walk.', tickets: [['Board', 6000, 40], ['Spectator', 1000, 150]] },
  { title: 'Fondue and philosophy', category: 'Talks & ideas', venue: 'zurich', inDays: 11, at: '19:00', minutes: 150, summary: 'Who loses the bread answers the next question.', tickets: [['Seat at the pot', 5400, 48]] },
  { title: 'Harbor Street Improv: the long form', category: 'Comedy', venue: 'new-york', inDays: 2, at: '21:00', minutes: 75, summary: 'One suggestion, one hour, no safety net.', tickets: [['General admission', 2200, 130]] },
  { title: 'A new play about the old bridge', category: 'Theatre', venue: 'new-york', inDays: 16, at: '19:30', minutes: 125, summary: 'The men who dug below the river, and the woman who finished it.', tickets: [['Orchestra', 6400, 150], ['Mezzanine', 4400, 80], ['Rush', 2000, 20]] },
  { title: 'Brooklyn Brass on the roof', category: 'Concerts', venue: 'new-york', inDays: 30, at: '18:30', minutes: 120, summary: 'Two tubas, one sunset. Moves inside if it rains.', tickets: [['Roof', 3000, 180]] },
  { title: 'Write a page: poetry with a typewriter', category: 'Workshops', venue: 'new-york', inDays: 7, at: '12:00', minutes: 120, summary: 'Twenty typewriters, no delete key.', tickets: [['Typewriter', 3800, 20], ['Own notebook', 2400, 20]] },
  { title: 'Five-borough marathon expo talk', category: 'Sport', venue: 'new-york', inDays: 36, at: '17:00', minutes: 60, summary: 'What happens to the body in the last six miles, and what to eat the night before.', tickets: [['Seat', 0, 180]] },
  { title: 'Low riders & loud speakers', category: 'Markets & festivals', venue: 'los-angeles', inDays: 20, at: '12:00', minutes: 480, summary: 'Cars, tacos, vinyl; the yard full of chrome.', tickets: [['Entry', 1800, 900], ['Entry and parking', 3800, 120]] },
  { title: 'Night swim cinema', category: 'Film', venue: 'los-angeles', inDays: 24, at: '20:45', minutes: 110, summary: 'The screen is above the pool. Swimming is not compulsory.', tickets: [['Pool', 3200, 80], ['Lawn', 2200, 160]] },
  { title: 'Podcast live: small disasters', category: 'Comedy', venue: 'los-angeles', inDays: 31, at: '19:00', minutes: 100, summary: 'Two hosts, one guest and the worst thing that happened on their way here.', tickets: [['Reserved', 3500, 220], ['General', 2500, 140]] },
  { title: 'Desert stars: a planetarium for grown-ups', category: 'Talks & ideas', venue: 'los-angeles', inDays: 43, at: '20:00', minutes: 70, summary: 'What the city lights hide, projected above your head.', tickets: [['Reclining seat', 2800, 110]] },
  { title: 'Samba de mesa', category: 'Concerts', venue: 'sao-paulo', inDays: 8, at: '18:00', minutes: 240, summary: 'Round one table, as it was meant: whoever knows the song may sit down.', tickets: [['Entrada', 6000, 240], ['Meia-entrada', 3000, 160]] },
  { title: 'Futebol de botão: o torneio', category: 'Sport', venue: 'sao-paulo', inDays: 23, at: '10:00', minutes: 480, summary: 'Sixty-four players, thirty-two tables, one cup made of tin.', tickets: [['Jogador', 4000, 64], ['Torcida', 1000, 200]] },
  { title: 'Peça sem palavras', category: 'Theatre', venue: 'sao-paulo', inDays: 34, at: '21:00', minutes: 80, summary: 'A play without words, for any language.', tickets: [['Inteira', 8000, 110], ['Meia-entrada', 4000, 110]] },
  { title: '月夜の雅楽 — Gagaku under the moon', category: 'Classical', venue: 'tokyo', inDays: 14, at: '18:30', minutes: 90, summary: 'Court music older than the city, with the doors open to the pond.', tickets: [['S席', 8800, 120], ['A席', 5500, 180]] },
  { title: '落語会 — Rakugo with English surtitles', category: 'Comedy', venue: 'tokyo', inDays: 7, at: '14:00', minutes: 120, summary: 'One cushion, one fan, twelve characters.', tickets: [['自由席', 3300, 260]] },
  { title: 'かるた入門 — Karuta for beginners', category: 'Family', venue: 'tokyo', inDays: 28, at: '10:00', minutes: 90, summary: 'A hundred poems, fast hands. Children from six.', tickets: [['大人', 1500, 40], ['子ども', 0, 40]] },
  { title: 'One-night ramen symposium', category: 'Markets & festivals', venue: 'tokyo', inDays: 38, at: '17:00', minutes: 240, summary: 'Twelve broths, one long counter and a professor of noodles.', tickets: [['三杯券', 3900, 300]] },
  { title: 'Oud and sea', category: 'Concerts', venue: 'kuwait', inDays: 15, at: '20:00', minutes: 105, summary: 'Pearl divers’ songs and new pieces for oud and cello.', tickets: [['Gold', 15500, 60], ['Silver', 8250, 140]] },
  { title: 'Calligraphy: one letter, one evening', category: 'Workshops', venue: 'kuwait', inDays: 26, at: '18:30', minutes: 120, summary: 'The letter waw, from the cutting of the reed to the finished sheet.', tickets: [['Place', 6750, 24]] },
  { title: 'Dhow race: watch from the terrace', category: 'Sport', venue: 'kuwait', inDays: 41, at: '15:30', minutes: 180, summary: 'Forty sails, one buoy, plenty of dates and coffee.', tickets: [['Terrace', 4500, 150], ['Family of four', 14000, 30]] },
  { title: 'Boatshed folk: strings and salt', category: 'Concerts', venue: 'sydney', inDays: 9, at: '19:00', minutes: 120, summary: 'Fiddles in a shed that still smells of varnish.', tickets: [['Bench', 4200, 140], ['Standing', 2800, 80]] },
  { title: 'Harbour swim: the two-kilometre', category: 'Sport', venue: 'sydney', inDays: 32, at: '06:30', minutes: 150, summary: 'Wave starts by honesty about speed. Caps are bright for a reason.', tickets: [['Swimmer', 5500, 400], ['Swimmer under 18', 2500, 100]] },
  { title: 'The very small orchestra for very small people', category: 'Family', venue: 'sydney', inDays: 13, at: '10:00', minutes: 40, summary: 'Five musicians on the floor, everyone else too. Babies to three.', tickets: [['Adult with a child', 2000, 60]] },
  { title: 'Sourdough, start to loaf', category: 'Workshops', venue: 'sydney', inDays: 45, at: '09:00', minutes: 300, summary: 'Take home a loaf, a starter and flour in your hair.', tickets: [['Baker', 9500, 14]] },
  { title: 'Newari feast in the courtyard', category: 'Markets & festivals', venue: 'kathmandu', inDays: 18, at: '17:30', minutes: 210, summary: 'Fourteen dishes on one leaf, with drums between them.', tickets: [['Guest', 180000, 120], ['Child', 90000, 40]] },
  { title: 'Sarangi at dusk', category: 'Concerts', venue: 'kathmandu', inDays: 35, at: '18:00', minutes: 80, summary: 'Songs of the Gandharba, who once carried the news from village to village.', tickets: [['Cushion', 80000, 100]] },
  { title: 'Walk: seven courtyards before breakfast', category: 'Talks & ideas', venue: 'kathmandu', inDays: 5, at: '06:00', minutes: 120, summary: 'With a stonemason who can read what is carved above the doors.', tickets: [['Walker', 60000, 18]] },
];
