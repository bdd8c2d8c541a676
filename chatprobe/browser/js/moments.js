// Times and dates beside messages, in the page's own languages: "14:03", "Today", "2 min. ago", "Sunday, 22 November".
const TIME_LIKE = /^\W*(\d{1,2}[:.h]\d{2}([:.]\d{2})?\s?([ap]\.?\s?m\.?)?)\W*$/i;
const CLOCK = /\d{1,2}[:.]\d{2}([:.]\d{2})?(\s?[ap]\.?m\b\.?)?/gi;
const dateWords = new Set(); // names of days and months, today, yesterday
const agoWords = new Set(); // what goes with a number: minutes, ago
let wordsOf = null; // the languages the words are of

function wordsIn(text) {
  return text.toLowerCase().match(/[\p{L}\p{M}]+/gu) || [];
}

function addWords(set, text) {
  for (const word of wordsIn(text)) set.add(word);
}

function learnWords(language) {
  try {
    for (const width of ['long', 'short']) {
      const format = new Intl.DateTimeFormat(language, { weekday: width, month: width, day: 'numeric' });
      for (let day = 0; day < 12; day++) addWords(dateWords, format.format(new Date(2024, day, 1 + day)));
      const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: width });
      for (const days of [0, -1]) addWords(dateWords, relative.format(days, 'day'));
      for (const unit of ['second', 'minute', 'hour', 'day']) for (const count of [0, -1, -2, -5]) addWords(agoWords, relative.format(count, unit));
    }
  } catch {
    return; // a page may call its language anything
  }
}

function learnMoments() {
  const languages = [document.documentElement.lang, navigator.language, 'en'].join();
  if (wordsOf === languages) return;
  wordsOf = languages;
  for (const word of ['just', 'at', 'am', 'pm']) agoWords.add(word);
  for (const language of languages.split(',')) if (language) learnWords(language);
}

function consistsOf(text, ...sets) {
  if (text.length > 50) return false;
  learnMoments();
  const found = wordsIn(text);
  return found.length > 0 && found.every((word) => sets.some((set) => set.has(word)));
}

const isDate = (text) => consistsOf(text, dateWords);
const isMoment = (text) => TIME_LIKE.test(text) || consistsOf(text, dateWords, agoWords);
