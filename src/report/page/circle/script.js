
  // A study: the walk of a row, and the way back to the view before it.
  const back = canvas.querySelector(".back");
  const everything = document.getElementById("view-0");
  let before = null;
  const goBack = () => {
    if (!before) return;
    Object.assign(view, before.view);
    if (before.choice) before.choice.checked = true;
    before = null;
    back.hidden = true;
    choose([]);
    show();
  };
  back.addEventListener("click", goBack);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") goBack();
  });
  // Before the row is chosen: what is seen now is what one comes back to.
  document.addEventListener("click", (event) => {
    if (!event.target.closest("tr[data-gap]")) return;
    before ??= { view: { ...view }, choice: document.querySelector("[name=view]:checked") };
    if (everything) everything.checked = true;
    back.hidden = false;
  }, true);
  document.addEventListener("click", (event) => {
    const row = event.target.closest("tr[data-gap]");
    const walk = row && svg.querySelector(`.walk[data-gap="${row.dataset.gap}"] .way`);
    if (!walk) return;
    const [one, other] = [boxOf(row.dataset.gap), walk.getBBox()];
    const [x, y] = [Math.min(one.x, other.x), Math.min(one.y, other.y)];
    const right = Math.max(one.x + one.width, other.x + other.width);
    const bottom = Math.max(one.y + one.height, other.y + other.height);
    const [width, height] = size();
    // Room for the words at both ends.
    const room = (all, words) => Math.max(all - words, all / 3);
    const unit = Math.max((right - x) / room(width, 200), (bottom - y) / room(height, 130), 0.6);
    Object.assign(view, { x: (x + right) / 2, y: (y + bottom) / 2, unit });
    show();
  });
  for (const choice of document.querySelectorAll("[name=view]")) choice.addEventListener("change", () => {
    before = null;
    back.hidden = true;
    choose([]);
  });

  // The map takes the room that the rows around it leave, however often they wrap.
  const mapbox = svg.closest(".mapbox");
  const fit = () => {
    if (innerWidth <= 860) return;
    const [outer, inner] = [mapbox.getBoundingClientRect(), canvas.getBoundingClientRect()];
    const legend = mapbox.querySelector(".legend").getBoundingClientRect();
    const used = inner.top - outer.top + (legend.bottom - inner.bottom) + 12;
    mapbox.style.setProperty("--rows", `${Math.ceil(used)}px`);
  };
  fit();
  last = size();
  view.unit = whole();
  draw();
  new ResizeObserver(fit).observe(mapbox);
  for (const row of mapbox.querySelectorAll(".facts,.legend")) new ResizeObserver(fit).observe(row);
