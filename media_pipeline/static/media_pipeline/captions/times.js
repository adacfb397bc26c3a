/* Times as people write them: 1:02.500, 1:02:03.5, 62.5. */

const TIME = /^(?:(?:(\d{1,3}):)?(\d{1,4}):)?(\d{1,6}(?:[.,]\d{1,3})?)$/u;

export function written(seconds) {
  const whole = Math.max(0, Math.round(seconds * 1000));
  const [hours, minutes] = [Math.floor(whole / 3_600_000), Math.floor(whole / 60_000) % 60];
  const rest = ((whole % 60_000) / 1000).toFixed(3).padStart(6, "0");
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

/* The seconds of a time, or null for what is none. */
export function read(text) {
  const found = TIME.exec(text.trim());
  if (!found) return null;
  const [, hours = "0", minutes = "0", seconds] = found;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds.replace(",", "."));
}
