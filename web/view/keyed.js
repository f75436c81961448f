// Keeps the children of an element equal to a list of rows, touching only what changed: whoever presses a button, reads or
// has the focus there is not disturbed.

export class Keyed {
  /** By key: {node, sign}. */
  shown = new Map();

  constructor(list) {
    this.list = list;
  }

  clear() {
    this.shown.clear();
    this.list.replaceChildren();
  }

  /** Makes it hold exactly these. A row is {key, sign, make}: `make` is called where the sign differs from what is shown. */
  draw(rows) {
    const keep = new Set(rows.map(({ key }) => key));
    for (const [key, { node }] of this.shown) {
      if (!keep.has(key)) {
        node.remove();
        this.shown.delete(key);
      }
    }
    let next = this.list.firstChild;
    for (const row of rows) {
      const known = this.shown.get(row.key);
      if (known?.sign === row.sign) {
        if (known.node === next) next = next.nextSibling;
        else this.list.insertBefore(known.node, next);
      } else {
        if (known && known.node === next) next = next.nextSibling;
        this.put(row, known, next);
      }
    }
  }

  put({ key, sign, make }, known, next) {
    const node = make();
    const had_focus = known?.node.contains(document.activeElement) && document.activeElement;
    if (known) known.node.replaceWith(node);
    else this.list.insertBefore(node, next);
    this.shown.set(key, { node, sign });
    if (had_focus) (had_focus === known.node ? node : node.querySelector('button') ?? node).focus({ preventScroll: true });
  }
}

/** Makes an element hold something else, if the sign says that it differs. */
export function once(place, sign, make) {
  if (place.drawnAs === sign) return;
  place.drawnAs = sign;
  const at = [...place.querySelectorAll('button')].indexOf(document.activeElement);
  place.replaceChildren(...make());
  if (at >= 0) place.querySelectorAll('button')[at]?.focus({ preventScroll: true });
}
