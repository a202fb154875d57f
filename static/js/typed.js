// Days and amounts as people type them, the same as lexweb/ui/typed.py: 2011, 20.11., heute, +14; 1.234,5.
// Fields `data-day`, `data-amount`, `data-rate` are written out when they are left; +14 counts from the field named by
// `data-day-base`. What cannot be read stays as it is: the server says what is wrong.
const NAMED = { heute: 0, h: 0, today: 0, t: 0, gestern: -1, g: -1, yesterday: -1, y: -1, morgen: 1, m: 1, tomorrow: 1 };
const day = (year, month, date) => {
  const found = new Date(Date.UTC(year, month - 1, date));
  return found.getUTCMonth() === month - 1 && found.getUTCDate() === date && found.getUTCFullYear() === year ? found : null;
};
const add = (from, days) => new Date(from.getTime() + days * 86400000);
const plain = (text) => text.replaceAll(/[\u2212\u2013]/g, "-").trim().toLowerCase().replaceAll(/\s+/g, " ");
const fullYear = (digits) => (digits ? Number(digits) + (digits.length === 2 ? 2000 : 0) : null);

export function today() {
  const now = new Date();
  return new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()));
}

function nearest(date, month, now) {
  const years = [-1, 0, 1].map((step) => day(now.getUTCFullYear() + step, month, date)).filter(Boolean);
  return years.sort((a, b) => Math.abs(a - now) - Math.abs(b - now))[0] ?? null;
}

function readings(typed) {
  let found = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(typed);
  if (found) return [[Number(found[1]), Number(found[2]), Number(found[3])]];
  found = /^(\d{1,2})[./ -](?:(\d{1,2})(?:[./ -](\d{4}|\d{2})?)?)?$/.exec(typed);
  if (found) return [[fullYear(found[3]), found[2] ? Number(found[2]) : null, Number(found[1])]];
  if (!/^(\d{1,2}|\d{4}|\d{6}|\d{8})$/.test(typed)) return [];
  const all = [[fullYear(typed.slice(4)), typed.length > 2 ? Number(typed.slice(2, 4)) : null, Number(typed.slice(0, 2))]];
  if (typed.length === 8) all.push([Number(typed.slice(0, 4)), Number(typed.slice(4, 6)), Number(typed.slice(6))]);
  return all;
}

/** Return the day as a Date in UTC, or null. */
export function parseDay(text, now = today(), base = null) {
  const typed = plain(text);
  if (Object.hasOwn(NAMED, typed)) return add(now, NAMED[typed]);
  const step = /^([+-])(\d{1,4})$/.exec(typed.replaceAll(" ", ""));
  if (step) return add(base ?? now, Number(step[1] + step[2]));
  for (const [year, month, date] of readings(typed)) {
    const found =
      year !== null
        ? day(year, month ?? now.getUTCMonth() + 1, date)
        : month !== null
          ? nearest(date, month, now)
          : day(now.getUTCFullYear(), now.getUTCMonth() + 1, date);
    if (found && found.getUTCFullYear() >= 2000 && found.getUTCFullYear() < 2100) return found;
  }
  return null;
}

/** Return the amount in cents, or null. */
export function parseAmount(text) {
  const typed = text.replaceAll(/[\u2212\u2013]/g, "-").toLowerCase().replaceAll(/[\s'’€]|eur/g, "");
  const found =
    /^(-?)(\d{1,3}(?:,\d{3})+)\.(\d{1,2})(-?)$/.exec(typed) ??
    /^(-?)(\d+|\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3}){2,})?(?:[.,](\d{1,2})?)?(-?)$/.exec(typed);
  if (!found || !(found[2] || found[3]) || (found[1] && found[4])) return null;
  const whole = Number((found[2] ?? "0").replaceAll(/[.,]/g, ""));
  if (whole >= 1e12) return null;
  const cents = whole * 100 + Number((found[3] ?? "0").padEnd(2, "0"));
  return found[1] || found[4] ? -cents : cents;
}

/** Return the rate in hundredths of a percent, or null. */
export function parseRate(text) {
  const rate = parseAmount(text.replaceAll("%", ""));
  return rate === null || rate < 0 || rate >= 10000 ? null : rate;
}

const numbers = new Intl.NumberFormat(document.documentElement.lang || "de", { minimumFractionDigits: 2 });
const rates = new Intl.NumberFormat(document.documentElement.lang || "de", { maximumFractionDigits: 2 });
export const dayText = (value) => value.toISOString().slice(0, 10).split("-").reverse().join(".");
export const amountText = (cents) => numbers.format(cents / 100);
export const rateText = (rate) => rates.format(rate / 100);

function writeOut(field) {
  if (!field.value.trim()) return;
  const base = field.dataset.dayBase && field.form?.elements[field.dataset.dayBase]?.value;
  const read = field.dataset.day !== undefined ? parseDay(field.value, today(), base ? parseDay(base) : null) : field.dataset.amount !== undefined ? parseAmount(field.value) : parseRate(field.value);
  if (read === null) return;
  const text = field.dataset.day !== undefined ? dayText(read) : field.dataset.amount !== undefined ? amountText(read) : rateText(read);
  if (text === field.value) return;
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("focusout", (event) => {
  if (event.target.matches?.("[data-day], [data-amount], [data-rate]")) writeOut(event.target);
});
