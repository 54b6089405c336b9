// The page works without this: it adds zooming, names under the pointer, and sorting. Text from data is only ever set as text.
"use strict";
(() => {
  const svg = document.getElementById("map");
  const canvas = svg.closest(".canvas");
  const hint = canvas.querySelector(".hint");
  const bar = document.getElementById("bar");
  const [, , sheetWidth, sheetHeight] = svg.getAttribute("viewBox").split(" ").map(Number);
  // Paper at 96 pixels an inch: A3 across without its margins and the column beside the map.
  const PAPER = [980, 940];
  const NUMBER_PX = 24;
  const NUMBERS_SHOWN = 30;
  const CLOSEST = 0.25;

  // The middle of the view and the units of the map that a pixel shows.
  const view = { x: sheetWidth / 2, y: sheetHeight / 2, unit: 1 };
  const size = () => [canvas.clientWidth || 1, canvas.clientHeight || 1];
  const whole = () => {
    const [width, height] = size();
    return Math.max(sheetWidth / width, sheetHeight / height);
  };

  const numbers = [...svg.querySelectorAll(".num")].reverse().map((mark) => {
    const [x, y] = mark.getAttribute("transform").match(/-?\d+/g).map(Number);
    return { mark, x, y };
  });

  // The larger gap keeps its place; a smaller one waits until there is room.
  const placeNumbers = () => {
    const room = NUMBER_PX * view.unit;
    const most = NUMBERS_SHOWN * Math.max(1, (whole() / view.unit) ** 2);
    const shown = [];
    for (const { mark, x, y } of numbers) {
      const covers = shown.length >= most || shown.some((other) => Math.hypot(other.x - x, other.y - y) < room);
      const late = covers && !mark.classList.contains("on");
      mark.classList.toggle("late", late);
      if (!late) shown.push({ x, y });
    }
  };

  // So do names: what has more weight comes first.
  const labels = [...svg.querySelectorAll(".labels > g")].map((label) => {
    const [x, y] = label.getAttribute("transform").match(/-?\d+/g).map(Number);
    return { label, x, y, half: Number(label.dataset.half) };
  });
  const SHIFTS = [0, 24, -22];
  const placeLabels = () => {
    const { unit } = view;
    const marks = numbers.filter(({ mark }) => !mark.classList.contains("late"));
    const shown = marks.map(({ x, y }) => ({ x, y, wide: 9 * unit, high: 9 * unit }));
    for (const { label, x, y, half } of labels) {
      // At the map's edge a name stands beside its place, whole.
      const wide = half * unit;
      const across = 2 * wide > sheetWidth ? 0 : Math.min(Math.max(x, wide), sheetWidth - wide) - x;
      const box = (down) => ({ x: x + across, y: y + down * unit, wide, high: 14 * unit });
      const meets = (one, other) => Math.abs(other.x - one.x) < one.wide + other.wide && Math.abs(other.y - one.y) < one.high + other.high;
      const down = SHIFTS.find((down) => !shown.some((other) => meets(box(down), other)));
      label.classList.toggle("late", down === undefined);
      if (down === undefined) continue;
      label.firstChild.setAttribute("x", across / unit);
      label.firstChild.setAttribute("y", down);
      shown.push(box(down));
    }
  };

  const placeBar = (left, bottom) => {
    const most = view.unit * 150;
    const power = 10 ** Math.floor(Math.log10(most));
    const length = power * [5, 2, 1].find((factor) => factor * power <= most);
    const at = view.unit * 16;
    bar.setAttribute("transform", `translate(${left + at} ${bottom - at})`);
    bar.querySelector("path").setAttribute("d", `M0 0H${length}`);
    bar.querySelector("text").textContent = length >= 1000 ? `${length / 1000} ${bar.dataset.km}` : `${length} ${bar.dataset.m}`;
  };

  let drawn = null;
  let isSlow = false;
  const draw = () => {
    const [width, height] = size();
    view.unit = Math.min(Math.max(view.unit, CLOSEST), whole() * 1.5);
    view.x = Math.min(Math.max(view.x, 0), sheetWidth);
    view.y = Math.min(Math.max(view.y, 0), sheetHeight);
    const { x, y, unit } = view;
    const [left, top] = [x - (width * unit) / 2, y - (height * unit) / 2];
    svg.setAttribute("viewBox", `${left} ${top} ${width * unit} ${height * unit}`);
    svg.style.transform = "";
    if (!drawn || drawn.unit !== unit || drawn.width !== width) {
      svg.style.setProperty("--u", unit);
      svg.style.setProperty("--p", Math.max((width * unit) / PAPER[0], (height * unit) / PAPER[1]));
      svg.classList.toggle("far", unit > 14);
      svg.classList.toggle("close", unit < 3);
      placeNumbers();
      placeLabels();
    }
    placeBar(left, top + height * unit);
    drawn = { x, y, unit, width };
    const started = performance.now();
    requestAnimationFrame(() => setTimeout(() => {
      isSlow = performance.now() - started > 90;
    }));
  };

  // Where drawing takes long, the picture that is there is moved and scaled first, and drawn anew at rest.
  let frame = 0;
  let rest = 0;
  const show = () => {
    cancelAnimationFrame(frame);
    clearTimeout(rest);
    if (isSlow && drawn) {
      const scale = drawn.unit / view.unit;
      const [dx, dy] = [(drawn.x - view.x) / view.unit, (drawn.y - view.y) / view.unit];
      svg.style.transform = `translate(${dx}px, ${dy}px) scale(${scale})`;
      rest = setTimeout(draw, 140);
    } else {
      frame = requestAnimationFrame(draw);
    }
  };

  const showAll = () => {
    Object.assign(view, { x: sheetWidth / 2, y: sheetHeight / 2, unit: whole() });
    show();
  };

  // Zooms by a factor so that the place under a pixel stays under it.
  const zoom = (factor, px, py) => {
    const [width, height] = size();
    const unit = Math.min(Math.max(view.unit / factor, CLOSEST), whole() * 1.5);
    const [dx, dy] = [(px ?? width / 2) - width / 2, (py ?? height / 2) - height / 2];
    view.x += dx * (view.unit - unit);
    view.y += dy * (view.unit - unit);
    view.unit = unit;
    show();
  };

  const showBox = (box) => {
    const [width, height] = size();
    view.x = box.x + box.width / 2;
    view.y = box.y + box.height / 2;
    view.unit = Math.max(box.width / width, box.height / height, 0.6) * 2.2;
    show();
  };

  // Pointers: one moves, two zoom.
  const pointers = new Map();
  const spread = () => {
    const [one, other] = [...pointers.values()];
    return Math.hypot(one.x - other.x, one.y - other.y);
  };
  let moved = 0;
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || !event.target.closest("#map")) return;
    pointers.set(event.pointerId, { x: event.offsetX, y: event.offsetY, cx: event.clientX, cy: event.clientY });
    if (pointers.size === 1) moved = 0;
  });
  canvas.addEventListener("pointermove", (event) => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    const [dx, dy] = [event.clientX - before.cx, event.clientY - before.cy];
    moved += Math.abs(dx) + Math.abs(dy);
    if (moved > 4 && !canvas.hasPointerCapture(event.pointerId)) canvas.setPointerCapture(event.pointerId);
    const apart = pointers.size === 2 ? spread() : 0;
    Object.assign(before, { x: before.x + dx, y: before.y + dy, cx: event.clientX, cy: event.clientY });
    const share = 1 / pointers.size;
    view.x -= dx * view.unit * share;
    view.y -= dy * view.unit * share;
    if (apart > 0) {
      const [one, other] = [...pointers.values()];
      zoom(spread() / apart, (one.x + other.x) / 2, (one.y + other.y) / 2);
    } else if (moved > 4) {
      canvas.classList.add("drag");
      hint.hidden = true;
      show();
    }
  });
  const release = (event) => {
    pointers.delete(event.pointerId);
    canvas.classList.remove("drag");
  };
  canvas.addEventListener("pointerup", release);
  canvas.addEventListener("pointercancel", release);
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    const box = canvas.getBoundingClientRect();
    const lines = event.deltaMode === 1 ? 16 : 1;
    zoom(2 ** (-event.deltaY * lines / 260), event.clientX - box.left, event.clientY - box.top);
  }, { passive: false });
  svg.addEventListener("dblclick", (event) => {
    const box = canvas.getBoundingClientRect();
    zoom(2, event.clientX - box.left, event.clientY - box.top);
  });

  const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  canvas.tabIndex = 0;
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = KEYS[event.key];
    if (step) {
      view.x += step[0] * 80 * view.unit;
      view.y += step[1] * 80 * view.unit;
      show();
    } else if (event.key === "+" || event.key === "=") zoom(1.5);
    else if (event.key === "-") zoom(1 / 1.5);
    else if (event.key === "0") showAll();
    else return;
    event.preventDefault();
  });
  const buttons = canvas.querySelector(".zoom");
  buttons.hidden = false;
  buttons.addEventListener("click", (event) => {
    const which = event.target.dataset.zoom;
    if (which === "in") zoom(1.6);
    if (which === "out") zoom(1 / 1.6);
    if (which === "all") showAll();
  });

  // Names under the pointer: the titles, which browsers show late and small, become the hint.
  const names = new WeakMap();
  for (const title of svg.querySelectorAll("title")) {
    names.set(title.parentNode, title.textContent);
    title.parentNode.setAttribute("aria-label", title.textContent);
    title.remove();
  }
  const gapRow = (number) => document.getElementById(`gap-${number}`);
  const nameOf = (target) => {
    for (let at = target; at && at !== svg; at = at.parentNode) {
      if (names.has(at)) return names.get(at);
      if (at.dataset && at.dataset.tip) return at.dataset.tip;
      if (at.dataset && at.dataset.gap) return names.get(document.querySelector(`#mark-${at.dataset.gap} > g`));
    }
    return null;
  };
  svg.addEventListener("pointermove", (event) => {
    const name = pointers.size ? null : nameOf(event.target);
    hint.hidden = !name;
    if (!name) return;
    if (hint.textContent !== name) hint.textContent = name;
    const box = canvas.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    hint.style.left = `${Math.max(4, Math.min(x + 14, box.width - hint.offsetWidth - 4))}px`;
    hint.style.top = `${y > box.height - 60 ? y - hint.offsetHeight - 10 : y + 16}px`;
  });
  svg.addEventListener("pointerleave", () => { hint.hidden = true; });

  // A gap in the table and on the map are one thing.
  const choose = (parts) => {
    for (const part of document.querySelectorAll(".on")) part.classList.remove("on");
    for (const part of parts) part.classList.add("on");
    placeNumbers();
  };
  const partsOf = (key, value) => document.querySelectorAll(`[data-${key}="${value}"]`);
  const boxOf = (number) => {
    const outline = svg.querySelector(`.gap[data-gap="${number}"]`);
    if (outline) return outline.getBBox();
    const { x, y } = numbers.find(({ mark }) => mark.dataset.gap === number);
    return { x: x - 200, y: y - 200, width: 400, height: 400 };
  };
  document.addEventListener("click", (event) => {
    if (moved > 4 && event.target.closest("#map")) {
      event.preventDefault();
      return;
    }
    const gap = event.target.closest("[data-gap]");
    const station = event.target.closest("[data-station]");
    if (gap) {
      event.preventDefault();
      const number = gap.dataset.gap;
      choose(partsOf("gap", number));
      if (gap.closest("table")) {
        showBox(boxOf(number));
        if (innerWidth <= 860) canvas.scrollIntoView({ block: "center" });
      } else {
        const row = gapRow(number);
        const details = row.closest("details");
        if (details) details.open = true;
        row.scrollIntoView({ block: "center" });
      }
    } else if (station) {
      choose(partsOf("station", station.dataset.station));
      const dot = svg.querySelector(`[data-station="${station.dataset.station}"]`);
      if (dot && station.closest("table")) {
        const { x, y, width, height } = dot.getBBox();
        showBox({ x: x - 400, y: y - 400, width: width + 800, height: height + 800 });
        if (innerWidth <= 860) canvas.scrollIntoView({ block: "center" });
      } else {
        const row = document.querySelector(`tr[data-station="${station.dataset.station}"]`);
        row?.scrollIntoView({ block: "nearest" });
      }
    }
  });
  for (const row of document.querySelectorAll("tr[data-station]")) row.classList.add("goes");

  // A click on a column's head sorts: numbers from the largest, then the other way round.
  const valueOf = (row, column) => {
    const cell = row.cells[column];
    return "v" in cell.dataset ? Number(cell.dataset.v) : cell.textContent;
  };
  const language = document.documentElement.lang;
  for (const table of document.querySelectorAll(".sortable")) {
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const first = head.classList.contains("r") ? "descending" : "ascending";
        const second = first === "descending" ? "ascending" : "descending";
        const order = head.getAttribute("aria-sort") === first ? second : first;
        for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", order);
        const sign = order === "ascending" ? 1 : -1;
        const rows = [...table.tBodies[0].rows].map((row) => [valueOf(row, column), row]);
        rows.sort(([a], [b]) => sign * (typeof a === "number" ? a - b : a.localeCompare(b, language, { numeric: true })));
        table.tBodies[0].append(...rows.map(([, row]) => row));
      });
    });
  }

  // Details are shown on paper as on the screen; the view fits the window again when that changes.
  let last = size();
  new ResizeObserver(() => {
    const now = size();
    if (now[0] === last[0] && now[1] === last[1]) return;
    const isWhole = Math.abs(view.unit - Math.max(sheetWidth / last[0], sheetHeight / last[1])) < 1e-9;
    last = now;
    if (isWhole) showAll();
    else show();
  }).observe(canvas);

  canvas.classList.add("live");
  view.unit = whole();
  draw();
  document.documentElement.dataset.ready = Math.round(performance.now());
})();
