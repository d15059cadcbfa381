// The client's own words, in the person's language; a messenger's furniture, not the bot's sentences.

const LANGUAGES = ["zh-Hans", "zh-Hant", "en"];
let words = {};
let locale = "en";

export async function speak(language) {
  locale = LANGUAGES.includes(language) ? language : guessed(navigator.language);
  words = await (await fetch(`/static/words.${locale}.json`)).json();
  document.documentElement.lang = locale;
}

export function t(name, args = {}) {
  const sentence = words[name] ?? name;
  return sentence.replace(/\{(\w+)\}/g, (_, key) => String(args[key] ?? ""));
}

export const language = () => locale;
/** For Intl: the locale whose dates and order of letters are meant. */
export const intlLocale = () => ({ "zh-Hans": "zh-CN", "zh-Hant": "zh-TW", en: "en-GB" })[locale];

function guessed(tag) {
  if (!tag.startsWith("zh")) return "en";
  return /Hant|TW|HK|MO/.test(tag) ? "zh-Hant" : "zh-Hans";
}
