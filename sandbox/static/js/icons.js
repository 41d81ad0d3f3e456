// The page's icons: strokes on a 24-unit grid, drawn as inline SVG.

const STROKES = {
  search: "M11 4a7 7 0 1 1 0 14 7 7 0 0 1 0-14zM20 20l-4-4",
  send: "M5 12h13M12 5l7 7-7 7",
  attach: "M20 11.5l-8.2 8.2a5 5 0 0 1-7.1-7.1l8.5-8.5a3.4 3.4 0 0 1 4.8 4.8l-8.5 8.5a1.7 1.7 0 0 1-2.4-2.4l7.8-7.8",
  smile: "M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM8.5 14.2c1.6 2.4 5.4 2.4 7 0M9 9.5v.6M15 9.5v.6",
  slash: "M5 5h14v14H5zM14 8.5l-4 7",
  keyboard: "M4 6.5h16v11H4zM7.5 10h.1M11 10h.1M14.5 10h.1M7.5 14h9",
  close: "M6 6l12 12M18 6L6 18",
  back: "M14.5 5.5L8 12l6.5 6.5",
  down: "M6 10l6 6 6-6",
  more: "M12 5.5v.1M12 12v.1M12 18.5v.1",
  split: "M4 5h16v14H4zM12 5v14",
  pin: "M9 4h6l-.8 6 3.3 3.5h-11L9.8 10zM12 13.5V20",
  play: "M8 5.5v13l10.5-6.5z",
  pause: "M8.5 6v12M15.5 6v12",
  next: "M6 6v12l8.5-6zM18 6v12",
  clock: "M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16zM12 7.5V12l3 2",
  log: "M5 6h14M5 12h14M5 18h9",
  bolt: "M13 3L5.5 13.5H12L11 21l7.5-10.5H12z",
  reply: "M10 6L4.5 11.5 10 17M5 11.5h8.5a6 6 0 0 1 6 6V19",
  edit: "M5 19l1-4L16.5 4.5l3 3L9 18z",
  forward: "M14 6l5.5 5.5L14 17M19 11.5h-8.5a6 6 0 0 0-6 6V19",
  copy: "M9 9h10v10H9zM5 15V5h10",
  link: "M8 16L17 7M10 7h7v7",
  file: "M7 3.5h7l4 4v13H7zM14 3.5v4h4",
  lock: "M7 11h10v8H7zM9 11V8.5a3 3 0 0 1 6 0V11",
  mute: "M7 16V11a5 5 0 0 1 8.5-3.5M17 12v4H7M10.5 19h3M4 4l16 16",
  block: "M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16zM6.5 6.5l11 11",
  people:
    "M9 5.5a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM3.5 19c0-3.5 2.5-5 5.5-5s5.5 1.5 5.5 5M15.5 6a2.8 2.8 0 0 1 0 5.4M17 14.3c2.2.5 3.5 2 3.5 4.7",
  moon: "M19.5 14A8 8 0 0 1 10 4.5a8 8 0 1 0 9.5 9.5z",
  sun: "M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4",
  check: "M5 12.5l4.5 4.5L19 7.5",
  start: "M4 12h11M11 7l5 5-5 5M20 5v14",
};

/** Return a decorative icon; the control around it carries the name. */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", STROKES[name]);
  svg.append(path);
  return svg;
}
