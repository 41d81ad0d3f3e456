// Says the page's words in the reader's language; the English sentence is the key.

import { readAddress } from "./address.js";
import { CHINESE } from "./words_zh.js";

export const lang = readAddress().lang;
export const locale = lang === "en" ? "en-GB" : "zh-CN";

/** Return the sentence in the page's language, `{0}` and `{1}` filled in. */
export function t(sentence, ...values) {
  const said = lang === "en" ? sentence : (CHINESE[sentence] ?? sentence);
  return said.replace(/\{(\d)\}/g, (_, index) => values[index]);
}
