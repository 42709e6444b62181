// Seconds as people read them.

/** `75.4` is `1:15`, `3675` is `1:01:15`; what is not yet known is `0:00`. */
export function clock(seconds: number): string {
  // A stream of 12 s says that it lasts 11.99, for its last frame ends a little early.
  const whole = Number.isFinite(seconds) ? Math.max(0, Math.floor(seconds + 0.05)) : 0;
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const shown = parts[0] ? parts : parts.slice(1);
  return shown.map((part, index) => (index ? String(part).padStart(2, "0") : part)).join(":");
}
